/**
 * One team's order of stops, run through in time. A lane is never changed, only replaced: what is known after each
 * of its stops stays true, so that trying another job in it begins where it would stand.
 */
import { demandOf, emptyHands, runsShort, shortOf } from './aboard.ts';
import { withoutBed, withoutBedShare } from './model.ts';
import type { Model, TeamModel } from './model.ts';

/** People aboard may see this many further visits before their house. */
export const mostVisitsAboard = 2;
/** Where there is no way, for what was sent all the same. */
const noWayMinutes = 240;

export interface Lane {
  team: number;
  /** a job, or jobCount + a station */
  seq: number[];
  /** of a job: its pool, `needsNoBed` or `withoutBed`; of a station: −1 */
  bed: number[];
  /** how many stops at the beginning no new visit may come before */
  fixed: number;
  /** after each stop, and at [0] at the start: minutes, people and chairs aboard, visits since somebody is aboard */
  time: number[];
  arrive: number[];
  load: number[];
  chairs: number[];
  rode: number[];
  rested: boolean[];
  work: number[];
  travel: number[];
  outside: number[];
  late: number[];
  /** weighted minutes for beds that are missing, and for those a team that can't go was sent to */
  lacking: number[];
  demand: Float64Array;
  /** weighted minutes for arriving with empty hands */
  short: number;
  cost: number;
  /** two lanes with the same id are the same */
  id: number;
}

export interface Trial {
  seq: number[];
  bed: number[];
}

let lanes = 0;

/** Everything of a lane, or null where it breaks a rule that isn't broken by what was sent. */
export function makeLane(
  model: Model,
  t: number,
  { seq, bed }: Trial,
  fixed: number,
  lenient = false,
): Lane | null {
  const team = model.teams[t]!;
  const lane: Lane = {
    team: t,
    seq,
    bed,
    fixed,
    time: [team.start],
    arrive: [],
    load: [team.aboardPeople],
    chairs: [team.aboardChairs],
    rode: [team.aboardPeople > 0 ? 1 : 0],
    rested: [false],
    work: [0],
    travel: [0],
    outside: [0],
    late: [0],
    lacking: [0],
    demand: demandOf(model, seq),
    short: 0,
    cost: 0,
    id: ++lanes,
  };
  for (let k = 0; k < seq.length; k++) {
    step(model, team, lane.seq, lane.bed, k, at(lane, k), lenient);
    if (now.broken) return null;
    lane.arrive.push(now.arrive);
    lane.time.push(now.time);
    lane.load.push(now.load);
    lane.chairs.push(now.chairs);
    lane.rode.push(now.rode);
    lane.rested.push(now.rested);
    lane.work.push(now.work);
    lane.travel.push(now.travel);
    lane.outside.push(now.outside);
    lane.late.push(now.late);
    lane.lacking.push(now.lacking);
  }
  if (!lenient && at(lane, seq.length).load > 0) return null;
  if (shortOf(team, lane.demand)) lane.short = emptyHands(model, team, seq);
  lane.cost = priceOf(model, at(lane, seq.length)) + lane.short;
  return lane;
}

/** Where a run through a lane stands. One for all: a search makes millions of steps. */
const now = {
  time: 0,
  arrive: 0,
  load: 0,
  chairs: 0,
  rode: 0,
  rested: false,
  work: 0,
  travel: 0,
  outside: 0,
  late: 0,
  lacking: 0,
  place: 0,
  broken: false,
};
type Standing = typeof now;

function at(lane: Lane, k: number): Standing {
  now.time = lane.time[k]!;
  now.load = lane.load[k]!;
  now.chairs = lane.chairs[k]!;
  now.rode = lane.rode[k]!;
  now.rested = lane.rested[k]!;
  now.work = lane.work[k]!;
  now.travel = lane.travel[k]!;
  now.outside = lane.outside[k]!;
  now.late = lane.late[k]!;
  now.lacking = lane.lacking[k]!;
  now.broken = false;
  return now;
}

const placeOf = (model: Model, stop: number): number =>
  stop < model.jobCount ? model.jobAt[stop]! : model.stationAt[stop - model.jobCount]!;

function priceOf(model: Model, end: Standing): number {
  const { settings } = model.night;
  return (
    settings.outside * end.outside +
    end.late +
    end.lacking +
    settings.travel * end.travel +
    (settings.fairness * end.work * end.work) / 1000
  );
}

function step(
  model: Model,
  team: TeamModel,
  seq: readonly number[],
  bed: readonly number[],
  k: number,
  s: Standing,
  lenient: boolean,
): void {
  const stop = seq[k]!;
  if (!s.rested && s.load === 0 && s.time >= team.breakFrom) {
    s.time += team.breakMinutes;
    s.rested = true;
  }
  const isJob = stop < model.jobCount;
  const sent = isJob && model.sentTo[stop]! >= 0;
  const here = isJob && k === 0 && team.onScene;
  const from = k === 0 ? team.at : placeOf(model, seq[k - 1]!);
  let way = here ? 0 : (team.seconds[from * team.size + placeOf(model, stop)] ?? Infinity) / 60;
  const noWay = way === Infinity;
  if (noWay) way = noWayMinutes;
  s.travel += way;
  s.work += way;
  s.time += way;
  if (isJob) {
    visit(model, team, stop, bed[k]!, s, sent, here);
    if (!sent && (noWay || s.time > team.shiftEnd)) s.broken = true;
    return;
  }
  const owed = unload(model, team, seq, bed, k, s);
  if (lenient) return;
  if (!owed && (noWay || s.arrive > model.stationUntil[stop - model.jobCount]!)) s.broken = true;
  if (s.time > team.shiftEnd && !(owed && onlySentBefore(model, seq, k))) s.broken = true;
}

function onlySentBefore(model: Model, seq: readonly number[], k: number): boolean {
  for (let b = 0; b < k; b++)
    if (seq[b]! < model.jobCount && model.sentTo[seq[b]!] === -1) return false;
  return true;
}

function visit(
  model: Model,
  team: TeamModel,
  j: number,
  bed: number,
  s: Standing,
  sent: boolean,
  here: boolean,
): void {
  const ready = model.ready[j]!;
  if (here) {
    // Its visit is over when the team is free.
    s.arrive = 0;
  } else {
    if (s.time < ready) s.time = ready;
    s.arrive = s.time;
    if (sent && team.unable) s.lacking += model.unservedCost[j]!;
    else {
      s.outside += model.weight[j]! * (s.time - ready);
      const over = s.time - model.deadline[j]!;
      if (over > 0) s.late += over * model.latePrice[j]!;
    }
    s.time += model.service[j]!;
    s.work += model.service[j]!;
  }
  if (s.load > 0) s.rode++;
  if (bed >= 0) {
    s.load += model.places[j]!;
    s.chairs += model.chair[j]!;
    if (!sent && (s.load > team.seats || s.chairs > team.chairs)) s.broken = true;
  } else if (bed === withoutBed)
    s.lacking += withoutBedShare * model.night.settings.unserved * model.weight[j]!;
  if (s.load > 0 && s.rode > mostVisitsAboard && !sent) s.broken = true;
}

/** Whether everybody who gets off was aboard or sent for already. */
function unload(
  model: Model,
  team: TeamModel,
  seq: readonly number[],
  bed: readonly number[],
  k: number,
  s: Standing,
): boolean {
  const house = seq[k]! - model.jobCount;
  let owed = true;
  let people = 0;
  let chairs = 0;
  let b = k - 1;
  for (; b >= 0 && seq[b] !== seq[k]; b--) {
    const pool = bed[b]!;
    if (pool < 0 || model.poolStation[pool] !== house) continue;
    const j = seq[b]!;
    people += model.places[j]!;
    chairs += model.chair[j]!;
    if (model.sentTo[j] === -1) owed = false;
  }
  if (b < 0) {
    people += team.aboard.get(house) ?? 0;
    // Who sits in the chair isn't told apart by house.
    if (team.aboard.has(house)) chairs += team.aboardChairs;
  }
  const from = model.stationFrom[house]!;
  if (s.time < from) s.time = from;
  s.arrive = s.time;
  s.time += model.unload[house]!;
  s.work += model.unload[house]!;
  s.load -= people;
  s.chairs = Math.max(0, s.chairs - chairs);
  if (s.load === 0) s.rode = 0;
  return owed;
}

/**
 * The cost of the lane if it ran as `trial` from stop `from` on (before that it is the lane itself), or Infinity
 * where that breaks a rule or costs more than `most`.
 */
export function tryLane(
  model: Model,
  lane: Lane,
  trial: Trial,
  from: number,
  added: number,
  most: number,
): number {
  const team = model.teams[lane.team]!;
  const { seq, bed } = trial;
  const s = at(lane, from);
  const { outside } = model.night.settings;
  for (let k = from; k < seq.length; k++) {
    step(model, team, seq, bed, k, s, false);
    if (s.broken || outside * s.outside + s.late + s.lacking > most) return Infinity;
  }
  if (s.load > 0) return Infinity;
  const short =
    model.hasItems[added] === 1
      ? runsShort(model, team, lane.demand, added)
      : shortOf(team, lane.demand);
  return priceOf(model, s) + (short ? emptyHands(model, team, seq) : 0);
}
