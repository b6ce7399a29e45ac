/**
 * The simulated night: people who report, crews that drive and help, an officer at the desk. They use the
 * public procedures over HTTP and follow the city over the socket, as screens do; see docs/demo.md.
 */
import { setMaxListeners } from 'node:events';
import { pointInPolygon } from '../../shared/geo/point-in-polygon.ts';
import { findCity } from '../cities/queries.ts';
import type { Config } from '../kernel/config.ts';
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { refusalOf } from './acting.ts';
import { gatherCast } from './cast.ts';
import { CityMirror } from './city-mirror.ts';
import { readKeyPlaces, readStreetGraph } from './city-files.ts';
import { Crew } from './crew.ts';
import { Desk } from './desk.ts';
import { dice } from './dice.ts';
import { DutyOfficer } from './duty.ts';
import { paintFirstPicture } from './first-picture.ts';
import type { Company } from './first-picture.ts';
import { takeLease } from './lease.ts';
import { House } from './house.ts';
import type { Lease } from './lease.ts';
import { PassersBy } from './passers-by.ts';
import { Quartermaster } from './quartermaster.ts';
import { readDemoTeam, readPresence } from './presence.ts';
import { keepWeatherSource } from './weather-source.ts';
import { World } from './world.ts';

export interface NightOptions {
  db: Database;
  config: Pick<Config, 'demo' | 'dataDir'>;
  log: Log;
  /** where this server answers */
  baseUrl: string;
}
export interface Night {
  stop(): Promise<void>;
}

const tickMs = 500;
const leaseEveryMs = 10_000;
const presenceEveryMs = 10_000;
const afterFailureMs = 5_000;
/** The server is announced with the picture on its board, but doesn't wait for it longer than this. */
const longestWaitMs = 15_000;

/** Resolves when the board is worth a look; goes on until it is stopped. Failures are logged and tried again, never thrown. */
export async function startNight({ db, config, log, baseUrl }: NightOptions): Promise<Night> {
  if (!config.demo.on) return { stop: async () => {} };
  const stopping = new AbortController();
  // Each call under way listens for the end of the night.
  setMaxListeners(0, stopping.signal);
  let firstLook: () => void = () => {};
  const looked = new Promise<void>((resolve) => (firstLook = resolve));
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await oneTurn({ db, config, log, baseUrl }, stopping.signal, firstLook);
      } catch (error) {
        if (!stopping.signal.aborted)
          log('warn', 'the simulated night stumbled and starts again', { error });
      }
      firstLook();
      await pause(afterFailureMs, stopping.signal);
    }
  })();
  await Promise.race([looked, pause(longestWaitMs, stopping.signal)]);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Simulates for as long as the lease is held. */
async function oneTurn(
  options: NightOptions,
  signal: AbortSignal,
  firstLook: () => void,
): Promise<void> {
  const { db, config, log } = options;
  const city = await findCity(db.sql, config.demo.cityId);
  if (!city?.demo) return;
  const lease = await takeLease(db, city.id);
  if (!lease) return;
  let world: World | null = null;
  try {
    const opened = await openWorld(options, city, signal);
    world = opened.world;
    await keepWeatherSource(world, options.baseUrl);
    await paintFirstPicture(world, opened.company);
    firstLook();
    if (config.demo.speed > 0) await liveOn(world, opened.company, { db, lease, signal });
    else await stopped(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    world?.mirror.close();
    await lease.release();
    log('debug', 'the simulated night rests', { city: city.id });
  }
}

async function openWorld(
  { db, config, log, baseUrl }: NightOptions,
  city: NonNullable<Awaited<ReturnType<typeof findCity>>>,
  signal: AbortSignal,
): Promise<{ world: World; company: Company }> {
  const random = dice(`${config.demo.seed}/${city.id}`);
  const streets = readStreetGraph(config.dataDir, city.id);
  const places = await readKeyPlaces(db.sql, config.dataDir, city, streets, random);
  const cast = await gatherCast({ db: db.sql, cityId: city.id, baseUrl, signal });
  let onDispatch: World['noticeDispatch'] = () => {};
  const mirror = new CityMirror({
    baseUrl,
    cityId: city.id,
    signIn: cast.desk.signIn,
    onDispatch: (now, before) => onDispatch(now, before),
  });
  await mirror.open(longestWaitMs);
  const world = new World({
    surroundings: {
      cityId: city.id,
      bounds: city.bounds,
      streets,
      places,
      shareOfChinese: city.timeZone === 'Asia/Shanghai' ? 0.8 : 0.3,
    },
    cast,
    mirror,
    dice: random,
    log,
    speed: config.demo.speed,
    demoTeam: await readDemoTeam(db.sql, city.id),
  });
  onDispatch = (now, before) => world.noticeDispatch(now, before);
  const crews = new Map<string, Crew>();
  for (const [teamId, actor] of cast.crews) {
    const known = mirror.positions.get(teamId);
    const area = mirror.areas.get(mirror.teams.get(teamId)?.areaId ?? '');
    const own = area
      ? places.filter((place) => pointInPolygon(place.position, area.boundary))
      : places;
    const position = known
      ? { lon: known.lon, lat: known.lat }
      : random.pick(own.length > 0 ? own : places).position;
    crews.set(teamId, new Crew(world, teamId, actor, position));
  }
  const company = {
    passersBy: new PassersBy(world),
    desk: new Desk(world, crews),
    duty: new DutyOfficer(world),
    quartermaster: new Quartermaster(world),
    houses: [...cast.houses].map(([stationId, actor]) => new House(world, stationId, actor)),
    crews,
  };
  return { world, company };
}

/** Every half second everyone does what is due; nobody waits for anybody else. */
async function liveOn(
  world: World,
  { passersBy, desk, duty, quartermaster, houses, crews }: Company,
  { db, lease, signal }: { db: Database; lease: Lease; signal: AbortSignal },
): Promise<void> {
  const people = [passersBy, desk, duty, quartermaster, ...houses, ...crews.values()];
  const everyone = people.map((person) => ({
    person,
    busy: false,
    until: 0,
  }));
  let [lastTick, leaseAt, presenceAt] = [performance.now(), performance.now(), -Infinity];
  const underWay = new Set<Promise<void>>();
  while (!signal.aborted) {
    const now = performance.now();
    // After the machine slept, the night goes on from where it was.
    world.now += (Math.min(now - lastTick, 10 * tickMs) / 1000) * world.speed;
    lastTick = now;
    if (now - presenceAt > presenceEveryMs) {
      presenceAt = now;
      world.presence = await readPresence(db.sql, world.surroundings.cityId);
    }
    if (now - leaseAt > leaseEveryMs) {
      leaseAt = now;
      if (!(await lease.stillHeld())) break;
    }
    for (const one of everyone) {
      if (one.busy || one.until > now) continue;
      one.busy = true;
      const step = one.person
        .step()
        .catch((error: unknown) => {
          one.until = performance.now() + afterFailureMs;
          reportFailure(world, error, signal);
        })
        .finally(() => {
          one.busy = false;
          underWay.delete(step);
        });
      underWay.add(step);
    }
    await pause(tickMs, signal);
  }
  await Promise.allSettled(underWay);
}

/** People are refused now and then (a place was taken meanwhile): that is the day's work, not a fault. */
function reportFailure(world: World, error: unknown, signal: AbortSignal): void {
  if (signal.aborted) return;
  const code = refusalOf(error);
  if (code !== null && code !== 'unexpected')
    world.log('debug', 'a simulated person was refused', { code });
  else world.log('warn', 'a simulated person failed', { error });
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
  });
}
