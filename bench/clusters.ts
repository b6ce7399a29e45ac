// Grouping: ours against Turf, PostGIS and (another algorithm, for reference) supercluster.
import { Worker } from 'node:worker_threads';
import postgres from 'postgres';
import Supercluster from 'supercluster';
import { startPrivateCluster } from '../server/testing/private-cluster.ts';
import { groupPoints } from '../shared/clusters/grouping.ts';
import { LiveGrouping } from '../shared/clusters/live-grouping.ts';
import type { Position } from '../shared/geo/position.ts';
import { cityPoints, samePartition } from './cluster-points.ts';
import type { City } from './cluster-points.ts';
import { median, medianTimes, seededRandom } from './measure.ts';
import type { Bench, Comparison, Report } from './report.ts';

const EPS_METERS = 100;
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const TARGETS: Record<string, number> = { 'turf 10000': 250, 'postgis 100000': 25 };
const DENSE = { n: 100_000, halfMeters: 7_500 };
const TURF_LIMIT_MS = 60_000;
/** Turf at the next size up takes about this much longer; not tried where that is hopeless. */
const TURF_GROWTH = 50;

export const bench: Bench = {
  name: 'clusters',
  describe: `batch grouping of points in a city, eps ${EPS_METERS} m, and the cost of one arrival`,
  async run(report) {
    const server = await startPrivateCluster();
    const sql =
      server === null ? null : postgres(server.url, { max: 1, onnotice: () => undefined });
    try {
      if (sql) await preparePostgis(sql);
      let turfMs = 0;
      for (const n of SIZES) turfMs = await compareBatch(report, sql, n, turfMs);
      await compareDense(report, sql);
      compareArrival(report);
    } finally {
      await sql?.end();
      await server?.stop();
    }
  },
};

function comparison(
  n: number,
  peer: string,
  oursMs: number,
  theirsMs: number,
  where = '',
): Comparison {
  return {
    case: `batch ${n}${where}`,
    peer,
    ours: perSecond(n, oursMs),
    theirs: perSecond(n, theirsMs),
    unit: 'points/s',
    better: 'higher',
    target: TARGETS[`${peer.split(' ')[0]} ${n}`] ?? null,
  };
}

const perSecond = (n: number, ms: number) => (n / ms) * 1000;
const asMs = (ours: number, theirs: number) =>
  `${ours.toFixed(1)} ms against ${theirs.toFixed(1)} ms`;

/** The same number of points in an inner city: the more neighbours a point has, the more there is to compare. */
async function compareDense(report: Report, sql: postgres.Sql | null): Promise<void> {
  report.say(`${DENSE.n} points close together: making them`);
  const city = cityPoints(DENSE.n, EPS_METERS, DENSE.halfMeters);
  const ours = () => groupPoints({ x: city.lon, y: city.lat }, { epsMeters: EPS_METERS });
  const labels = [...ours().labels];
  for (let round = 0; round < 10; round++) ours();
  await comparePostgis(report, sql, city, ours, labels, ' in 15 × 15 km');
}

/** Milliseconds of Turf, to judge whether the next size is worth trying; Infinity where it wasn't run. */
async function compareBatch(
  report: Report,
  sql: postgres.Sql | null,
  n: number,
  turfBefore: number,
): Promise<number> {
  report.say(`${n} points: making them`);
  const city = cityPoints(n, EPS_METERS);
  const ours = () => groupPoints({ x: city.lon, y: city.lat }, { epsMeters: EPS_METERS });
  const labels = [...ours().labels];
  // A server runs compiled code; a few rounds get it compiled.
  for (let round = 0; round < 10; round++) ours();
  const turfMs = await compareTurf(report, city, ours, labels, turfBefore);
  await comparePostgis(report, sql, city, ours, labels);
  report.say(`${n} points: against supercluster`);
  const times = await medianTimes({ ours, theirs: () => superclusterOf(city) });
  report.row({
    ...comparison(n, 'supercluster', times.ours, times.theirs),
    note: `another algorithm, for reference; ${asMs(times.ours, times.theirs)}`,
  });
  return turfMs;
}

async function compareTurf(
  report: Report,
  city: City,
  ours: () => unknown,
  labels: number[],
  before: number,
): Promise<number> {
  const n = city.lon.length;
  const row = comparison(n, 'turf', 1, 1);
  const oursAlone = await medianTimes({ ours });
  if (before * TURF_GROWTH > TURF_LIMIT_MS * 3) {
    report.skip({ ...row, ours: perSecond(n, oursAlone.ours) }, 'would not finish in 60 s');
    return Infinity;
  }
  report.say(`${n} points: against Turf`);
  const turf = new TurfWorker(city);
  try {
    const first = await turf.run();
    if (first === null) {
      report.skip({ ...row, ours: perSecond(n, oursAlone.ours) }, 'did not finish in 60 s');
      return Infinity;
    }
    const sameResult = samePartition(labels, first.labels);
    const [oursMs, turfMs]: [number[], number[]] = [[], []];
    for (let run = 0; run < 7; run++) {
      const began = performance.now();
      ours();
      oursMs.push(performance.now() - began);
      const again = await turf.run();
      if (again === null) throw new Error('Turf took longer than before');
      turfMs.push(again.ms);
    }
    const [a, b] = [median(oursMs), median(turfMs)];
    report.row({
      ...comparison(n, 'turf', a, b),
      sameResult,
      note: `${sameResult ? 'same partition' : 'ANOTHER PARTITION'}; ${asMs(a, b)}`,
    });
    return b;
  } finally {
    await turf.stop();
  }
}

/** Turf in a thread, so that it can be stopped; it measures itself. */
class TurfWorker {
  readonly #worker: Worker;

  constructor(city: City) {
    const script = `
      const { parentPort, workerData } = require('node:worker_threads');
      import('@turf/clusters-dbscan').then(({ clustersDbscan }) => {
        const { lon, lat, eps } = workerData;
        const points = { type: 'FeatureCollection', features: Array.from(lon, (x, i) => ({
          type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [x, lat[i]] } })) };
        parentPort.on('message', () => {
          const began = performance.now();
          const { features } = clustersDbscan(points, eps, { units: 'meters', minPoints: 1 });
          const ms = performance.now() - began;
          parentPort.postMessage({ ms, labels: features.map(({ properties }) => properties.cluster) });
        });
        parentPort.postMessage('ready');
      });`;
    const workerData = { lon: city.lon, lat: city.lat, eps: EPS_METERS };
    this.#worker = new Worker(script, { eval: true, workerData });
  }

  #ready: Promise<unknown> | null = null;

  /** Null when it takes too long. */
  async run(): Promise<{ ms: number; labels: number[] } | null> {
    this.#ready ??= this.#next();
    await this.#ready;
    this.#worker.postMessage('run');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), TURF_LIMIT_MS);
    });
    const answer = await Promise.race([this.#next<{ ms: number; labels: number[] }>(), late]);
    clearTimeout(timer);
    return answer;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #next<T>(): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#worker.once('message', resolve);
      this.#worker.once('error', reject);
    });
  }
}

/** The plane PostGIS groups on: equidistant from the middle of the city; distances are off by < 1e-5 there. */
const PLANE_SRID = 990_001;

async function preparePostgis(sql: postgres.Sql): Promise<void> {
  await sql`create extension postgis`;
  await sql`insert into spatial_ref_sys (srid, proj4text)
    values (${PLANE_SRID}, '+proj=aeqd +lat_0=39.93 +lon_0=116.4 +datum=WGS84 +units=m')`;
}

async function comparePostgis(
  report: Report,
  sql: postgres.Sql | null,
  city: City,
  ours: () => unknown,
  labels: number[],
  where = '',
): Promise<void> {
  const n = city.lon.length;
  if (sql === null) {
    const { ours: ms } = await medianTimes({ ours });
    report.skip(
      { ...comparison(n, 'postgis', ms, 1, where), ours: perSecond(n, ms) },
      'no PostgreSQL with PostGIS is installed',
    );
    return;
  }
  report.say(`${n} points: against PostGIS`);
  await sql`drop table if exists points`;
  await sql`create table points as
    select i, st_transform(st_setsrid(st_makepoint(lon, lat), 4326), ${PLANE_SRID}::int) as geom
    from unnest(${[...city.lon]}::float8[], ${[...city.lat]}::float8[]) with ordinality as p (lon, lat, i)`;
  await sql`vacuum analyze points`;
  const rows = await sql<{ cid: number }[]>`
    select st_clusterdbscan(geom, ${EPS_METERS}::float8, 1) over () as cid from points order by i`;
  const sameResult = samePartition(
    labels,
    rows.map(({ cid }) => cid),
  );
  // Only a count travels back: the peer isn't charged for sending a million labels.
  const theirs = () => sql`select max(cid) from (
    select st_clusterdbscan(geom, ${EPS_METERS}::float8, 1) over () as cid from points) as grouped`;
  const times = await medianTimes({ ours, theirs }, n < 1_000_000 ? 9 : 5);
  report.row({
    ...comparison(n, 'postgis', times.ours, times.theirs, where),
    sameResult,
    note: `${sameResult ? 'same partition' : 'ANOTHER PARTITION'}; ${asMs(times.ours, times.theirs)}`,
  });
}

function superclusterOf(city: City): Supercluster {
  const index = new Supercluster({ radius: 40, maxZoom: 16 });
  return index.load(
    Array.from(city.lon, (x, i) => ({
      type: 'Feature' as const,
      properties: {},
      geometry: { type: 'Point' as const, coordinates: [x, city.lat[i]!] },
    })),
  );
}

/** A city with as many live sightings per area at both sizes; what differs is only how many there are. */
function compareArrival(report: Report): void {
  const options = { epsMeters: 80, minPoints: 1, maxDiameterMeters: 250 };
  report.say('one arrival with 1000 and 100000 live');
  const [few, many] = [filled(1_000), filled(100_000)];
  const arrivals = 400;
  const times: [number[], number[]] = [[], []];
  for (let n = 0; n < arrivals; n++)
    [few, many].forEach(({ live, anywhere }, side) => {
      const id = `new ${n}`;
      const position = anywhere();
      const began = performance.now();
      live.arrive({ id, ...position, placement: null });
      times[side]!.push(performance.now() - began);
      live.remove(id);
    });
  report.row({
    case: 'one arrival in memory, 100000 live',
    peer: 'ours with 1000 live',
    ours: median(times[1].slice(arrivals / 4)),
    theirs: median(times[0].slice(arrivals / 4)),
    unit: 'ms',
    better: 'lower',
    target: 3,
  });

  function filled(n: number): { live: LiveGrouping; anywhere: () => Position } {
    const random = seededRandom(n);
    const side = Math.sqrt(n / 100_000);
    const anywhere = () => ({
      lon: 116.4 + (random() - 0.5) * 0.6 * side,
      lat: 39.93 + (random() - 0.5) * 0.5 * side,
    });
    const live = new LiveGrouping(options);
    live.arrive(
      ...Array.from({ length: n }, (_, i) => ({ id: `s${i}`, ...anywhere(), placement: null })),
    );
    return { live, anywhere };
  }
}
