/** One matrix asked for in several questions, each about some of its rows or some of its columns. */
import type { Position } from '../../shared/geo/position.ts';
import type { RawMatrix } from './read-answers.ts';

type Places = readonly Position[];

export const endless = (cells: number): RawMatrix => ({
  seconds: new Float64Array(cells).fill(Infinity),
  meters: new Float64Array(cells).fill(Infinity),
});

/** @param parts indices of `from` (rows) or of `to` (columns), each in one part */
export async function inParts(
  from: Places,
  to: Places,
  side: 'rows' | 'columns',
  parts: readonly (readonly number[])[],
  ask: (from: Places, to: Places) => Promise<RawMatrix>,
): Promise<RawMatrix> {
  const result = endless(from.length * to.length);
  await Promise.all(
    parts.map(async (part) => {
      if (part.length === 0) return;
      const some = part.map((index) => (side === 'rows' ? from : to)[index]!);
      const found = await (side === 'rows' ? ask(some, to) : ask(from, some));
      part.forEach((index, i) => {
        const others = side === 'rows' ? to : from;
        others.forEach((_, other) => {
          const at = side === 'rows' ? index * to.length + other : other * to.length + index;
          const there = side === 'rows' ? i * to.length + other : other * part.length + i;
          result.seconds[at] = found.seconds[there]!;
          result.meters[at] = found.meters[there]!;
        });
      });
    }),
  );
  return result;
}
