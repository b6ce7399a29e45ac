import type { z } from 'zod';
import type {
  vehicleDraftSchema,
  VehicleState,
  VehicleView,
} from '../../shared/vehicles/schema.ts';
import type { Db } from '../kernel/sql.ts';

/** A team that was removed drives nothing any more. */
const columns = (db: Db) => db`
  v.id, v.name, v.plate, v.mode, v.seats, v.wheelchairs, v.state,
  (select t.id from teams t
    where t.city_id = v.city_id and t.id = v.team_id and t.removed_at is null) as "teamId",
  v.removed_at is not null as removed`;

export async function readVehicleViews(db: Db, cityId: string): Promise<VehicleView[]> {
  return await db<VehicleView[]>`
    select ${columns(db)} from vehicles v
    where v.city_id = ${cityId} and v.removed_at is null order by v.name, v.id`;
}

/** One vehicle, also one that was removed. */
export async function readVehicleView(
  db: Db,
  cityId: string,
  id: string,
): Promise<VehicleView | null> {
  const [vehicle] = await db<VehicleView[]>`
    select ${columns(db)} from vehicles v where v.city_id = ${cityId} and v.id = ${id}::uuid`;
  return vehicle ?? null;
}

export async function findVehicleOf(
  db: Db,
  cityId: string,
  teamId: string,
): Promise<{ id: string; name: string } | null> {
  const [vehicle] = await db<{ id: string; name: string }[]>`
    select id, name from vehicles where city_id = ${cityId} and team_id = ${teamId}::uuid`;
  return vehicle ?? null;
}

/** One that was removed comes back. */
export async function upsertVehicle(
  db: Db,
  cityId: string,
  vehicle: z.infer<typeof vehicleDraftSchema>,
): Promise<void> {
  await db`
    insert into vehicles (city_id, id, name, plate, mode, seats, wheelchairs, team_id)
    values (${cityId}, ${vehicle.id}::uuid, ${vehicle.name}, ${vehicle.plate}, ${vehicle.mode}::travel_mode,
      ${vehicle.seats}::smallint, ${vehicle.wheelchairs}::smallint, ${vehicle.teamId}::uuid)
    on conflict (city_id, id) do update set
      name = excluded.name, plate = excluded.plate, mode = excluded.mode, seats = excluded.seats,
      wheelchairs = excluded.wheelchairs, team_id = excluded.team_id, removed_at = null`;
}

export async function markVehicleRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<void> {
  await db`
    update vehicles set removed_at = coalesce(removed_at, ${at}::timestamptz), team_id = null
    where city_id = ${cityId} and id = ${id}::uuid`;
}

export async function updateState(
  db: Db,
  cityId: string,
  id: string,
  state: VehicleState,
): Promise<void> {
  await db`
    update vehicles set state = ${state}::vehicle_state where city_id = ${cityId} and id = ${id}::uuid`;
}
