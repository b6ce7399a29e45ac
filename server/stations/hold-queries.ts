import type { HoldState, HoldView } from '../../shared/stations/schema.ts';
import type { Db } from '../kernel/sql.ts';

export const holdColumns = (db: Db) => db`
  id, station_id as "stationId", kind, places, state, within_places as "withinPlaces", dispatch_id as "dispatchId",
  team_id as "teamId", cluster_id as "clusterId", encounter_id as "encounterId", expected_at as "expectedAt",
  expires_at as "expiresAt", created_at as "createdAt", ended_at as "endedAt"`;

export async function readHoldView(db: Db, cityId: string, id: string): Promise<HoldView | null> {
  const [hold] = await db<HoldView[]>`
    select ${holdColumns(db)} from bed_holds where city_id = ${cityId} and id = ${id}::uuid`;
  return hold ?? null;
}

export async function readHoldOfEncounter(
  db: Db,
  cityId: string,
  encounterId: string,
): Promise<HoldView | null> {
  const [hold] = await db<HoldView[]>`
    select ${holdColumns(db)} from bed_holds where city_id = ${cityId} and encounter_id = ${encounterId}::uuid`;
  return hold ?? null;
}

/** Live ones, oldest first. */
export async function readHoldsOfDispatch(
  db: Db,
  cityId: string,
  dispatchId: string,
): Promise<HoldView[]> {
  return await db<HoldView[]>`
    select ${holdColumns(db)} from bed_holds
    where city_id = ${cityId} and dispatch_id = ${dispatchId}::uuid and state = 'held' order by created_at, id`;
}

/** What waits for nobody any more: past its time, and nobody of it is in a vehicle. @param cityId null = all cities */
export async function findExpiredHolds(
  db: Db,
  cityId: string | null,
): Promise<{ cityId: string; id: string }[]> {
  return await db<{ cityId: string; id: string }[]>`
    select city_id as "cityId", id from bed_holds
    where state = 'held' and encounter_id is null and expires_at <= clock_timestamp()
      and (${cityId}::text is null or city_id = ${cityId}::text)
    order by expires_at, id`;
}

export type NewHold = Pick<
  HoldView,
  | 'id'
  | 'stationId'
  | 'kind'
  | 'places'
  | 'withinPlaces'
  | 'dispatchId'
  | 'teamId'
  | 'clusterId'
  | 'encounterId'
  | 'expectedAt'
  | 'expiresAt'
>;

/** Of a dispatch, the team and the place are known with it. */
export async function insertHold(
  db: Db,
  cityId: string,
  hold: NewHold,
  createdAt: string,
): Promise<void> {
  await db`
    insert into bed_holds (city_id, id, station_id, kind, places, within_places, dispatch_id, team_id, cluster_id,
      encounter_id, expected_at, expires_at, created_at)
    select ${cityId}, ${hold.id}::uuid, ${hold.stationId}::uuid, ${hold.kind}::bed_kind, ${hold.places}::smallint,
      ${hold.withinPlaces}, ${hold.dispatchId}::uuid, coalesce(${hold.teamId}::uuid, d.team_id),
      coalesce(${hold.clusterId}::uuid, d.cluster_id), ${hold.encounterId}::uuid, ${hold.expectedAt}::timestamptz,
      ${hold.expiresAt}::timestamptz, ${createdAt}::timestamptz
    from (select 1) as one
    left join dispatches d on d.city_id = ${cityId} and d.id = ${hold.dispatchId}::uuid`;
}

export async function updateHoldTimes(
  db: Db,
  cityId: string,
  id: string,
  times: { expectedAt: string; expiresAt: string },
): Promise<void> {
  await db`
    update bed_holds set expected_at = ${times.expectedAt}::timestamptz, expires_at = ${times.expiresAt}::timestamptz
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** One place of several goes its own way. */
export async function splitHold(db: Db, cityId: string, id: string, newId: string): Promise<void> {
  await db`
    with rest as (
      update bed_holds set places = places - 1
      where city_id = ${cityId} and id = ${id}::uuid and places > 1 returning *
    )
    insert into bed_holds (city_id, id, station_id, kind, places, within_places, dispatch_id, team_id, cluster_id,
      encounter_id, expected_at, expires_at, created_at)
    select city_id, ${newId}::uuid, station_id, kind, 1, within_places, dispatch_id, team_id, cluster_id,
      encounter_id, expected_at, expires_at, created_at
    from rest`;
}

export async function updateHoldEncounter(
  db: Db,
  cityId: string,
  id: string,
  encounterId: string,
): Promise<void> {
  await db`
    update bed_holds set encounter_id = ${encounterId}::uuid where city_id = ${cityId} and id = ${id}::uuid`;
}

export async function updateHoldEnd(
  db: Db,
  cityId: string,
  id: string,
  { state, at }: { state: Exclude<HoldState, 'held'>; at: string },
): Promise<void> {
  await db`
    update bed_holds set state = ${state}::hold_state, ended_at = ${at}::timestamptz
    where city_id = ${cityId} and id = ${id}::uuid`;
}
