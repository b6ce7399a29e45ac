import { cellToLatLng } from 'h3-js';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Position } from '../../shared/geo/position.ts';
import { notFoundHalfLifeHours, spreadNotFound } from '../../shared/presence/spread.ts';
import type { ColdCellView, zoneDraftSchema, ZoneView } from '../../shared/zones/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { cellOf } from './cell-of.ts';
import {
  addLikely,
  insertLook,
  readSimilarPlaces,
  recountCells,
  updateVisit,
} from './cell-records.ts';
import type { Look } from './cell-records.ts';
import { markZoneRemoved, readZoneView, upsertZone } from './queries.ts';
import { requireValidPolygon } from './validity.ts';

async function announceZone(change: CityChange, id: string): Promise<ZoneView> {
  const zone = await readZoneView(change.tx, change.cityId, id);
  if (!zone) throw new AppError('not_found', { field: 'id' });
  change.emit({ kind: 'zone.changed', zone }, 'staff');
  return zone;
}

/** @throws AppError polygon_invalid on the field `boundary` */
export function saveZone(
  db: Database,
  { cityId, userId }: Session,
  draft: z.infer<typeof zoneDraftSchema>,
): Promise<ZoneView> {
  return changeCity(db, cityId, async (change) => {
    const boundary = await requireValidPolygon(change.tx, draft.boundary, 'boundary');
    await upsertZone(change.tx, cityId, { ...draft, boundary });
    const { name: subject, weight, fromHour, toHour } = draft;
    const details = { weight, fromHour, toHour };
    await recordAudit(change.tx, { cityId, userId, action: 'zone.saved', subject, details });
    return announceZone(change, draft.id);
  });
}

export function removeZone(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<ZoneView> {
  return changeCity(db, cityId, async (change) => {
    await markZoneRemoved(change.tx, cityId, id, change.now);
    const zone = await announceZone(change, id);
    await recordAudit(change.tx, { cityId, userId, action: 'zone.removed', subject: zone.name });
    return zone;
  });
}

export { cellOf };

/**
 * Brings the facts of these cells up to date after sightings in them came, moved, changed their cluster or
 * ended. Give the old and the new cell of one that moved.
 */
export async function touchCells(change: CityChange, cells: readonly string[]): Promise<void> {
  if (cells.length === 0) return;
  const changed = await recountCells(change.tx, change.cityId, cells, change.now);
  for (const cell of changed) announceCell(change, cell);
}

/** A team was there: the cell's debt starts anew, and the look counts for what is expected of the cell. */
export async function visitCells(change: CityChange, look: Look): Promise<void> {
  const { tx, cityId, now, settings } = change;
  const at = look.at < now ? look.at : now;
  const cell = cellOf(look.position, settings.cellResolution);
  await insertLook(tx, cityId, cell, { ...look, at });
  const visited = await updateVisit(tx, cityId, cell, at);
  if (visited) announceCell(change, visited);
}

/** Later than this, whoever wasn't found is anywhere. */
const spreadsForMs = 12 * 3_600_000;
const similarWithinMeters = 2_000;

/** Who wasn't found where they were looked for may be near, or at a place of the same kind. */
export async function spreadFrom(
  change: CityChange,
  { position, people, at }: { position: Position; people: number; at: string },
): Promise<void> {
  const { tx, cityId, now, settings } = change;
  if (Date.parse(now) - Date.parse(at) > spreadsForMs) return;
  const from = cellOf(position, settings.cellResolution);
  const similar = await readSimilarPlaces(tx, cityId, position, similarWithinMeters);
  const places = similar.map(({ distanceMeters, ...place }) => ({
    cell: cellOf(place, settings.cellResolution),
    distanceMeters,
  }));
  const likely = spreadNotFound(from, people, places);
  const changed = await addLikely(tx, cityId, likely, at, notFoundHalfLifeHours);
  for (const cell of changed) announceCell(change, cell);
}

function announceCell(change: CityChange, cell: ColdCellView): void {
  const [lat, lon] = cellToLatLng(cell.cell);
  change.emit({ kind: 'cell.changed', cell }, 'staff', [{ lon, lat }]);
}
