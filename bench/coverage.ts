// What one batch of a patrol's positions costs the server at the start of a night and at its end, when 200 teams
// have reported every five seconds for eight hours.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { demoExtract } from '../server/basemap/demo-extract.ts';
import { readExtract } from '../server/basemap/extract.ts';
import { findKeyPoints } from '../server/basemap/key-points.ts';
import { buildStreets } from '../server/basemap/streets.ts';
import type { Session } from '../server/kernel/context.ts';
import { migrate } from '../server/kernel/migrate.ts';
import { openDatabase } from '../server/kernel/sql.ts';
import type { Database } from '../server/kernel/sql.ts';
import { readStreetNetwork, serveStreetsFrom } from '../server/streets/queries.ts';
import { startPrivateCluster } from '../server/testing/private-cluster.ts';
import { seedCity } from '../server/testing/seed.ts';
import { storeTrack } from '../server/tracks/actions.ts';
import { readCoverage } from '../server/tracks/coverage.ts';
import type { TrackPoint } from '../shared/tracks/schema.ts';
import type { StreetNetwork } from '../shared/tracks/street-network.ts';
import { everyMs, patrolNight } from './coverage-tracks.ts';
import { median, medianTimes } from './measure.ts';
import type { Bench, Report } from './report.ts';

const TEAMS = 200;
const HOURS = 8;
const BATCH = 60;
/** Measured of these teams, so many batches each; those of the others make the tables what they are. */
const SAMPLED = 30;
const BATCHES = 3;
const WARM_UP = 40;
const KEY_POINTS = 400;
const REACH_MS = 20;
const PER_TEAM = (HOURS * 3_600_000) / everyMs;

export const bench: Bench = {
  name: 'coverage',
  describe: `one batch of ${BATCH} positions among ${TEAMS} teams × ${HOURS} h: at the start of the night and at its end`,
  run: measureCoverage,
};

/** Part of `npm run bench -- field` as well. */
export async function measureCoverage(report: Report): Promise<void> {
  const real = await startPrivateCluster({ durable: true });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'nuanxun-bench-'));
  const db = await openDatabase({ databaseUrl: real?.url, dataDir });
  try {
    await migrate(db);
    const { cityId, people } = await seedCity(db.sql);
    await makeStreets(db, dataDir, cityId);
    serveStreetsFrom(dataDir);
    const network = (await readStreetNetwork(cityId))!;
    const teams = await makeTeams(db, cityId);
    const began = Date.now() - HOURS * 3_600_000;
    const night = (team: number) => patrolNight(network, team, began, PER_TEAM);
    await measure(report, { db, cityId, teams, network, night });
    await measureReading(report, db, people.dispatcher, began);
  } finally {
    serveStreetsFrom(null);
    await db.close();
    await real?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Ground {
  db: Database;
  cityId: string;
  teams: string[];
  network: StreetNetwork;
  night(team: number): TrackPoint[];
}

async function measure(report: Report, ground: Ground): Promise<void> {
  const { db } = ground;
  const sampled = Array.from({ length: SAMPLED }, (_, team) => team);
  const firstAt = (_: number, batch: number) => batch * BATCH;
  const lastAt = (_: number, batch: number) => PER_TEAM - (BATCHES - batch) * BATCH;
  report.say('the start of the night');
  const others = Array.from({ length: WARM_UP }, (_, i) => SAMPLED + i);
  await sendBatches(ground, others, firstAt);
  const start = await sendBatches(ground, sampled, firstAt);
  report.say(`${(TEAMS * PER_TEAM) / 1000} thousand positions`);
  await preload(ground);
  await db.sql`analyze track_points`;
  await db.sql`analyze track_slices`;
  report.say('the end of the night');
  await sendBatches(ground, others, lastAt);
  const end = await sendBatches(ground, sampled, lastAt);
  const streets = `${ground.network.edgeFrom.length} streets; ${db.kind} database`;
  row(report, 'at the start, wall', start.wall, streets);
  row(report, 'at the end, wall', end.wall, streets);
  row(report, 'at the end, wall, 95th percentile', [percentile(end.wall, 0.95)], streets);
  const without = 'mean; without the database';
  row(report, 'at the start, processor of the server', [start.cpu], without);
  row(report, 'at the end, processor of the server', [end.cpu], without);
  report.row({
    case: 'the end against the start',
    peer: 'start',
    ours: median(end.wall),
    theirs: median(start.wall),
    unit: 'ms',
    better: 'lower',
    target: 1.5,
  });
}

/** What the desk asks for: the whole night of the whole city. */
async function measureReading(
  report: Report,
  db: Database,
  session: Session,
  began: number,
): Promise<void> {
  const night = { from: new Date(began).toISOString(), to: new Date().toISOString() };
  const { read } = await medianTimes({
    read: () => readCoverage(db, session, { ...night, areaId: null, teamId: null }),
  });
  report.row({
    case: 'the coverage of that night, read',
    peer: '–',
    ours: read,
    theirs: null,
    unit: 'ms',
    better: 'lower',
    note: `${TEAMS * HOURS * 6} slices`,
  });
}

function row(report: Report, name: string, times: readonly number[], note: string): void {
  report.row({
    case: name,
    peer: `${REACH_MS} ms`,
    ours: median(times),
    theirs: REACH_MS,
    unit: 'ms',
    better: 'lower',
    target: 1,
    note,
  });
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))]!;

/** One batch after the other, each with the clock on it. */
async function sendBatches(
  { db, cityId, teams, night }: Ground,
  sampled: readonly number[],
  from: (team: number, batch: number) => number,
): Promise<{ wall: number[]; cpu: number }> {
  const wall: number[] = [];
  const nights = sampled.map((team) => ({ team, points: night(team) }));
  const before = process.cpuUsage();
  for (let batch = 0; batch < BATCHES; batch += 1)
    for (const { team, points } of nights) {
      const first = from(team, batch);
      const began = performance.now();
      await storeTrack(db, {
        cityId,
        teamId: teams[team]!,
        source: 'app',
        points: points.slice(first, first + BATCH),
      });
      wall.push(performance.now() - began);
    }
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 / wall.length };
}

/** The night between the measured batches: points as they would be, and slices of the usual size. */
async function preload({ db, cityId, teams, night }: Ground): Promise<void> {
  for (const [team, teamId] of teams.entries()) {
    const isMeasured = team < SAMPLED + WARM_UP;
    const points = night(team).slice(isMeasured ? BATCHES * BATCH : 0, PER_TEAM - BATCHES * BATCH);
    await db.sql`
      insert into track_points (city_id, team_id, at, lon, lat, accuracy_meters, speed_mps, source, received_at)
      select ${cityId}, ${teamId}::uuid, to_timestamp(at / 1000.0), lon, lat, 8, 6, 'app', now()
      from unnest(${points.map(([at]) => at)}::int8[], ${points.map(([, lon]) => lon)}::float8[],
        ${points.map(([, , lat]) => lat)}::float8[]) as p (at, lon, lat)`;
  }
  await db.sql`
    insert into track_slices (city_id, team_id, slice_at, points_kept, points_dropped, meters, streets, stretches, minutes)
    select s.city_id, t.id, s.slice_at + n * interval '10 minutes', s.points_kept, 0, s.meters, s.streets, s.stretches,
      s.minutes
    from (select * from track_slices where city_id = ${cityId} order by meters desc limit 1) as s, teams t,
      generate_series(1, ${HOURS * 6 - 3}) as n
    where t.city_id = ${cityId}
    on conflict do nothing`;
}

async function makeStreets(db: Database, dataDir: string, cityId: string): Promise<void> {
  const file = path.join(dataDir, 'demo.osm.pbf');
  await writeFile(file, demoExtract());
  const extract = await readExtract(file, { maxNodes: 5_000_000 });
  const folder = path.join(dataDir, 'cities', cityId);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'streets.json'), JSON.stringify(buildStreets(extract)));
  const places = findKeyPoints(extract).features.slice(0, KEY_POINTS);
  const positions = places.map(({ geometry }) => geometry.coordinates);
  await db.sql`
    insert into key_points (city_id, id, name, kind, position, radius_meters, from_hour, to_hour,
      normal_every_minutes, cold_every_minutes, source)
    select ${cityId}, id, 'x', 'bridge', st_setsrid(st_makepoint(lon, lat), 4326)::geography, 40, 0, 0, 120, 60, 'drawn'
    from unnest(${positions.map(() => uuidv7())}::uuid[], ${positions.map(([lon]) => lon)}::float8[],
      ${positions.map(([, lat]) => lat)}::float8[]) as p (id, lon, lat)`;
}

async function makeTeams(db: Database, cityId: string): Promise<string[]> {
  const ids = Array.from({ length: TEAMS }, () => uuidv7());
  await db.sql`
    insert into teams (city_id, id, name, call_sign, on_duty)
    select ${cityId}, id, 'x', 'T' || n, true from unnest(${ids}::uuid[]) with ordinality as t (id, n)`;
  return ids;
}
