import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type {
  vehicleDraftSchema,
  vehicleStateSchema,
  VehicleView,
} from '../../shared/vehicles/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { readTeamView } from '../patrols/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import {
  findVehicleOf,
  markVehicleRemoved,
  readVehicleView,
  updateState,
  upsertVehicle,
} from './queries.ts';

async function announce(change: CityChange, id: string): Promise<VehicleView> {
  const vehicle = await readVehicleView(change.tx, change.cityId, id);
  if (!vehicle) throw new AppError('not_found', { field: 'id' });
  change.emit({ kind: 'vehicle.changed', vehicle }, 'staff');
  return vehicle;
}

/**
 * @throws AppError invalid_input when more wheelchairs than seats fit; not_found for a team that is not there;
 * vehicle_taken when the team drives another one
 */
export function saveVehicle(
  db: Database,
  { cityId, userId }: Session,
  draft: z.infer<typeof vehicleDraftSchema>,
): Promise<VehicleView> {
  return changeCity(db, cityId, async (change) => {
    const { tx } = change;
    if (draft.wheelchairs > draft.seats)
      throw new AppError('invalid_input', { field: 'wheelchairs' });
    if (draft.teamId !== null) {
      const team = await readTeamView(tx, cityId, draft.teamId);
      if (!team || team.removed) throw new AppError('not_found', { field: 'teamId' });
      const other = await findVehicleOf(tx, cityId, draft.teamId);
      if (other && other.id !== draft.id)
        throw new AppError('vehicle_taken', { field: 'teamId', params: { name: other.name } });
    }
    await upsertVehicle(tx, cityId, draft);
    await recordAudit(tx, { cityId, userId, action: 'vehicle.saved', subject: draft.name });
    return announce(change, draft.id);
  });
}

export function removeVehicle(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<VehicleView> {
  return changeCity(db, cityId, async (change) => {
    await markVehicleRemoved(change.tx, cityId, id, change.now);
    const vehicle = await announce(change, id);
    const subject = vehicle.name;
    await recordAudit(change.tx, { cityId, userId, action: 'vehicle.removed', subject });
    return vehicle;
  });
}

/** A patrol says it of its own vehicle, the desk of any. @throws AppError not_found, not_allowed */
export function setVehicleState(
  db: Database,
  session: Session,
  { id, state }: z.infer<typeof vehicleStateSchema>,
): Promise<VehicleView> {
  const { cityId, userId } = session;
  return changeCity(db, cityId, async (change) => {
    const known = await readVehicleView(change.tx, cityId, id);
    if (!known || known.removed) throw new AppError('not_found', { field: 'id' });
    if (session.role === 'patrol' && (known.teamId === null || known.teamId !== session.teamId))
      throw new AppError('not_allowed', { field: 'id' });
    if (known.state === state) return known;
    await updateState(change.tx, cityId, id, state);
    const details = { state };
    await recordAudit(change.tx, {
      cityId,
      userId,
      action: 'vehicle.stateSet',
      subject: known.name,
      details,
    });
    return announce(change, id);
  });
}
