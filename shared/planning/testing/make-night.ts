/** Nights for tests: a flat city where a minute is a minute in every direction. */
import { Random } from '../../solver/random.ts';
import type { BedKind } from '../../stations/schema.ts';
import type { Night, NightJob, NightStation, NightTeam, TravelGrid } from '../night.ts';
import { planningSettingsSchema } from '../schema.ts';
import type { JobId } from '../schema.ts';

export const nightNow = Date.parse('2026-01-05T18:00:00.000Z');
export const minute = 60_000;
const uuid = (kind: number, n: number): string =>
  `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const jobId = (n: number): JobId => `cluster:${uuid(1, n)}`;
export const teamId = (n: number): string => uuid(2, n);
export const stationId = (n: number): string => uuid(3, n);

export interface Spot {
  x: number;
  y: number;
}
/** Minutes are the straight line between the spots. */
export function gridOf(spots: readonly Spot[]): TravelGrid {
  const size = spots.length;
  const seconds = new Float64Array(size * size);
  const meters = new Float64Array(size * size);
  spots.forEach((a, r) => {
    spots.forEach((b, c) => {
      const far = Math.hypot(a.x - b.x, a.y - b.y);
      seconds[r * size + c] = 60 * far;
      meters[r * size + c] = 400 * far;
    });
  });
  return { size, seconds, meters, estimated: new Uint8Array(size * size) };
}

export const plainTeam = (n: number, at: number): NightTeam => ({
  id: teamId(n),
  at,
  positionAt: nightNow,
  mode: 'van',
  freeAt: nightNow,
  shiftEndsAt: null,
  breakFrom: null,
  breakMinutes: 0,
  skills: [],
  seats: 4,
  wheelchairs: 0,
  aboard: [],
  stock: { quilt: 10, hot_water: 10 },
  sent: [],
  unable: null,
});

export const plainJob = (n: number, at: number): NightJob => ({
  id: jobId(n),
  clusterId: jobId(n).slice('cluster:'.length),
  recheckId: null,
  at,
  score: 40,
  weight: 2,
  since: nightNow - 20 * minute,
  notBefore: 0,
  deadline: null,
  hardDeadline: false,
  headcount: 1,
  flags: [],
  feltCelsius: -8,
  serviceMinutes: 10,
  skills: [],
  items: {},
  beds: null,
  wheelchair: false,
  pinned: null,
  dismissed: [],
  declined: [],
});

export const plainStation = (
  n: number,
  at: number,
  free: Partial<Record<BedKind, number>>,
): NightStation => ({
  id: stationId(n),
  at,
  free,
  openFrom: null,
  openUntil: null,
  shelter: false,
  open: true,
  setUpMinutes: 0,
  unloadMinutes: 5,
});

export interface Sizes {
  teams: number;
  jobs: number;
  stations?: number;
  seed?: number;
  /** of everything that makes a night hard: shifts, breaks, skills, deadlines, people aboard, what was sent */
  rich?: boolean;
}

/** Somewhere in 30 × 30 minutes. */
export function randomNight({ teams, jobs, stations = 2, seed = 1, rich = true }: Sizes): Night {
  const random = new Random(seed);
  const spots = Array.from({ length: teams + jobs + stations }, () => ({
    x: random.next() * 30,
    y: random.next() * 30,
  }));
  const night: Night = {
    now: nightNow,
    places: spots.map(({ x, y }) => ({ lon: 24 + x / 100, lat: 60 + y / 200 })),
    teams: Array.from({ length: teams }, (_, n) => plainTeam(n, n)),
    spareTeamIds: [],
    jobs: Array.from({ length: jobs }, (_, n) => ({
      ...plainJob(n, teams + n),
      weight: 1 + 9 * random.next() ** 2,
      serviceMinutes: 5 + random.below(20),
    })),
    stations: Array.from({ length: stations }, (_, n) =>
      plainStation(n, teams + jobs + n, { men: random.below(4), women: random.below(4) }),
    ),
    travel: { van: gridOf(spots) },
    settings: planningSettingsSchema.parse({}),
  };
  if (rich) enrich(night, random);
  return night;
}

function enrich(night: Night, random: Random): void {
  const chance = (share: number): boolean => random.next() < share;
  for (const team of night.teams) {
    team.seats = [0, 2, 4, 6][random.below(4)]!;
    team.wheelchairs = team.seats > 2 && chance(0.5) ? 1 : 0;
    if (chance(0.4)) team.skills.push('medical');
    if (chance(0.5)) team.shiftEndsAt = nightNow + (60 + random.below(300)) * minute;
    if (chance(0.3))
      Object.assign(team, { breakFrom: nightNow + random.below(120) * minute, breakMinutes: 20 });
    if (chance(0.1)) team.unable = chance(0.5) ? 'vehicle_broken' : 'off_duty';
    team.stock = { quilt: random.below(5), hot_water: random.below(8) };
  }
  for (const job of night.jobs) {
    if (chance(0.3))
      job.beds = { kinds: chance(0.5) ? ['women', 'men'] : ['men'], places: 1 + random.below(2) };
    job.wheelchair = job.beds !== null && chance(0.2);
    if (chance(0.2)) job.skills.push('medical');
    if (chance(0.3))
      Object.assign(job, {
        deadline: nightNow + (random.below(60) - 20) * minute,
        hardDeadline: true,
      });
    if (chance(0.2)) job.notBefore = nightNow + random.below(90) * minute;
    if (chance(0.5)) job.items = { quilt: 1, hot_water: 1 + random.below(2) };
  }
  night.teams.forEach((team, t) => {
    const job = night.jobs[t];
    if (!job || !chance(0.5)) return;
    const onScene = chance(0.3);
    if (onScene) team.at = job.at;
    team.sent.push({
      jobId: job.id,
      dispatchId: `d${t}`,
      underway: onScene || chance(0.5),
      onScene,
      holdId: null,
    });
    if (onScene) team.freeAt = nightNow + 10 * minute;
  });
  night.teams.forEach((team) => bringAlong(night, team, random));
}

/** Places that are kept for who is aboard, and for what was sent: also where nobody was thought to come along. */
function bringAlong({ stations }: Night, team: NightTeam, random: Random): void {
  if (stations.length === 0 || random.next() < 0.4) return;
  const station = stations[random.below(stations.length)]!;
  const [task] = team.sent;
  const places = 1 + random.below(2);
  if (random.next() < 0.5) {
    const house = random.next() < 0.1 ? stationId(99) : station.id;
    const of = task && random.next() < 0.5 ? task.jobId : jobId(900);
    team.aboard.push({ jobId: of, people: places, stationId: house, wheelchair: false });
  }
  if (task && random.next() < 0.6)
    Object.assign(task, { holdId: 'h', hold: { stationId: station.id, kind: 'men', places } });
}
