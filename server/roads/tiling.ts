/** A large matrix as several small ones: what an engine takes at once, and what others can wait for. */
export interface Tile {
  rowFrom: number;
  rowTo: number;
  colFrom: number;
  colTo: number;
}

/**
 * Cuts rows × cols into tiles of at most `pairs` cells, as square as they may be where both sides are long: every
 * place of a tile is put on the network once, and once for each tile.
 */
export function tilesOf(rows: number, cols: number, pairs: number): Tile[] {
  if (rows === 0 || cols === 0) return [];
  const side = Math.max(1, Math.floor(Math.sqrt(pairs)));
  const tileCols = Math.min(cols, Math.max(side, Math.floor(pairs / rows)));
  const tileRows = Math.min(rows, Math.max(1, Math.floor(pairs / tileCols)));
  const tiles: Tile[] = [];
  for (const [rowFrom, rowTo] of evenly(rows, tileRows))
    for (const [colFrom, colTo] of evenly(cols, tileCols))
      tiles.push({ rowFrom, rowTo, colFrom, colTo });
  return tiles;
}

/** Stretches no longer than `most`, as alike as can be. */
function evenly(length: number, most: number): [number, number][] {
  const count = Math.ceil(length / most);
  return Array.from({ length: count }, (_, i) => [
    Math.round((i * length) / count),
    Math.round(((i + 1) * length) / count),
  ]);
}
