/** Reports as a device would send them, and what becomes of them. */
import { v7 as uuidv7 } from 'uuid';
import type { TimelineKind } from '../../shared/clusters/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { readCluster } from '../clusters/actions.ts';
import type { Database } from '../kernel/sql.ts';
import { reportSighting } from '../sightings/actions.ts';
import { findSighting } from '../sightings/queries.ts';
import type { SeededCity } from './seed.ts';

/** One person seen a minute ago. */
export function draftAt(position: Position, more: Partial<SightingDraft> = {}): SightingDraft {
  return {
    id: uuidv7(),
    position,
    system: 'wgs84',
    accuracyMeters: 10,
    positionSource: 'gps',
    addressText: '',
    seenAt: new Date(Date.now() - 60_000).toISOString(),
    headcount: 1,
    flags: [],
    needs: [],
    note: '',
    contactPhone: '',
    ...more,
  };
}

/** Reports one person there as the city's courier; answers the sighting and the cluster it went to. */
export async function reportAt(
  db: Database,
  city: SeededCity,
  position: Position,
  more: Partial<SightingDraft> = {},
): Promise<{ id: string; clusterId: string }> {
  const draft = draftAt(position, more);
  await reportSighting(db, city.people.reporter, draft);
  return { id: draft.id, clusterId: (await clusterOf(db, city, draft.id))! };
}

export async function clusterOf(
  db: Database,
  { cityId }: SeededCity,
  sightingId: string,
): Promise<string | null> {
  return (await findSighting(db.sql, cityId, sightingId))!.clusterId;
}

/** The kinds of what the cluster's timeline tells, oldest first. */
export async function timelineOf(
  db: Database,
  { people }: SeededCity,
  clusterId: string,
): Promise<TimelineKind[]> {
  const { timeline } = await readCluster(db, people.dispatcher, { clusterId });
  return timeline.map(({ kind }) => kind);
}

/** Offers the cluster to a team, past all the rules of dispatching. */
export async function offerTo(
  { sql }: Database,
  { cityId, people }: SeededCity,
  offer: { clusterId: string; teamId: string; target: Position },
): Promise<string> {
  const id = uuidv7();
  const { clusterId, teamId, target } = offer;
  await sql`
    insert into dispatches (city_id, id, cluster_id, team_id, target, offered_by, offered_at)
    values (${cityId}, ${id}, ${clusterId}, ${teamId}, st_makepoint(${target.lon}, ${target.lat})::geography,
      ${people.dispatcher.userId}, now())`;
  return id;
}
