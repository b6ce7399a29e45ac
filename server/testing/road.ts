/** The road from a report to a team on scene, as people walk it; where tests of dispatches begin. */
import { v7 as uuidv7 } from 'uuid';
import type { DispatchView, EncounterDraft, Outcome } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { acceptDispatch, arriveAtScene, sendTeam, setOff } from '../dispatch/actions.ts';
import type { Database } from '../kernel/sql.ts';
import { report } from '../sightings/intake.ts';
import { readOwnReports } from '../sightings/queries.ts';
import { place } from './seed.ts';
import type { SeededCity } from './seed.ts';

/** Somebody reports a person; answers the cluster it became. */
export async function reportAt(
  db: Database,
  city: SeededCity,
  position: Position = place(0, 0),
): Promise<string> {
  const id = uuidv7();
  const origin = {
    kind: 'courier',
    userId: city.people.reporter.userId,
    deviceId: null,
    trackingCode: null,
  } as const;
  await report(
    db,
    city.cityId,
    {
      id,
      position,
      system: 'wgs84',
      accuracyMeters: 10,
      positionSource: 'gps',
      addressText: '',
      seenAt: new Date().toISOString(),
      headcount: 1,
      flags: [],
      needs: [],
      note: '',
      contactPhone: '',
    },
    origin,
  );
  const [row] = await db.sql<{ cluster_id: string }[]>`
    select cluster_id from sightings where city_id = ${city.cityId} and id = ${id}`;
  return row!.cluster_id;
}

export const send = (
  db: Database,
  city: SeededCity,
  clusterId: string,
  team = city.north,
): Promise<DispatchView> =>
  sendTeam(db, city.people.dispatcher, { id: uuidv7(), clusterId, teamId: team.id, note: '' });

/** Sends the northern team and lets it arrive. */
export async function onScene(
  db: Database,
  city: SeededCity,
  clusterId: string,
): Promise<DispatchView> {
  const { id } = await send(db, city, clusterId);
  await acceptDispatch(db, city.people.patrol, { id });
  await setOff(db, city.people.patrol, { id });
  return arriveAtScene(db, city.people.patrol, { id });
}

export const met = (
  dispatch: { id: string } | null,
  outcome: Outcome,
  change: Partial<EncounterDraft> = {},
): EncounterDraft => ({
  id: uuidv7(),
  dispatchId: dispatch?.id ?? null,
  recheckId: null,
  outcome,
  position: place(0, 0),
  flags: [],
  items: [],
  stationId: null,
  note: '',
  metAt: new Date().toISOString(),
  ...change,
});

export const eventKinds = async (db: Database, city: SeededCity): Promise<Set<string>> => {
  const rows = await db.sql<{ kind: string }[]>`
    select distinct kind from events where city_id = ${city.cityId}`;
  return new Set(rows.map(({ kind }) => kind));
};
export const progressOf = async (db: Database, city: SeededCity): Promise<string[]> => {
  const own = await readOwnReports(db.sql, city.cityId, { userId: city.people.reporter.userId });
  return own.map(({ progress }) => progress);
};
