import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metersOf, overlapOf, unionOf } from './stretches.ts';
import type { Stretch } from './stretches.ts';

const stretches = fc.array(
  fc
    .tuple(fc.nat(3), fc.nat(30), fc.nat(30))
    .map(([edge, a, b]): Stretch => [edge, Math.min(a, b), Math.max(a, b)]),
  { maxLength: 30 },
);
/** Metre by metre: what a set of stretches is. */
const metres = (set: readonly Stretch[]): Set<string> =>
  new Set(
    set.flatMap(([edge, from, to]) =>
      Array.from({ length: to - from }, (_, i) => `${edge} ${from + i}`),
    ),
  );

it('a union holds each metre once, whatever the order and however often it is made', () => {
  fc.assert(
    fc.property(stretches, stretches, (one, other) => {
      const union = unionOf([...one, ...other]);
      expect(metres(union)).toEqual(metres([...one, ...other]));
      expect(metersOf(union)).toBe(metres(union).size);
      expect(unionOf([...other, ...one])).toEqual(union);
      expect(unionOf([...unionOf(one), ...unionOf(other)])).toEqual(union);
      expect(metersOf(union)).toBeGreaterThanOrEqual(metersOf(unionOf(one)));
    }),
  );
});

it('an overlap holds the metres that are in both', () => {
  fc.assert(
    fc.property(stretches, stretches, (one, other) => {
      const overlap = overlapOf(unionOf(one), unionOf(other));
      const [a, b] = [metres(one), metres(other)];
      expect(metres(overlap)).toEqual(new Set([...a].filter((metre) => b.has(metre))));
      expect(metersOf(overlap)).toBe(metres(overlap).size);
    }),
  );
});
