import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type {
  ClosureView,
  closureDraftSchema,
  Isochrones,
  isochronesQuerySchema,
  Roads,
  routeQuerySchema,
  TravelRoute,
} from '../../shared/roads/schema.ts';
import type { Context, Session } from '../kernel/context.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { requireValidPolygon } from '../zones/validity.ts';
import { applyConditions } from './conditions.ts';
import { insertClosure, markOpened, readClosureView } from './queries.ts';

type Asked = Pick<Context, 'db' | 'roads'>;

/** @throws AppError polygon_invalid on the field `boundary` */
export async function closeRoad(
  { db, roads }: Asked,
  { cityId, userId }: Session,
  draft: z.infer<typeof closureDraftSchema>,
): Promise<ClosureView> {
  const closure = await changeCity(db, cityId, async (change) => {
    const boundary = await requireValidPolygon(change.tx, draft.boundary, 'boundary');
    await insertClosure(change.tx, cityId, { ...draft, boundary, by: userId, at: change.now });
    return announce(change, draft.id);
  });
  await applyConditions(db, roads, cityId);
  return closure;
}

export async function openRoad(
  { db, roads }: Asked,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<ClosureView> {
  const closure = await changeCity(db, cityId, async (change) => {
    await markOpened(change.tx, cityId, { id, by: userId, at: change.now });
    return announce(change, id);
  });
  await applyConditions(db, roads, cityId);
  return closure;
}

async function announce(change: CityChange, id: string): Promise<ClosureView> {
  const closure = await readClosureView(change.tx, change.cityId, id);
  if (!closure) throw new AppError('not_found', { field: 'id' });
  change.emit({ kind: 'closure.changed', closure }, 'staff');
  return closure;
}

export function findRoute(
  roads: Roads,
  session: Session,
  { cityId, mode, stops }: z.infer<typeof routeQuerySchema>,
): Promise<TravelRoute> {
  requireOwnCity(session, cityId);
  return roads.route(cityId, mode, stops);
}

export function findIsochrones(
  roads: Roads,
  session: Session,
  { cityId, mode, from, minutes }: z.infer<typeof isochronesQuerySchema>,
): Promise<Isochrones> {
  requireOwnCity(session, cityId);
  return roads.isochrones(cityId, mode, from, minutes);
}

function requireOwnCity(session: Session, cityId: string): void {
  if (session.cityId !== cityId) throw new AppError('not_allowed', { field: 'cityId' });
}
