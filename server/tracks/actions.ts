/** What teams' devices say of where they were, and what follows from it. */
import { v5 as uuidv5 } from 'uuid';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { marginMs, sliceFacts, sliceMs, slicesTouched } from '../../shared/tracks/slices.ts';
import type { StreetNetwork } from '../../shared/tracks/street-network.ts';
import { worstAccuracyMeters } from '../../shared/tracks/clean.ts';
import type { Database, Tx } from '../kernel/sql.ts';
import { transact } from '../kernel/sql.ts';
import { recordDwell } from '../key-points/actions.ts';
import { storePosition } from '../patrols/actions.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { findShiftAt } from '../shifts/queries.ts';
import { readStreetNetwork } from '../streets/queries.ts';
import {
  insertPoints,
  lockTrack,
  markRecorded,
  markStale,
  readDwellPlaces,
  readDwellSeconds,
  readOwedDwells,
  readPoints,
  readStaleSlices,
  upsertSlices,
} from './queries.ts';
import type { StoredPoint, TeamRef, TrackSource } from './queries.ts';

export interface TrackBatch extends TeamRef {
  source: TrackSource;
  points: readonly TrackPoint[];
}

/** A device's clock that is farther ahead, or a point that waited longer, is not believed. */
const aheadMs = 2 * 60_000;
const oldestMs = 72 * 3_600_000;
/** From a tracker points come one by one: what follows from them is worked out for many at once, a little later. */
const fewPoints = 5;

/**
 * Keeps the points and brings what follows from them up to date; idempotent by team and moment. The ledger gets its
 * rows in a transaction of its own: what is owed to it is written down with the facts, so that nothing is lost
 * between the two.
 */
export async function storeTrack(db: Database, batch: TrackBatch): Promise<void> {
  const now = Date.now();
  const points = batch.points
    .filter(([at]) => at <= now + aheadMs && at >= now - oldestMs)
    .map(asKept);
  if (points.length === 0) return;
  // A large city's streets take seconds to read: not while a transaction waits for them.
  const network = await readStreetNetwork(batch.cityId);
  const fresh = await inTurn(db, batch, () =>
    transact(db.sql, (tx) => addPoints(tx, batch, points, network)),
  );
  await settleDwells(db, batch);
  const newest = points
    .filter(([at, , , accuracy]) => fresh.has(at) && accuracy <= worstAccuracyMeters)
    .reduce<TrackPoint | null>((best, point) => (best && best[0] > point[0] ? best : point), null);
  if (newest) await tellPosition(db, batch, newest);
}

/** To the tenth: finer numbers are none of a receiver's, and single precision would make 360 of 359.999999. */
const asKept = ([at, lon, lat, accuracy, speed, heading]: TrackPoint): TrackPoint => [
  at,
  lon,
  lat,
  toTenth(accuracy),
  speed === null ? null : toTenth(speed),
  heading === null ? null : toTenth(heading) % 360,
];
const toTenth = (value: number): number => Math.round(value * 10) / 10;

/** Batches of one team wait here for each other rather than on connections to the database. */
const turns = new WeakMap<Database, Map<string, Promise<unknown>>>();
async function inTurn<T>(
  db: Database,
  { cityId, teamId }: TeamRef,
  work: () => Promise<T>,
): Promise<T> {
  const waiting = turns.get(db) ?? new Map<string, Promise<unknown>>();
  turns.set(db, waiting);
  const key = `${cityId} ${teamId}`;
  const turn = (waiting.get(key) ?? Promise.resolve()).then(work, work);
  waiting.set(key, turn);
  try {
    return await turn;
  } finally {
    if (waiting.get(key) === turn) waiting.delete(key);
  }
}

/** The moments that were not known yet. */
async function addPoints(
  tx: Tx,
  batch: TrackBatch,
  points: readonly TrackPoint[],
  network: StreetNetwork | null,
): Promise<ReadonlySet<number>> {
  await lockTrack(tx, batch);
  const fresh = await insertPoints(tx, batch, batch.source, points);
  if (fresh.length === 0) return new Set();
  const dwellSeconds = await readDwellSeconds(tx, batch.cityId);
  const slices = slicesTouched(fresh, marginMs(dwellSeconds));
  if (batch.source === 'tracker' && points.length <= fewPoints) await markStale(tx, batch, slices);
  else await workOut(tx, batch, slices, { dwellSeconds, network });
  return new Set(fresh);
}

/** Replaces the facts of these slices by what follows from the points as they are now. */
async function workOut(
  tx: Tx,
  team: TeamRef,
  slices: readonly number[],
  { dwellSeconds, network }: { dwellSeconds: number; network: StreetNetwork | null },
): Promise<void> {
  const margin = marginMs(dwellSeconds);
  const stored = await readPoints(tx, team, spansOf(slices, margin));
  const places = stored.length > 0 ? await readDwellPlaces(tx, team.cityId, boxOf(stored)) : [];
  const facts = slices.map((sliceAt) => {
    const near = stored.filter(
      ({ point: [at] }) => at >= sliceAt - margin && at < sliceAt + sliceMs + margin,
    );
    const tracks = (['app', 'tracker'] as const)
      .map((source) => near.filter((one) => one.source === source).map(({ point }) => point))
      .filter((track) => track.length > 0);
    return { sliceAt, facts: sliceFacts({ sliceAt, tracks, places, dwellSeconds, network }) };
  });
  await upsertSlices(tx, team, network?.version ?? '', facts);
}

/** The spans of points that these slices are made of; neighbours are one. */
function spansOf(slices: readonly number[], margin: number): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const slice of slices) {
    const last = spans.at(-1);
    const [from, to] = [slice - margin, slice + sliceMs + margin];
    if (last && from <= last.to) last.to = to;
    else spans.push({ from, to });
  }
  return spans;
}

function boxOf(points: readonly StoredPoint[]): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const {
    point: [, lon, lat],
  } of points) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/** Brings the team's facts up to date where points came in since, and the ledger with them. */
export async function settleTrack(db: Database, team: TeamRef): Promise<void> {
  const network = await readStreetNetwork(team.cityId);
  await inTurn(db, team, () =>
    transact(db.sql, async (tx) => {
      await lockTrack(tx, team);
      const slices = await readStaleSlices(tx, team);
      if (slices.length === 0) return;
      const dwellSeconds = await readDwellSeconds(tx, team.cityId);
      await workOut(tx, team, slices, { dwellSeconds, network });
    }),
  );
  await settleDwells(db, team);
}

/** Names a dwell by what it is: worked out again, it is the same row of the ledger. */
const dwellNamespace = '6b0f2f0c-6d0a-5c1e-9a57-7f0e2f5a1b3c';
const dwellId = ({ teamId }: TeamRef, sliceAt: number, keyPointId: string): string =>
  uuidv5(`${teamId} ${keyPointId} ${sliceAt}`, dwellNamespace);

/** Takes the city's lock only when there is a dwell that the ledger doesn't have. */
async function settleDwells(db: Database, team: TeamRef): Promise<void> {
  if ((await readOwedDwells(db.sql, team)).length === 0) return;
  await changeCity(db, team.cityId, async (change) => {
    await lockTrack(change.tx, team);
    for (const { sliceAt, dwells, recorded } of await readOwedDwells(change.tx, team)) {
      const missing = dwells.filter(({ keyPointId }) => !recorded.includes(keyPointId));
      for (const dwell of missing) {
        const from = isoUntil(change, dwell.from);
        const to = isoUntil(change, dwell.to);
        await recordDwell(change, {
          id: dwellId(team, sliceAt, dwell.keyPointId),
          teamId: team.teamId,
          shiftId: await findShiftAt(change.tx, team.cityId, team.teamId, to),
          keyPointId: dwell.keyPointId,
          from,
          to,
          position: { lon: dwell.lon, lat: dwell.lat },
        });
      }
      const known = missing.map(({ keyPointId }) => keyPointId);
      await markRecorded(change.tx, team, sliceAt, [...recorded, ...known]);
    }
  });
}

/** A device's clock may be a little ahead: nothing was seen later than now. */
const isoUntil = ({ now }: CityChange, ms: number): string => {
  const at = new Date(ms).toISOString();
  return at < now ? at : now;
};

async function tellPosition(db: Database, team: TeamRef, point: TrackPoint): Promise<void> {
  const [at, lon, lat, accuracyMeters, , headingDegrees] = point;
  await storePosition(db, team, {
    position: { lon, lat },
    accuracyMeters,
    headingDegrees,
    at: new Date(at).toISOString(),
  });
}
