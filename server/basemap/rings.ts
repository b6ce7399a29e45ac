/** Joins ways end to end: the rings of multipolygons, the long lines of streets. */

/** Node ids in order; closed when the first is also the last. */
export type Chain = readonly number[];

export function isClosed(chain: ArrayLike<number>): boolean {
  return chain.length > 3 && chain[0] === chain[chain.length - 1];
}

/**
 * Joins pieces that share an end. With `onlyWhereTwoMeet` a junction of three or more pieces ends
 * the line; with `keepDirection` a piece is never turned around.
 */
export function joinChains(
  pieces: Chain[],
  options: { onlyWhereTwoMeet?: boolean; keepDirection?: boolean } = {},
): number[][] {
  const ends = new Map<number, Set<number>>();
  const touch = (node: number, piece: number): void => {
    const set = ends.get(node);
    if (set) set.add(piece);
    else ends.set(node, new Set([piece]));
  };
  const degree = new Map<number, number>();
  pieces.forEach((piece, i) => {
    if (piece.length < 2 || isClosed(piece)) return;
    for (const end of [piece[0] ?? 0, piece.at(-1) ?? 0]) {
      touch(end, i);
      degree.set(end, (degree.get(end) ?? 0) + 1);
    }
  });
  const used = new Uint8Array(pieces.length);
  const next = (node: number): number => {
    if (options.onlyWhereTwoMeet && degree.get(node) !== 2) return -1;
    for (const candidate of ends.get(node) ?? []) {
      if (used[candidate]) continue;
      if (options.keepDirection && pieces[candidate]?.[0] !== node) continue;
      return candidate;
    }
    return -1;
  };
  const extend = (chain: number[]): void => {
    for (;;) {
      const end = chain.at(-1) ?? 0;
      if (isClosed(chain)) return;
      const index = next(end);
      if (index < 0) return;
      used[index] = 1;
      const piece = pieces[index] ?? [];
      const ordered = piece[0] === end ? piece : piece.toReversed();
      for (let i = 1; i < ordered.length; i++) chain.push(ordered[i] ?? 0);
    }
  };
  const result: number[][] = [];
  pieces.forEach((piece, i) => {
    if (used[i] || piece.length < 2) return;
    used[i] = 1;
    const chain = [...piece];
    extend(chain);
    if (!options.keepDirection && !isClosed(chain)) {
      chain.reverse();
      extend(chain);
      chain.reverse();
    }
    result.push(chain);
  });
  // With a fixed direction a chain can only grow at its end; its beginning may be another's end.
  return options.keepDirection ? stitchForward(result) : result;
}

function stitchForward(chains: number[][]): number[][] {
  const byStart = new Map<number, number[]>();
  for (const chain of chains) if (!isClosed(chain)) byStart.set(chain[0] ?? 0, chain);
  const absorbed = new Set<number[]>();
  for (const chain of chains) {
    if (absorbed.has(chain) || isClosed(chain)) continue;
    for (;;) {
      const following = byStart.get(chain.at(-1) ?? 0);
      if (!following || following === chain || absorbed.has(following)) break;
      absorbed.add(following);
      for (let i = 1; i < following.length; i++) chain.push(following[i] ?? 0);
    }
  }
  return chains.filter((chain) => !absorbed.has(chain));
}
