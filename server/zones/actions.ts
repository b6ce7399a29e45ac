import { cellToLatLng, latLngToCell } from 'h3-js';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Position } from '../../shared/geo/position.ts';
import { cellResolution } from '../../shared/zones/schema.ts';
import type { ColdCellView, zoneDraftSchema, ZoneView } from '../../shared/zones/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import {
  findOutdatedCells,
  markZoneRemoved,
  readZoneView,
  recountCells,
  updateVisit,
  upsertZone,
} from './queries.ts';
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
  { cityId }: Session,
  draft: z.infer<typeof zoneDraftSchema>,
): Promise<ZoneView> {
  return changeCity(db, cityId, async (change) => {
    const boundary = await requireValidPolygon(change.tx, draft.boundary, 'boundary');
    await upsertZone(change.tx, cityId, { ...draft, boundary });
    return announceZone(change, draft.id);
  });
}

export function removeZone(
  db: Database,
  { cityId }: Session,
  { id }: { id: string },
): Promise<ZoneView> {
  return changeCity(db, cityId, async (change) => {
    await markZoneRemoved(change.tx, cityId, id, change.now);
    return announceZone(change, id);
  });
}

/** Nights over which sightings say where people tend to be. */
const recentNights = 14;

/** The H3 cell (resolution 9) that a sighting or a visit at this position belongs to. */
export const cellOf = ({ lon, lat }: Position): string => latLngToCell(lat, lon, cellResolution);

/**
 * Brings the facts of these cells up to date after sightings in them came, moved, changed their cluster or
 * ended. Give the old and the new cell of one that moved.
 */
export async function touchCells(change: CityChange, cells: readonly string[]): Promise<void> {
  if (cells.length === 0) return;
  const changed = await recountCells(change.tx, change.cityId, cells, recentNights, change.now);
  for (const cell of changed) announceCell(change, cell);
}

/** A team was at this position: the cell's debt starts anew. */
export async function visitCells(
  change: CityChange,
  position: Position,
  at: string = change.now,
): Promise<void> {
  const earliest = at < change.now ? at : change.now;
  const visited = await updateVisit(change.tx, change.cityId, cellOf(position), earliest);
  if (visited) announceCell(change, visited);
}

function announceCell(change: CityChange, cell: ColdCellView): void {
  const [lat, lon] = cellToLatLng(cell.cell);
  change.emit({ kind: 'cell.changed', cell }, 'staff', [{ lon, lat }]);
}

/** Lets sightings older than the recent nights fall out of the counts; to be called now and then. */
export async function forgetOldNights(db: Database): Promise<void> {
  for (const { cityId, cells } of await findOutdatedCells(db.sql, recentNights)) {
    await changeCity(db, cityId, (change) => touchCells(change, cells));
  }
}
