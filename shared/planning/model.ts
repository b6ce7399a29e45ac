/**
 * A night in typed arrays, so that a search can try a hundred thousand places a second. Times are minutes from the
 * night's `now`; jobs, teams, stations and pools (the beds of one kind in one house) are indices.
 */
import type { Skill } from '../patrols/skills.ts';
import type { SupplyItem } from '../supplies/schema.ts';
import { supplyItems } from '../supplies/schema.ts';
import type { BedKind } from '../stations/schema.ts';
import { addAbilities } from './abilities.ts';
import type { Night, NightJob, NightTeam } from './night.ts';

/** A job that has no bed because nobody is expected to come along. */
export const needsNoBed = -1;
/** A job that should have a bed and gets none: helped where they are. */
export const withoutBed = -2;

/** A soft deadline counts this much of a hard one. */
const softShare = 0.1;
/** Weighted minutes, as a share of those of a job nobody goes to: no bed for somebody who should be brought in. */
export const withoutBedShare = 0.5;
/** The same for arriving without anything that is needed there. */
export const emptyHandedShare = 0.1;

export interface TeamModel {
  at: number;
  /** minutes from now */
  start: number;
  shiftEnd: number;
  breakFrom: number;
  breakMinutes: number;
  seats: number;
  chairs: number;
  seconds: Float64Array;
  size: number;
  stock: Float64Array;
  /** people aboard at the start, by station */
  aboard: Map<number, number>;
  aboardPeople: number;
  aboardChairs: number;
  /** jobs it was sent to, in their order */
  sent: number[];
  onScene: boolean;
  unable: boolean;
}

export interface Model {
  night: Night;
  teams: TeamModel[];
  jobCount: number;
  jobAt: Int32Array;
  weight: Float64Array;
  /** not worth reaching before */
  ready: Float64Array;
  deadline: Float64Array;
  /** per minute late */
  latePrice: Float64Array;
  service: Float64Array;
  /** people expected to come along, no more than the largest vehicle takes */
  places: Int32Array;
  chair: Uint8Array;
  /** jobCount × items */
  items: Float64Array;
  hasItems: Uint8Array;
  /** what it costs that nobody goes */
  unservedCost: Float64Array;
  /** the team it was sent to, or −1 */
  sentTo: Int32Array;
  /** the team it was pinned to, or −1 */
  pinnedTo: Int32Array;
  /** the job it has to come before in that team's order, or −1 */
  pinnedBefore: Int32Array;
  hasPins: boolean;
  /** pool held for it already, or −1 */
  heldPool: Int32Array;
  /** teams × jobs */
  able: Uint8Array;
  /** skills somebody on duty has: the others rule nobody out */
  skillsOnDuty: Set<Skill>;
  stationAt: Int32Array;
  stationFrom: Float64Array;
  stationUntil: Float64Array;
  unload: Float64Array;
  poolStation: Int32Array;
  poolKind: BedKind[];
  poolFree: Int32Array;
  /** for each job: its stations, the nearest first, each with its pools in the order of what fits */
  jobPools: number[][][];
  jobIndex: Map<string, number>;
  teamIndex: Map<string, number>;
  stationIndex: Map<string, number>;
}

export const itemCount = supplyItems.length;
const minutesAfter = (now: number, at: number | null, none: number): number =>
  at === null ? none : (at - now) / 60_000;

export function modelOf(night: Night): Model {
  const { jobs, teams, stations, now, settings } = night;
  const n = jobs.length;
  const byJob = (of: (job: NightJob) => number): Float64Array => Float64Array.from(jobs, of);
  const free = teams.filter(({ unable }) => unable === null);
  const most = (of: (team: NightTeam) => number): number => Math.max(0, ...free.map(of));
  const mostSeats = most(({ seats }) => seats);
  const someChair = most(({ wheelchairs }) => wheelchairs) > 0;
  const latePrice = byJob((job) =>
    job.deadline === null ? 0 : settings.late * (job.hardDeadline ? 1 : softShare),
  );
  const model: Model = {
    night,
    teams: [],
    jobCount: n,
    jobAt: Int32Array.from(jobs, ({ at }) => at),
    weight: byJob(({ weight }) => weight),
    ready: byJob(({ notBefore }) => Math.max(0, minutesAfter(now, notBefore, 0))),
    // What is late already is late from now on: the past is nobody's choice.
    deadline: byJob(({ deadline }) => Math.max(0, minutesAfter(now, deadline, Infinity))),
    latePrice,
    service: byJob(({ serviceMinutes }) => serviceMinutes),
    places: Int32Array.from(jobs, ({ beds }) => Math.min(beds?.places ?? 0, mostSeats)),
    chair: Uint8Array.from(jobs, ({ wheelchair, beds }) => Number(wheelchair && beds && someChair)),
    items: new Float64Array(n * itemCount),
    hasItems: new Uint8Array(n),
    unservedCost: byJob(
      ({ weight, deadline, hardDeadline }) =>
        settings.unserved *
        (weight + (deadline === null ? 0 : settings.late * (hardDeadline ? 1 : softShare))),
    ),
    sentTo: new Int32Array(n).fill(-1),
    pinnedTo: new Int32Array(n).fill(-1),
    pinnedBefore: new Int32Array(n).fill(-1),
    hasPins: jobs.some(({ pinned }) => pinned !== null),
    heldPool: new Int32Array(n).fill(-1),
    able: new Uint8Array(n * teams.length),
    skillsOnDuty: new Set(free.flatMap(({ skills }) => skills)),
    stationAt: Int32Array.from(stations, ({ at }) => at),
    stationFrom: Float64Array.from(stations, (s) => minutesAfter(now, s.openFrom, -Infinity)),
    stationUntil: Float64Array.from(stations, (s) => minutesAfter(now, s.openUntil, Infinity)),
    unload: Float64Array.from(stations, ({ unloadMinutes }) => unloadMinutes),
    poolStation: new Int32Array(0),
    poolKind: [],
    poolFree: new Int32Array(0),
    jobPools: [],
    jobIndex: new Map(jobs.map(({ id }, index) => [id, index])),
    teamIndex: new Map(teams.map(({ id }, index) => [id, index])),
    stationIndex: new Map(stations.map(({ id }, index) => [id, index])),
  };
  addItems(model);
  addPools(model);
  model.teams = teams.map((team, index) => teamModel(model, team, index));
  addAbilities(model);
  return model;
}

function addItems(model: Model): void {
  model.night.jobs.forEach(({ items }, j) => {
    supplyItems.forEach((item, i) => {
      const wanted = items[item as SupplyItem] ?? 0;
      model.items[j * itemCount + i] = wanted;
      if (wanted > 0) model.hasItems[j] = 1;
    });
  });
}

function addPools(model: Model): void {
  const { stations, jobs, travel } = model.night;
  const station: number[] = [];
  const free: number[] = [];
  stations.forEach((house, s) => {
    for (const [kind, count] of Object.entries(house.free) as [BedKind, number][]) {
      station.push(s);
      free.push(house.open ? count : 0);
      model.poolKind.push(kind);
    }
  });
  model.poolStation = Int32Array.from(station);
  model.poolFree = Int32Array.from(free);
  const grid = travel.van ?? travel.car ?? travel.ebike ?? travel.foot;
  const way = (job: NightJob, s: number): number =>
    grid ? grid.seconds[job.at * grid.size + stations[s]!.at]! : 0;
  model.jobPools = jobs.map((job) => {
    if (!job.beds) return [];
    const byStation = new Map<number, number[]>();
    for (const kind of job.beds.kinds)
      for (let p = 0; p < station.length; p++)
        if (model.poolKind[p] === kind && stations[station[p]!]!.open) {
          const list = byStation.get(station[p]!);
          if (list) list.push(p);
          else byStation.set(station[p]!, [p]);
        }
    return [...byStation]
      .toSorted(([a], [b]) => way(job, a) - way(job, b) || a - b)
      .map(([, pools]) => pools);
  });
}

/** The pool of a kind in a house, or −1. */
export function poolOf(model: Model, stationId: string, kind: BedKind): number {
  const s = model.stationIndex.get(stationId) ?? -1;
  return model.poolKind.findIndex((k, p) => k === kind && model.poolStation[p] === s);
}

/** Who comes along from where a team was sent: those with places kept for them, less those it has aboard already. */
function bringsIn(
  model: Model,
  j: number,
  team: NightTeam,
  { jobId, hold }: NightTeam['sent'][number],
): void {
  const pool = hold ? poolOf(model, hold.stationId, hold.kind) : -1;
  if (hold && pool >= 0) {
    model.heldPool[j] = pool;
    model.places[j] = hold.places;
    // Kept by hand, where nobody was thought to come along: wherever it goes, there is that house.
    if (model.jobPools[j]!.length === 0) model.jobPools[j] = [[pool]];
    return;
  }
  const inside = team.aboard.reduce((sum, a) => sum + (a.jobId === jobId ? a.people : 0), 0);
  model.places[j] = Math.max(0, model.places[j]! - inside);
}

function teamModel(model: Model, team: NightTeam, index: number): TeamModel {
  const { now, travel } = model.night;
  const grid = travel[team.mode];
  const aboard = new Map<number, number>();
  for (const { stationId, people } of team.aboard) {
    const s = model.stationIndex.get(stationId);
    if (s !== undefined) aboard.set(s, (aboard.get(s) ?? 0) + people);
  }
  const sent: number[] = [];
  for (const task of team.sent) {
    const j = model.jobIndex.get(task.jobId);
    if (j === undefined || model.sentTo[j] !== -1) continue;
    model.sentTo[j] = index;
    bringsIn(model, j, team, task);
    sent.push(j);
  }
  const people = [...aboard.values()].reduce((sum, count) => sum + count, 0);
  return {
    at: team.at,
    start: Math.max(0, minutesAfter(now, team.freeAt, 0)),
    shiftEnd: minutesAfter(now, team.shiftEndsAt, Infinity),
    breakFrom: team.breakMinutes > 0 ? minutesAfter(now, team.breakFrom, Infinity) : Infinity,
    breakMinutes: team.breakMinutes,
    seats: team.seats,
    chairs: team.wheelchairs,
    seconds: grid?.seconds ?? new Float64Array(0),
    size: grid?.size ?? 0,
    stock: Float64Array.from(supplyItems, (item) => team.stock[item as SupplyItem] ?? 0),
    aboard,
    aboardPeople: people,
    aboardChairs: team.aboard.filter(({ wheelchair }) => wheelchair).length,
    sent,
    onScene:
      sent.length > 0 &&
      team.sent.some((t) => t.onScene && t.jobId === model.night.jobs[sent[0]!]!.id),
    unable: team.unable !== null,
  };
}
