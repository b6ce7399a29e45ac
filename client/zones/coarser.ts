/** Cells seen from afar: each parent is as urgent as the most urgent cell in it. */
import { cellOfKey, parentKey } from '../../shared/zones/cell-key.ts';
import type { CellField } from '../../shared/zones/cell-field.ts';

export interface Parents {
  cells: string[];
  /** index into `cells`, along the cells of the field */
  of: Uint32Array;
}

/** The field's cells are in order, so each parent's follow each other. */
export function parentsOf(
  { keys, resolution }: Pick<CellField, 'keys' | 'resolution'>,
  coarser: number,
): Parents {
  const cells: string[] = [];
  const of = new Uint32Array(keys.length);
  let last = -1;
  for (let index = 0; index < keys.length; index++) {
    const parent = parentKey(keys[index]!, resolution, coarser);
    if (parent !== last) cells.push(cellOfKey(parent, coarser));
    last = parent;
    of[index] = cells.length - 1;
  }
  return { cells, of };
}

export function parentSteps({ cells, of }: Parents, steps: Uint8Array): Uint8Array {
  const most = new Uint8Array(cells.length);
  for (let index = 0; index < of.length; index++) {
    const step = steps[index]!;
    if (step > most[of[index]!]!) most[of[index]!] = step;
  }
  return most;
}
