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

/** One of this dispatch that somebody of whom nothing was told yet had arrived on by then or later, the first first. */
export async function findArrivedUnnamed(
  db: Db,
  cityId: string,
  { dispatchId, stationId, since }: { dispatchId: string; stationId: string; since: string },
): Promise<string | null> {
  const [hold] = await db<{ id: string }[]>`
    select id from bed_holds
    where city_id = ${cityId} and dispatch_id = ${dispatchId}::uuid and station_id = ${stationId}::uuid
      and state = 'arrived' and encounter_id is null and ended_at >= ${since}::timestamptz
    order by ended_at, id limit 1`;
  return hold?.id ?? null;
}

/** Of those on the way beyond the places of this kind, who is to arrive first is within them now; null: there is nobody. */
export async function seatFirstOnTheWay(
  db: Db,
  cityId: string,
  { stationId, kind }: Pick<HoldView, 'stationId' | 'kind'>,
): Promise<string | null> {
  const [hold] = await db<{ id: string }[]>`
    update bed_holds set within_places = true
    where city_id = ${cityId} and id = (
      select id from bed_holds where city_id = ${cityId} and station_id = ${stationId}::uuid and kind = ${kind}::bed_kind
        and state = 'held' and not within_places
      order by expected_at, id limit 1)
    returning id`;
  return hold?.id ?? null;
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

/** Of a dispatch that isn't over, the team and the place are known with it. */
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
    left join dispatches d on d.city_id = ${cityId} and d.id = ${hold.dispatchId}::uuid and d.ended_at is null`;
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
    insert into bed_holds (city_id, id, station_id, kind, places, state, within_places, dispatch_id, team_id,
      cluster_id, encounter_id, expected_at, expires_at, created_at, ended_at)
    select city_id, ${newId}::uuid, station_id, kind, 1, state, within_places, dispatch_id, team_id, cluster_id,
      encounter_id, expected_at, expires_at, created_at, ended_at
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
