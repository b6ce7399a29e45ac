import type {
  Candidate,
  DispatchState,
  DispatchView,
  RecheckView,
} from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { Db } from '../kernel/sql.ts';

type DispatchRow = Omit<DispatchView, 'target'> & { lon: number; lat: number };

const columns = (db: Db) => db`
  id, cluster_id as "clusterId", recheck_id as "recheckId", team_id as "teamId", state, supporting,
  st_x(target::geometry) as lon, st_y(target::geometry) as lat, note, decline_reason as "declineReason",
  offered_at as "offeredAt", accepted_at as "acceptedAt", en_route_at as "enRouteAt", on_scene_at as "onSceneAt",
  ended_at as "endedAt"`;

const viewOf = ({ lon, lat, ...dispatch }: DispatchRow): DispatchView => ({
  ...dispatch,
  target: { lon, lat },
});

/** Those that bind a team, and those that ended in the last two hours, oldest first. */
export async function readActiveDispatchViews(db: Db, cityId: string): Promise<DispatchView[]> {
  const rows = await db<DispatchRow[]>`
    select ${columns(db)} from dispatches
    where city_id = ${cityId} and (ended_at is null or ended_at > now() - interval '2 hours')
    order by offered_at, id`;
  return rows.map(viewOf);
}

export async function readDispatchView(
  db: Db,
  cityId: string,
  id: string,
): Promise<DispatchView | null> {
  const [row] = await db<DispatchRow[]>`
    select ${columns(db)} from dispatches where city_id = ${cityId} and id = ${id}::uuid`;
  return row ? viewOf(row) : null;
}

/** Every active dispatch to a cluster, the supporting ones last; not those to a person met there before. */
export async function readActiveDispatchesOf(
  db: Db,
  cityId: string,
  clusterId: string,
): Promise<DispatchView[]> {
  const rows = await db<DispatchRow[]>`
    select ${columns(db)} from dispatches
    where city_id = ${cityId} and cluster_id = ${clusterId}::uuid and recheck_id is null and ended_at is null
    order by supporting, offered_at, id`;
  return rows.map(viewOf);
}

/**
 * Writes the offer unless its cluster (or its recheck) or its team is taken: the unique indexes decide between two desks
 * in the same second. Returns false for the one that came second.
 */
export async function insertDispatch(
  db: Db,
  offer: {
    cityId: string;
    id: string;
    clusterId: string;
    recheckId: string | null;
    teamId: string;
    note: string;
    target: Position;
    offeredBy: string;
    at: string;
  },
): Promise<boolean> {
  const inserted = await db`
    insert into dispatches (city_id, id, cluster_id, recheck_id, team_id, note, target, offered_by, offered_at)
    values (${offer.cityId}, ${offer.id}::uuid, ${offer.clusterId}::uuid, ${offer.recheckId}::uuid,
            ${offer.teamId}::uuid, ${offer.note},
            st_setsrid(st_makepoint(${offer.target.lon}::float8, ${offer.target.lat}::float8), 4326)::geography,
            ${offer.offeredBy}::uuid, ${offer.at}::timestamptz)
    on conflict do nothing`;
  return inserted.count === 1;
}

/** Whom the place (or the visit that is owed), or else the team, is bound to at this moment. */
export async function findRivals(
  db: Db,
  cityId: string,
  { clusterId, recheckId, teamId }: { clusterId: string; recheckId: string | null; teamId: string },
): Promise<{ takenByTeam: string | null; teamBusy: boolean }> {
  const [rivals] = await db<{ taken_by_team: string | null; team_busy: boolean }[]>`
    select
      (select t.name from dispatches d join teams t on t.city_id = d.city_id and t.id = d.team_id
       where d.city_id = ${cityId} and d.ended_at is null
         and case when ${recheckId}::uuid is null
           then d.cluster_id = ${clusterId}::uuid and d.recheck_id is null else d.recheck_id = ${recheckId}::uuid end
       order by d.supporting limit 1) as taken_by_team,
      exists (select 1 from dispatches
       where city_id = ${cityId} and team_id = ${teamId}::uuid and ended_at is null) as team_busy`;
  return { takenByTeam: rivals?.taken_by_team ?? null, teamBusy: rivals?.team_busy ?? false };
}

/** Sets the state and the time that belongs to it; the table's own trigger refuses what isn't an edge. */
export async function updateDispatchState(
  db: Db,
  cityId: string,
  id: string,
  to: DispatchState,
  at: string,
  declineReason: string | null,
): Promise<void> {
  await db`
    update dispatches set
      state = ${to}::dispatch_state,
      accepted_at = case when ${to} = 'accepted' then ${at}::timestamptz else accepted_at end,
      en_route_at = case when ${to} = 'en_route' then ${at}::timestamptz else en_route_at end,
      on_scene_at = case when ${to} = 'on_scene' then ${at}::timestamptz else on_scene_at end,
      ended_at = case when ${to} in ('closed', 'declined', 'cancelled') then ${at}::timestamptz else ended_at end,
      decline_reason = ${declineReason}
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** All teams by their distance to the cluster, those that never said where they are last. */
export async function readCandidates(
  db: Db,
  cityId: string,
  clusterId: string,
): Promise<Candidate[]> {
  return await db<Candidate[]>`
    select t.id as "teamId", st_distance(t.position, c.center) as "distanceMeters",
           extract(epoch from now() - t.positioned_at)::int as "positionAgeSeconds",
           exists (select 1 from dispatches d
             where d.city_id = t.city_id and d.team_id = t.id and d.ended_at is null) as busy,
           t.on_duty as "onDuty"
    from clusters c join teams t on t.city_id = c.city_id and t.removed_at is null
    where c.city_id = ${cityId} and c.id = ${clusterId}::uuid
    order by t.position <-> c.center, t.call_sign, t.id`;
}

const recheckColumns = (db: Db) => db`
  id, cluster_id as "clusterId", st_x(position::geometry) as lon, st_y(position::geometry) as lat,
  flags::text[] as flags, outcome, due_at as "dueAt", created_at as "createdAt", done_at as "doneAt"`;

/** The visits still owed, the most urgent first. */
export async function readOpenRecheckViews(db: Db, cityId: string): Promise<RecheckView[]> {
  return await db<RecheckView[]>`
    select ${recheckColumns(db)} from rechecks where city_id = ${cityId} and done_at is null order by due_at, id`;
}

export async function readRecheckView(
  db: Db,
  cityId: string,
  id: string,
): Promise<RecheckView | null> {
  const [recheck] = await db<RecheckView[]>`
    select ${recheckColumns(db)} from rechecks where city_id = ${cityId} and id = ${id}::uuid`;
  return recheck ?? null;
}

/** Has this encounter been recorded? */
export async function hasEncounter(db: Db, cityId: string, id: string): Promise<boolean> {
  const [found] = await db<{ id: string }[]>`
    select id from encounters where city_id = ${cityId} and id = ${id}::uuid`;
  return found !== undefined;
}

/** Teams that said no to a place or a visit since then: the newest answer of each counts. */
export async function readDeclines(
  db: Db,
  cityId: string,
  since: string,
): Promise<{ clusterId: string; recheckId: string | null; teamId: string }[]> {
  return await db<{ clusterId: string; recheckId: string | null; teamId: string }[]>`
    select distinct cluster_id as "clusterId", recheck_id as "recheckId", team_id as "teamId"
    from dispatches
    where city_id = ${cityId} and state = 'declined' and ended_at > ${since}::timestamptz`;
}
