/** Which cells come first: by score, ties in an order that has nothing to do with place or time. */

/**
 * Indexes of the `count` highest of the first `cells` scores, in no order. Equal scores are told apart by
 * `tieBreak`, a number per cell that no two cells share.
 */
export function highest(
  scores: Float64Array,
  cells: number,
  count: number,
  tieBreak: Float64Array,
): number[] {
  if (count >= cells) return Array.from({ length: cells }, (_, cell) => cell);
  if (count <= 0) return [];
  const threshold = scores.slice(0, cells).sort()[cells - count]!;
  const above: number[] = [];
  const level: number[] = [];
  for (let cell = 0; cell < cells; cell++) {
    if (scores[cell]! > threshold) above.push(cell);
    else if (scores[cell] === threshold) level.push(cell);
  }
  level.sort((a, b) => tieBreak[a]! - tieBreak[b]!);
  return above.concat(level.slice(0, count - above.length));
}

/** The sum of the `count` highest values. */
export function sumOfHighest(values: Float64Array, count: number): number {
  const sorted = values.slice().sort();
  let sum = 0;
  for (let i = Math.max(0, sorted.length - count); i < sorted.length; i++) sum += sorted[i]!;
  return sum;
}

/** A number that only depends on the name, all over the range: FNV-1a, mixed; then the name itself decides. */
export function tieBreaks(names: readonly string[]): Float64Array {
  const hashes = names.map((name) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    return (hash ^ (hash >>> 15)) >>> 0;
  });
  const order = names.map((_, i) => i);
  order.sort((a, b) => hashes[a]! - hashes[b]! || (names[a]! < names[b]! ? -1 : 1));
  const ranks = new Float64Array(names.length);
  order.forEach((cell, rank) => (ranks[cell] = rank));
  return ranks;
}
