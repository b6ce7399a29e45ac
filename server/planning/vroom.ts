/**
 * The night in the words of VROOM's interface (github.com/VROOM-Project/vroom, docs/API.md), and its answer as a plan
 * of ours. What was sent stays where it is: a vehicle begins where its crew's tasks end.
 */
import { z } from 'zod';
import type { Night, NightJob, NightTeam, TravelGrid } from '../../shared/planning/night.ts';
import type { Plan, PlannedLane, PlannedStop } from '../../shared/planning/plan.ts';
import { skills } from '../../shared/patrols/skills.ts';
import type { BedKind } from '../../shared/stations/schema.ts';

/** For pairs without a way: further than any night is long. */
const noWaySeconds = 1_000_000;
const horizonSeconds = 24 * 3600;
/** A break may begin this much later than it was set. */
const breakSlackSeconds = 3600;
/** Skills of ours are 1, 2, …; above stands one for each job that not every team may do. */
const firstJobSkill = 100;

interface Place {
  location_index: number;
  service: number;
  time_windows?: [number, number][];
}
interface VroomVehicle {
  id: number;
  profile: string;
  start_index: number;
  time_window: [number, number];
  /** seats, wheelchairs */
  capacity: [number, number];
  skills: number[];
  breaks?: { id: number; time_windows: [number, number][]; service: number }[];
}
interface Wish {
  skills: number[];
  priority: number;
}
export interface VroomProblem {
  vehicles: VroomVehicle[];
  jobs: (Wish & Place & { id: number })[];
  shipments: (Wish & {
    amount: [number, number];
    pickup: Place & { id: number };
    delivery: Place & { id: number };
  })[];
  matrices: Record<string, { durations: number[][]; distances: number[][] }>;
}

export const vroomAnswerSchema = z.object({
  code: z.literal(0),
  routes: z.array(
    z.object({
      vehicle: z.number().int(),
      steps: z.array(z.object({ type: z.string(), id: z.number().int().optional() })),
    }),
  ),
});
export type VroomAnswer = z.infer<typeof vroomAnswerSchema>;

type Bed = { stationId: string; kind: BedKind };
/** A team's part of the plan that nobody touches: what was sent, and who is aboard. */
interface Beginning {
  stops: PlannedStop[];
  place: number;
  seconds: number;
}
export interface Translation {
  problem: VroomProblem;
  beginnings: Beginning[];
  beds: (Bed | null)[];
}

export function toVroom(night: Night): Translation {
  const sent = new Set(night.teams.flatMap(({ sent: tasks }) => tasks.map(({ jobId }) => jobId)));
  const beginnings = night.teams.map((team) => beginningOf(night, team));
  const beds = chooseBeds(night, sent);
  const open = night.jobs.map((job, j) => ({ job, j })).filter(({ job }) => !sent.has(job.id));
  const onDuty = new Set(night.teams.flatMap((team) => (team.unable === null ? team.skills : [])));
  const wish = (job: NightJob, j: number): Wish => ({
    skills: [
      ...skills.flatMap((skill, s) =>
        job.skills.includes(skill) && onDuty.has(skill) ? [s + 1] : [],
      ),
      ...(isForSomeOnly(job) ? [firstJobSkill + j] : []),
    ],
    priority: Math.min(100, Math.max(0, Math.round(job.score))),
  });
  const stationOf = (bed: Bed) => night.stations.find(({ id }) => id === bed.stationId)!;
  const problem: VroomProblem = {
    vehicles: night.teams.flatMap((team, t) =>
      team.unable === null && night.travel[team.mode]
        ? [vehicleOf(night, team, t, beginnings[t]!)]
        : [],
    ),
    jobs: open
      .filter(({ j }) => beds[j] === null)
      .map(({ job, j }) => ({ id: j, ...wish(job, j), ...placeOf(night, job) })),
    shipments: open
      .filter(({ j }) => beds[j] !== null)
      .map(({ job, j }) => {
        const house = stationOf(beds[j]!);
        return {
          ...wish(job, j),
          amount: [job.beds!.places, job.wheelchair ? 1 : 0],
          pickup: { id: j, ...placeOf(night, job) },
          delivery: { id: j, location_index: house.at, service: house.unloadMinutes * 60 },
        };
      }),
    matrices: Object.fromEntries(
      Object.entries(night.travel).map(([mode, grid]) => [mode, matricesOf(grid)]),
    ),
  };
  return { problem, beginnings, beds };
}

/** Steps become stops; who gets off at one house gets off there together. */
export function fromVroom(
  night: Night,
  { beginnings, beds }: Translation,
  answer: VroomAnswer,
): Plan {
  const lanes: PlannedLane[] = night.teams.map((team, t) => {
    const stops = [...beginnings[t]!.stops];
    const route = answer.routes.find(({ vehicle }) => vehicle === t);
    for (const { type, id } of route?.steps ?? []) {
      const job = id === undefined ? undefined : night.jobs[id];
      if (!job) continue;
      const bed = beds[id!] ?? null;
      if (type === 'job' || type === 'pickup') stops.push({ kind: 'visit', jobId: job.id, bed });
      else if (type === 'delivery' && bed) pushHouse(stops, bed.stationId);
    }
    return { teamId: team.id, stops };
  });
  const placed = new Set(
    lanes.flatMap(({ stops }) =>
      stops.flatMap((stop) => (stop.kind === 'visit' ? [stop.jobId] : [])),
    ),
  );
  const unserved = night.jobs.map(({ id }) => id).filter((id) => !placed.has(id));
  return { madeAt: night.now, lanes, unserved };
}

function pushHouse(stops: PlannedStop[], stationId: string): void {
  const last = stops.at(-1);
  if (last?.kind === 'station' && last.stationId === stationId) return;
  stops.push({ kind: 'station', stationId });
}

function beginningOf(night: Night, team: NightTeam): Beginning {
  const jobs = new Map(night.jobs.map((job) => [job.id, job]));
  const stops: PlannedStop[] = [];
  const houses = new Set(team.aboard.map(({ stationId }) => stationId));
  let place = team.at;
  let seconds = Math.max(0, (team.freeAt - night.now) / 1000);
  const go = (to: number, stay: number): void => {
    seconds += secondsBetween(night.travel[team.mode], place, to) + stay;
    place = to;
  };
  for (const { jobId, hold, onScene } of team.sent) {
    const job = jobs.get(jobId);
    if (!job) continue;
    // On scene the visit is over when the team is free.
    go(job.at, onScene ? 0 : job.serviceMinutes * 60);
    stops.push({
      kind: 'visit',
      jobId,
      bed: hold ? { stationId: hold.stationId, kind: hold.kind } : null,
    });
    if (hold) houses.add(hold.stationId);
  }
  for (const stationId of houses) {
    const house = night.stations.find(({ id }) => id === stationId);
    if (!house) continue;
    go(house.at, house.unloadMinutes * 60);
    stops.push({ kind: 'station', stationId });
  }
  return { stops, place, seconds };
}

/** VROOM takes a shipment's two ends as given: the weightiest first, the nearest house that fits. */
function chooseBeds(night: Night, sent: ReadonlySet<string>): (Bed | null)[] {
  const free = night.stations.map((station) => ({ ...station.free }));
  const beds: (Bed | null)[] = night.jobs.map(() => null);
  const grid = Object.values(night.travel)[0];
  const order = night.jobs
    .map((job, j) => ({ job, j }))
    .filter(({ job }) => job.beds !== null && !sent.has(job.id))
    .toSorted((a, b) => b.job.weight - a.job.weight);
  for (const { job, j } of order) {
    const { kinds, places } = job.beds!;
    const houses = night.stations
      .map((station, s) => ({ station, s, way: secondsBetween(grid, job.at, station.at) }))
      .filter(({ station }) => station.open)
      .toSorted((a, b) => a.way - b.way);
    for (const { station, s } of houses) {
      const kind = kinds.find((fit) => (free[s]![fit] ?? 0) >= places);
      if (kind === undefined) continue;
      free[s]![kind] = free[s]![kind]! - places;
      beds[j] = { stationId: station.id, kind };
      break;
    }
  }
  return beds;
}

function vehicleOf(night: Night, team: NightTeam, t: number, from: Beginning): VroomVehicle {
  const { now, jobs } = night;
  const relative = (at: number) => Math.max(0, Math.round((at - now) / 1000));
  const start = Math.round(from.seconds);
  const end = team.shiftEndsAt === null ? horizonSeconds : relative(team.shiftEndsAt);
  const rest = team.breakFrom === null ? null : relative(team.breakFrom);
  return {
    id: t,
    profile: team.mode,
    start_index: from.place,
    time_window: [start, Math.max(start, end)],
    capacity: [team.seats, team.wheelchairs],
    skills: [
      ...skills.flatMap((skill, s) => (team.skills.includes(skill) ? [s + 1] : [])),
      ...jobs.flatMap((job, j) =>
        isForSomeOnly(job) && mayDo(job, team) ? [firstJobSkill + j] : [],
      ),
    ],
    ...(rest !== null &&
      team.breakMinutes > 0 && {
        breaks: [
          {
            id: t,
            time_windows: [[rest, rest + breakSlackSeconds]],
            service: team.breakMinutes * 60,
          },
        ],
      }),
  };
}

const isForSomeOnly = (job: NightJob): boolean =>
  job.pinned !== null || job.dismissed.length > 0 || job.declined.length > 0;
const mayDo = (job: NightJob, team: NightTeam): boolean =>
  job.pinned === null
    ? !job.dismissed.includes(team.id) && !job.declined.includes(team.id)
    : job.pinned.teamId === team.id;

/** A hard deadline that is past already rules nobody out: late is better than never. */
function placeOf(night: Night, job: NightJob): Place {
  const from = Math.max(0, Math.round((job.notBefore - night.now) / 1000));
  const deadline =
    job.hardDeadline && job.deadline !== null
      ? Math.round((job.deadline - night.now) / 1000)
      : horizonSeconds;
  const until = deadline > from && deadline > 0 ? deadline : horizonSeconds;
  return {
    location_index: job.at,
    service: Math.round(job.serviceMinutes * 60),
    ...((from > 0 || until < horizonSeconds) && { time_windows: [[from, Math.max(from, until)]] }),
  };
}

const secondsBetween = (grid: TravelGrid | undefined, from: number, to: number): number =>
  Math.min(noWaySeconds, grid?.seconds[from * grid.size + to] ?? noWaySeconds);

/** Whole numbers, as VROOM takes them. */
function matricesOf({ size, seconds, meters }: TravelGrid) {
  const rows = (of: Float64Array): number[][] =>
    Array.from({ length: size }, (_row, r) =>
      Array.from(of.subarray(r * size, (r + 1) * size), (value) =>
        Math.min(noWaySeconds, Math.round(value)),
      ),
    );
  return { durations: rows(seconds), distances: rows(meters) };
}
