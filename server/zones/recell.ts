/**
 * A city's cells in another resolution: every report and look gets the cell of its position anew, in small batches
 * between which the city goes on. What is known of the cells follows; nothing is lost, and it may stop at any time.
 */
import { cellToCenterChild, cellToParent, getResolution } from 'h3-js';
import { notFoundHalfLifeHours } from '../../shared/presence/spread.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { cellOf } from './cell-of.ts';
import { markResolution } from './forecast-records.ts';
import { addLikely, recountCells } from './cell-records.ts';
import {
  adoptLooks,
  readMisplaced,
  recountVisits,
  removeOtherCells,
  writeCells,
} from './recell-records.ts';
import type { CellTable } from './recell-records.ts';

/** The city is held for some hundredths of a second each time. */
const batchRows = 1_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * @param goOn asked before each batch; false = leave it
 * @returns false when it was left, or the setting has changed meanwhile: the next to come begins anew
 */
export async function recellCity(
  db: Database,
  cityId: string,
  resolution: 9 | 10,
  goOn: () => Promise<boolean>,
): Promise<boolean> {
  await adoptLooks(db.sql, cityId);
  for (const table of ['sightings', 'cell_looks'] as const)
    for (let after = beforeAll; ;) {
      if (!(await goOn())) return false;
      const next = await recellBatch(db, cityId, { table, resolution, after });
      if (next.kind === 'changed') return false;
      if (next.kind === 'done') break;
      after = next.after;
    }
  return changeCity(db, cityId, async (change) => {
    if (change.settings.cellResolution !== resolution) return false;
    for (const { cell, people, at } of await removeOtherCells(change.tx, cityId, resolution)) {
      const finer = getResolution(cell) < resolution;
      const there = finer ? cellToCenterChild(cell, resolution) : cellToParent(cell, resolution);
      await addLikely(change.tx, cityId, [{ cell: there, people }], at, notFoundHalfLifeHours);
    }
    const revision = await markResolution(change.tx, cityId, resolution);
    change.emit({ kind: 'field.changed', revision }, 'staff');
    return true;
  });
}

interface Batch {
  table: CellTable;
  resolution: 9 | 10;
  after: string;
}

type BatchEnd = { kind: 'more'; after: string } | { kind: 'done' } | { kind: 'changed' };
async function recellBatch(
  db: Database,
  cityId: string,
  { table, resolution, after }: Batch,
): Promise<BatchEnd> {
  const from = { after, resolution, limit: batchRows };
  const misplaced = await readMisplaced(db.sql, cityId, table, from);
  if (misplaced.length === 0) return { kind: 'done' };
  const rows = misplaced.map(({ id, ...position }) => ({ id, cell: cellOf(position, resolution) }));
  const cells = [...new Set(rows.map(({ cell }) => cell))];
  const done = await changeCity(db, cityId, async ({ tx, now, settings }) => {
    if (settings.cellResolution !== resolution) return false;
    await writeCells(tx, cityId, table, rows);
    if (table === 'sightings') await recountCells(tx, cityId, cells, now);
    else await recountVisits(tx, cityId, cells, now);
    return true;
  });
  return done ? { kind: 'more', after: misplaced.at(-1)!.id } : { kind: 'changed' };
}
