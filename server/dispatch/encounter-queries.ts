import type { EncounterDraft, EncounterView, Outcome } from '../../shared/dispatch/schema.ts';
import type { VulnerableFlag } from '../../shared/sightings/schema.ts';
import type { Db } from '../kernel/sql.ts';

/** What a resend of the encounter is answered with; null when it is new. */
export async function findRecorded(
  db: Db,
  cityId: string,
  encounterId: string,
): Promise<{ recheckId: string | null } | null> {
  const [found] = await db<{ recheckId: string | null }[]>`
    select r.id as "recheckId"
    from encounters e left join rechecks r on r.city_id = e.city_id and r.encounter_id = e.id
    where e.city_id = ${cityId} and e.id = ${encounterId}::uuid`;
  return found ?? null;
}

export interface NewEncounter extends EncounterDraft {
  clusterId: string;
  teamId: string | null;
  recordedBy: string;
  receivedAt: string;
}
export async function insertEncounter(
  db: Db,
  cityId: string,
  encounter: NewEncounter,
): Promise<void> {
  const { position, items } = encounter;
  await db`
    insert into encounters (city_id, id, cluster_id, dispatch_id, recheck_id, team_id, recorded_by, outcome, position,
      flags, station_id, note, met_at, received_at)
    values (${cityId}, ${encounter.id}::uuid, ${encounter.clusterId}::uuid, ${encounter.dispatchId}::uuid,
      ${encounter.recheckId}::uuid, ${encounter.teamId}::uuid, ${encounter.recordedBy}::uuid,
      ${encounter.outcome}::outcome,
      st_setsrid(st_makepoint(${position.lon}::float8, ${position.lat}::float8), 4326)::geography,
      ${encounter.flags}::text[]::vulnerable_flag[], ${encounter.stationId}::uuid, ${encounter.note},
      ${encounter.metAt}::timestamptz, ${encounter.receivedAt}::timestamptz)`;
  if (items.length === 0) return;
  await db`
    insert into encounter_items (city_id, encounter_id, item, quantity)
    select ${cityId}, ${encounter.id}::uuid, item::need, least(100, sum(quantity))::smallint
    from unnest(${items.map(({ item }) => item)}::text[], ${items.map(({ quantity }) => quantity)}::int[])
      as given (item, quantity)
    group by item`;
}

/** The outcomes recorded on one dispatch so far. */
export async function readOutcomes(db: Db, cityId: string, dispatchId: string): Promise<Outcome[]> {
  const rows = await db<{ outcome: Outcome }[]>`
    select outcome from encounters where city_id = ${cityId} and dispatch_id = ${dispatchId}::uuid`;
  return rows.map((row) => row.outcome);
}

export async function insertRecheck(
  db: Db,
  cityId: string,
  recheck: {
    id: string;
    encounter: NewEncounter;
    flags: readonly VulnerableFlag[];
    dueAt: string;
  },
): Promise<void> {
  const { encounter } = recheck;
  await db`
    insert into rechecks (city_id, id, encounter_id, cluster_id, position, flags, outcome, due_at, created_at)
    select city_id, ${recheck.id}::uuid, id, cluster_id, position, ${[...recheck.flags]}::text[]::vulnerable_flag[],
           outcome, ${recheck.dueAt}::timestamptz, ${encounter.receivedAt}::timestamptz
    from encounters where city_id = ${cityId} and id = ${encounter.id}::uuid`;
}

/** A visit settles the recheck once; a second team's visit changes nothing of it. */
export async function settleRecheck(
  db: Db,
  cityId: string,
  id: string,
  encounterId: string,
  at: string,
): Promise<void> {
  await db`
    update rechecks set done_at = ${at}::timestamptz, done_by_encounter = ${encounterId}::uuid
    where city_id = ${cityId} and id = ${id}::uuid and done_at is null`;
}

/** Whose encounter settled a recheck; null while it is owed. */
export async function readSettlingTeam(
  db: Db,
  cityId: string,
  recheckId: string,
): Promise<{ teamId: string | null } | null> {
  const [row] = await db<{ teamId: string | null }[]>`
    select e.team_id as "teamId" from rechecks r
    join encounters e on e.city_id = r.city_id and e.id = r.done_by_encounter
    where r.city_id = ${cityId} and r.id = ${recheckId}::uuid`;
  return row ?? null;
}

export async function readEncounterViews(
  db: Db,
  cityId: string,
  clusterId: string,
): Promise<EncounterView[]> {
  return await db<EncounterView[]>`
    select e.id, e.cluster_id as "clusterId", e.dispatch_id as "dispatchId", e.recheck_id as "recheckId",
      e.team_id as "teamId", e.outcome, st_x(e.position::geometry) as lon, st_y(e.position::geometry) as lat,
      e.flags::text[] as flags, e.station_id as "stationId", e.note, u.display_name as "recordedBy",
      e.met_at as "metAt", e.received_at as "receivedAt",
      coalesce((select jsonb_agg(jsonb_build_object('item', i.item, 'quantity', i.quantity) order by i.item)
        from encounter_items i where i.city_id = e.city_id and i.encounter_id = e.id), '[]') as items
    from encounters e join users u on u.city_id = e.city_id and u.id = e.recorded_by
    where e.city_id = ${cityId} and e.cluster_id = ${clusterId}::uuid
    order by e.met_at, e.id`;
}
