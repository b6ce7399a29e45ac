// Medians of interleaved runs: what disturbs the machine disturbs all sides alike.

export type Work = () => unknown;

/** Median milliseconds of each, run in turn `runs` times after one round that isn't counted. */
export async function medianTimes<Name extends string>(
  works: Record<Name, Work>,
  runs = 5,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let run = -1; run < runs; run++)
    for (const name of names) {
      const began = performance.now();
      await works[name]();
      if (run >= 0) times.get(name)!.push(performance.now() - began);
    }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<
    Name,
    number
  >;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : ((sorted[middle - 1] ?? Number.NaN) + sorted[middle]!) / 2;
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
