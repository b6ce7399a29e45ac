import type { CellField } from './cell-field.ts';
import { cellOfKey, parentKey } from './cell-key.ts';
import { stepOf } from './debt.ts';
import { publicCellResolution } from './resolutions.ts';
import type { PublicCell } from './schema.ts';

/** What the public may see: the highest step within each cell of resolution 7, and nothing of the rest. */
export function publicCells(field: CellField, debts: Float32Array): PublicCell[] {
  const most = new Map<number, number>();
  for (const [index, key] of field.keys.entries()) {
    const parent = parentKey(key, field.resolution, publicCellResolution);
    most.set(parent, Math.max(debts[index]!, most.get(parent) ?? 0));
  }
  return [...most]
    .map(([key, debt]) => ({ cell: cellOfKey(key, publicCellResolution), step: stepOf(debt) }))
    .filter(({ step }) => step > 0);
}
