import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../geo/position.ts';
import { LiveGrouping } from './live-grouping.ts';
import type { Placement } from './placement.ts';
import { groupLive } from './regroup.ts';
import type { LivePoint, RegroupOptions } from './regroup.ts';

const centres: Position[] = [
  { lon: 116.4, lat: 39.9 },
  { lon: 180, lat: -16.8 },
  { lon: -179.9999, lat: 65 },
  { lon: 15.6, lat: 78.2 },
  { lon: 180, lat: 85 },
  { lon: 25, lat: 89.9 },
];

function offset(centre: Position, east: number, north: number): Position {
  const lon = centre.lon + east / (111_320 * Math.cos((centre.lat * Math.PI) / 180));
  return {
    lon: ((((lon + 180) % 360) + 360) % 360) - 180,
    lat: Math.max(-90, Math.min(90, centre.lat + north / 111_320)),
  };
}

/** A stream of steps over few names, so that they meet: arrivals again after leaving, moves, hands, undoing. */
interface Step {
  what: 'arrive' | 'move' | 'remove' | 'apart' | 'with' | 'undo' | 'expire';
  who: number;
  whom: number;
  east: number;
  north: number;
}

function stepsOf(names: number, size: number, grid: number, maxLength: number) {
  const meters = fc
    .double({ min: -size, max: size, noNaN: true })
    .map((m) => (grid > 0 ? Math.round(m / grid) * grid : m));
  return fc.array(
    fc.record<Step>({
      what: fc.constantFrom(
        'arrive',
        'arrive',
        'arrive',
        'move',
        'remove',
        'apart',
        'with',
        'undo',
        'expire',
      ),
      who: fc.nat(names - 1),
      whom: fc.nat(names - 1),
      east: meters,
      north: meters,
    }),
    { minLength: 1, maxLength, size: 'max' },
  );
}

const nameOf = (n: number) => `s${String(n).padStart(4, '0')}`;

function take(live: LiveGrouping, there: Map<string, LivePoint>, step: Step, centre: Position) {
  const id = nameOf(step.who);
  const known = there.get(id);
  const position = offset(centre, step.east, step.north);
  const placements: Record<string, Placement | null> = {
    apart: { kind: 'apart' },
    with: { kind: 'with', anchorId: nameOf(step.whom) },
    undo: null,
  };
  if (!known) {
    const placement = step.what === 'apart' || step.what === 'with' ? placements[step.what]! : null;
    there.set(id, { id, ...position, placement });
    live.arrive({ id, ...position, placement });
  } else if (step.what === 'remove') {
    there.delete(id);
    live.remove(id);
  } else if (step.what === 'expire') {
    const old = [...there.keys()].slice(0, 3);
    for (const gone of old) there.delete(gone);
    live.remove(...old);
  } else if (step.what in placements) {
    const placement = placements[step.what]!;
    there.set(id, { ...known, placement });
    live.place(id, placement);
  } else {
    there.set(id, { ...known, ...position });
    live.move(id, position);
  }
}

const optionSets = fc.record<RegroupOptions>({
  epsMeters: fc.constantFrom(40, 80),
  minPoints: fc.constantFrom(1, 2, 3, 5),
  maxDiameterMeters: fc.constantFrom(null, 100, 250),
});

function follow(steps: Step[], centre: Position, options: RegroupOptions, checkEvery: number) {
  const live = new LiveGrouping(options);
  const there = new Map<string, LivePoint>();
  steps.forEach((step, n) => {
    take(live, there, step, centre);
    if (n % checkEvery === 0 || n === steps.length - 1)
      expect(live.assignments()).toEqual(groupLive([...there.values()], options));
  });
}

describe('regrouping the neighbourhood of a change', { timeout: 60_000 }, () => {
  it('equals grouping everything anew, after every step of any stream', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...centres),
        fc
          .constantFrom<[number, number][]>([150, 0], [300, 20], [600, 0], [600, 40])
          .chain(([size, grid]) => stepsOf(30, size, grid, 70)),
        optionSets,
        (centre, steps, options) => follow(steps, centre, options, 1),
      ),
      { numRuns: 100 },
    );
  });

  it('equals grouping everything anew where hundreds lie in a few cells', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...centres),
        fc.integer({ min: 150, max: 250 }),
        stepsOf(400, 130, 10, 40),
        optionSets,
        (centre, crowd, steps, options) => {
          const first = Array.from({ length: crowd }, (_, n): Step => ({
            what: 'arrive',
            who: n,
            whom: 0,
            east: ((n * 37) % 29) * 9 - 130,
            north: ((n * 53) % 31) * 8.5 - 130,
          }));
          follow([...first, ...steps], centre, options, 97);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...centres),
        stepsOf(40, 300, 20, 40),
        optionSets,
        fc.infiniteStream(fc.nat()),
        (centre, steps, options, keys) => {
          const points = new Map<string, LivePoint>();
          for (const step of steps)
            points.set(nameOf(step.who), {
              id: nameOf(step.who),
              ...offset(centre, step.east, step.north),
              placement:
                step.what === 'with' ? { kind: 'with', anchorId: nameOf(step.whom) } : null,
            });
          const [one, other] = [new LiveGrouping(options), new LiveGrouping(options)];
          for (const point of points.values()) one.arrive(point);
          const shuffled = [...points.values()]
            .map((point) => ({ point, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key);
          other.arrive(...shuffled.slice(0, 5).map(({ point }) => point));
          for (const { point } of shuffled.slice(5)) other.arrive(point);
          expect(other.assignments()).toEqual(one.assignments());
        },
      ),
    );
  });

  it('touches only the neighbourhood', () => {
    const live = new LiveGrouping({ epsMeters: 80, minPoints: 3, maxDiameterMeters: 250 });
    for (let n = 0; n < 500; n++)
      live.arrive({
        id: nameOf(n),
        ...offset(centres[0]!, (n % 25) * 400, Math.floor(n / 25) * 400 + (n % 2) * 30),
        placement: null,
      });
    const touched = live.arrive({ id: 'x', ...offset(centres[0]!, 800, 800), placement: null });
    expect(touched.length).toBeLessThan(10);
  });
});

describe('sightings placed by hand', () => {
  const options: RegroupOptions = { epsMeters: 80, minPoints: 1, maxDiameterMeters: 250 };
  const at = (id: string, east: number, placement: Placement | null = null): LivePoint => ({
    id,
    ...offset(centres[0]!, east, 0),
    placement,
  });
  const keys = (points: LivePoint[], minPoints = 1) =>
    Object.fromEntries(
      groupLive(points, { ...options, minPoints }).map(({ id, groupKey }) => [id, groupKey]),
    );

  it('split off stands apart, and no longer links what it stood between', () => {
    expect(keys([at('a', 0), at('b', 70), at('c', 140)])).toEqual({ a: 'a', b: 'a', c: 'a' });
    expect(keys([at('a', 0), at('b', 70, { kind: 'apart' }), at('c', 140)])).toEqual({
      a: 'a',
      b: 'b',
      c: 'c',
    });
  });

  it('pulled in goes where its anchor goes, over any distance and along a chain', () => {
    expect(
      keys([
        at('b', 0),
        at('c', 50),
        at('d', 5000, { kind: 'with', anchorId: 'c' }),
        at('a', 9000, { kind: 'with', anchorId: 'd' }),
      ]),
    ).toEqual({ a: 'a', b: 'a', c: 'a', d: 'a' });
  });

  it('stands alone when its anchor is gone or the anchors run in a circle', () => {
    expect(
      keys([
        at('a', 0, { kind: 'with', anchorId: 'gone' }),
        at('b', 0, { kind: 'with', anchorId: 'c' }),
        at('c', 0, { kind: 'with', anchorId: 'b' }),
        at('d', 0, { kind: 'with', anchorId: 'c' }),
      ]),
    ).toEqual({ a: 'a', b: 'b', c: 'c', d: 'c' });
  });

  it('makes a group of a lone sighting that it is placed with, even where one alone is none', () => {
    expect(
      keys([at('a', 0), at('b', 900, { kind: 'with', anchorId: 'a' }), at('c', 3000)], 3),
    ).toEqual({
      a: 'a',
      b: 'a',
      c: null,
    });
  });
});
