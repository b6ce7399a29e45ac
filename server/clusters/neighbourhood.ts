// Reads from the database what a regrouping has to see (`shared/clusters/neighbourhood.ts` says what that is):
// nearly always in one statement, whatever the number of changes.
import { collectNeighbourhood, neighbourhoodRadius } from '../../shared/clusters/neighbourhood.ts';
import type { LoadRequest } from '../../shared/clusters/neighbourhood.ts';
import type { Placement } from '../../shared/clusters/placement.ts';
import type { Change, Member } from '../../shared/clusters/regroup.ts';
import type { Need, SightingView } from '../../shared/sightings/schema.ts';
import type { Db } from '../kernel/sql.ts';
import type { CityChange } from '../realtime/change-city.ts';

/** A live sighting with all that the facts and events of its cluster are made of. */
export interface LiveSighting extends Member {
  /** `clusterId` and the rest as stored, before this regrouping */
  view: SightingView;
  needs: Need[];
  cell: string;
}

type Row = SightingView & {
  needs: Need[];
  cell: string;
  isCore: boolean;
  componentId: string | null;
  anchorId: string | null;
};

const columns = (db: Db) => db`
  s.id, st_x(s.position::geometry) as lon, st_y(s.position::geometry) as lat,
  s.accuracy_meters as "accuracyMeters", s.headcount, s.flags::text[] as flags,
  s.reporter_kind as "reporterKind", s.seen_at as "seenAt", s.received_at as "receivedAt", s.state,
  s.cluster_id as "clusterId", s.placement, s.needs::text[] as needs, s.cell, s.is_core as "isCore",
  s.component_id as "componentId", s.placement_anchor as "anchorId"`;

function memberOf(row: Row): LiveSighting {
  const { needs, cell, isCore, componentId, anchorId, ...view } = row;
  const placement: Placement | null =
    view.placement === 'with'
      ? { kind: 'with', anchorId: anchorId! }
      : view.placement === null
        ? null
        : { kind: 'apart' };
  const { id, lon, lat } = view;
  return { id, lon, lat, placement, isCore, componentKey: componentId, view, needs, cell };
}

/**
 * Every live sighting whose group can have been changed by `changes`, whole groups at a time.
 * `arrivals` are among the changed, and not stored yet.
 */
export async function loadLiveSightings(
  { tx, cityId, settings }: CityChange,
  changes: readonly Change[],
  arrivals: readonly LiveSighting[] = [],
): Promise<LiveSighting[]> {
  const loaded = new Map(arrivals.map((arrival) => [arrival.id, arrival]));
  const add = (rows: readonly Row[]): LiveSighting[] =>
    rows.map((row) => {
      const member = memberOf(row);
      loaded.set(member.id, member);
      return member;
    });
  const stored = add(await readAround(tx, cityId, changes, neighbourhoodRadius(settings)));
  const first = [...arrivals, ...stored];
  const known = new Known(first, changes);
  const steps = collectNeighbourhood(changes, settings);
  let step = steps.next();
  while (step.done !== true) {
    const left = known.missingOf(step.value);
    const more = left === null ? [] : add(await readAnswer(tx, cityId, left));
    step = steps.next(step.value.kind === 'near' ? first : [...known.have(step.value), ...more]);
  }
  return step.value.map(({ id }) => loaded.get(id)!);
}

/** What the first statement already brought, so that it isn't asked for again. */
class Known {
  readonly #byId: Map<string, LiveSighting>;
  /** Whose components, and whose hangers-on, came whole. */
  readonly #components: Set<string | null>;
  readonly #anchors: Set<string>;

  constructor(members: readonly LiveSighting[], changes: readonly Change[]) {
    this.#byId = new Map(members.map((member) => [member.id, member]));
    this.#components = new Set(members.map((member) => member.componentKey));
    this.#anchors = new Set([
      ...members.filter(({ placement }) => placement === null).map(({ id }) => id),
      ...changes.flatMap(({ id, anchorIds }) => [id, ...anchorIds]),
    ]);
  }

  have(request: LoadRequest): LiveSighting[] {
    const members = [...this.#byId.values()];
    switch (request.kind) {
      case 'near':
        return members;
      case 'components': {
        const keys = new Set<string | null>(request.keys);
        return members.filter(({ componentKey }) => keys.has(componentKey));
      }
      case 'sightings':
        return request.ids.flatMap((id) => this.#byId.get(id) ?? []);
      case 'placedWith': {
        const ids = new Set(request.anchorIds);
        return members.filter(
          ({ placement }) => placement?.kind === 'with' && ids.has(placement.anchorId),
        );
      }
    }
  }

  missingOf(request: LoadRequest): LoadRequest | null {
    switch (request.kind) {
      case 'near':
        return null;
      case 'components': {
        const keys = request.keys.filter((key) => !this.#components.has(key));
        return keys.length === 0 ? null : { kind: 'components', keys };
      }
      case 'sightings': {
        const ids = request.ids.filter((id) => !this.#byId.has(id) && !this.#anchors.has(id));
        return ids.length === 0 ? null : { kind: 'sightings', ids };
      }
      case 'placedWith': {
        const anchorIds = request.anchorIds.filter((id) => !this.#anchors.has(id));
        return anchorIds.length === 0 ? null : { kind: 'placedWith', anchorIds };
      }
    }
  }
}

/**
 * The automatic ones around the changed positions and the changed ones themselves, their whole components,
 * and all that was placed with any of these. The fences (`offset 0`) keep every step a walk along an index,
 * whatever the planner believes of the size of the city; `is not distinct from` keeps it from taking an index
 * of the city's sightings where only the one by position is short.
 */
async function readAround(
  db: Db,
  cityId: string,
  changes: readonly Change[],
  radiusMeters: number,
): Promise<Row[]> {
  const positions = changes.flatMap((change) => change.positions);
  const ids = changes.flatMap(({ id, anchorIds }) => [id, ...anchorIds]);
  return await db<Row[]>`
    with spots as materialized (
      select st_makepoint(lon, lat)::geography as position
      from unnest(${positions.map(({ lon }) => lon)}::float8[], ${positions.map(({ lat }) => lat)}::float8[]) as p (lon, lat)
    ), named as materialized (
      select id from unnest(${ids}::uuid[]) as n (id)
    ), seeds as materialized (
      select near.id, near.component_id from spots cross join lateral (
        select s.id, s.component_id from sightings s
        where s.state = 'live' and s.placement is null and s.city_id is not distinct from ${cityId}
          and st_dwithin(s.position, spots.position, ${radiusMeters}::float8)
        offset 0) as near
      union
      select own.id, own.component_id from named cross join lateral (
        select s.id, s.component_id from sightings s
        where s.city_id = ${cityId} and s.id = named.id and s.state = 'live' offset 0) as own
    ), base as materialized (
      select id from seeds
      union
      select member.id from (select distinct component_id from seeds where component_id is not null) as c
      cross join lateral (
        select s.id from sightings s
        where s.city_id = ${cityId} and s.component_id = c.component_id and s.state = 'live' offset 0) as member
    ), hanging as (
      select placed.id from (select id from base union select id from named) as a cross join lateral (
        select s.id from sightings s
        where s.city_id = ${cityId} and s.placement_anchor = a.id and s.state = 'live' offset 0) as placed
    )
    select found.* from (select id from base union select id from hanging) as wanted cross join lateral (
      select ${columns(db)} from sightings s where s.city_id = ${cityId} and s.id = wanted.id offset 0) as found`;
}

/** The rare rest: chains of placements that lead elsewhere. */
async function readAnswer(db: Db, cityId: string, request: LoadRequest): Promise<Row[]> {
  const live = db`s.city_id = ${cityId} and s.state = 'live'`;
  switch (request.kind) {
    case 'near':
      return [];
    case 'components':
      return await db<Row[]>`
        select ${columns(db)} from sightings s where ${live} and s.component_id = any (${[...request.keys]}::uuid[])`;
    case 'sightings':
      return await db<Row[]>`
        select ${columns(db)} from sightings s where ${live} and s.id = any (${[...request.ids]}::uuid[])`;
    case 'placedWith':
      return await db<Row[]>`
        select ${columns(db)} from sightings s where ${live} and s.placement_anchor = any (${[...request.anchorIds]}::uuid[])`;
  }
}

/** All live sightings of the city, for when its rules changed. */
export async function loadWholeCity({ tx, cityId }: CityChange): Promise<LiveSighting[]> {
  const rows = await tx<Row[]>`
    select ${columns(tx)} from sightings s where s.city_id = ${cityId} and s.state = 'live'`;
  return rows.map(memberOf);
}
