/**
 * An H3 index as a number that a double holds: base cell and digits down to its resolution, without the constant
 * ends. Sorted like the indexes themselves, and the parent is a division away.
 */

/** Hex digits in front: mode and resolution; behind them 7 bits of the base cell and 15 digits of 3 bits. */
const headLength = 2;
const finest = 15;

/** @throws RangeError for what is no index of a cell in this resolution */
export function keyOfCell(cell: string, resolution: number): number {
  const unused = 8 ** (finest - resolution);
  const bits = Number.parseInt(cell.slice(headLength), 16);
  if (cell.length !== 15 || !cell.startsWith(headOf(resolution)) || bits % unused !== unused - 1)
    throw new RangeError(`no H3 cell of resolution ${resolution}: ${cell}`);
  return Math.floor(bits / unused);
}

export function cellOfKey(key: number, resolution: number): string {
  const unused = 8 ** (finest - resolution);
  const bits = key * unused + unused - 1;
  return headOf(resolution) + bits.toString(16).padStart(13, '0');
}

export const parentKey = (key: number, resolution: number, coarser: number): number =>
  Math.floor(key / 8 ** (resolution - coarser));

/** Above the largest key there is in this resolution: 122 base cells, digits 0 to 6. */
export const keysEnd = (resolution: number): number => 122 * 8 ** resolution;

const headOf = (resolution: number): string => `8${resolution.toString(16)}`;
