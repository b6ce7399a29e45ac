/** Who else could go, and what speaks against it: found by trying, not by guessing. */
import { bestInsertion } from './insertion.ts';
import { makeLane } from './lane.ts';
import type { Lane } from './lane.ts';
import { fits, ruledOut, verdict, wantedSkills } from './abilities.ts';
import { withoutBed } from './model.ts';
import type { Model } from './model.ts';
import type { Alternative, Reason } from './schema.ts';
import { remove } from './state.ts';
import type { State } from './state.ts';

/** The nearest so many of those who can and of those who can't are tried. */
export const triedAble = 5;
const triedUnable = 2;
const mostShown = 3;

export interface Weighed {
  team: number;
  /** the lane with the job in it; null: it can't */
  lane: Lane | null;
  /** what the whole plan would cost more, against without the job */
  delta: number;
  /** minutes from now */
  arrive: number;
  /** by how many minutes others would be reached later, all together */
  costsOthers: number;
  /** ruled out whatever else it does */
  verdict: number;
}

/** A state in which nobody goes to the job; what was sent is treated as if it weren't. */
export interface Without {
  state: State;
  j: number;
  /** what the plan costs less */
  saved: number;
  /** puts it back as it was */
  restore(): void;
}

/** Takes the job out of its lane for a moment. */
export function withoutJob(state: State, j: number): Without {
  const { model } = state;
  const sentTo = model.sentTo[j]!;
  const pinnedTo = model.pinnedTo[j]!;
  const held = model.heldPool[j]!;
  const team = state.lanes.findIndex(({ seq }) => seq.includes(j));
  const copy: State = {
    ...state,
    lanes: state.lanes.slice(),
    used: state.used.slice(),
    left: new Set(state.left),
  };
  const before = copy.cost;
  model.sentTo[j] = -1;
  model.pinnedTo[j] = -1;
  // Its hold goes with it to whoever takes it.
  if (held >= 0) copy.used[held]! += model.places[j]!;
  model.heldPool[j] = -1;
  if (held >= 0) model.poolFree[held]! += model.places[j]!;
  if (team >= 0) remove(copy, team, new Set([j]));
  return {
    state: copy,
    j,
    saved: team >= 0 ? before - (copy.cost - model.unservedCost[j]!) : 0,
    restore() {
      model.sentTo[j] = sentTo;
      model.pinnedTo[j] = pinnedTo;
      if (held >= 0) model.poolFree[held]! -= model.places[j]!;
      model.heldPool[j] = held;
    },
  };
}

/** The nearest other teams, each with what would come of sending it. */
export function weighTeams({ state, j }: Without, own: number): Weighed[] {
  const { model } = state;
  const skills = wantedSkills(model, j);
  const near = model.teams
    .map((team, t) => ({
      t,
      far: team.start + (team.seconds[team.at * team.size + model.jobAt[j]!] ?? Infinity) / 60,
      verdict: verdict(model, j, t, skills, -1),
    }))
    .filter(({ t }) => t !== own && !isSpare(model, t))
    .sort((a, b) => a.far - b.far || a.t - b.t);
  const able = near.filter(({ verdict }) => verdict === fits).slice(0, triedAble);
  const unable = near
    .filter(({ verdict }) => verdict !== fits)
    .filter(({ far }) => far < Infinity)
    .slice(0, triedUnable);
  return [...able, ...unable].map(({ t, verdict }) => weigh(state, j, t, verdict));
}

/** Off duty and told nothing: what the city could do, not who could go. */
export const isSpare = ({ night, teams }: Model, t: number): boolean =>
  teams[t]!.unable &&
  teams[t]!.sent.length === 0 &&
  teams[t]!.aboardPeople === 0 &&
  night.spareTeamIds.includes(night.teams[t]!.id);

/** @param only before what is the stop of that number now; −1: wherever it costs least */
export function weigh(state: State, j: number, t: number, verdictOf: number, only = -1): Weighed {
  const { model } = state;
  const at = t * model.jobCount + j;
  const kept = model.able[at]!;
  model.able[at] = verdictOf;
  const old = state.lanes[t]!;
  const found = bestInsertion(model, old, j, state.used, Infinity, only);
  model.able[at] = kept;
  const lane = found && makeLane(model, t, found.trial, old.fixed);
  const none = { team: t, lane: null, delta: Infinity, arrive: Infinity, costsOthers: 0 };
  if (!found || !lane) return { ...none, verdict: verdictOf };
  return {
    team: t,
    lane,
    delta: found.delta,
    arrive: lane.arrive[lane.seq.indexOf(j)]!,
    costsOthers: laterIn(model, old, lane),
    verdict: verdictOf,
  };
}

/** Minutes by which the jobs of the lane are reached later than before, all together. */
function laterIn(model: Model, before: Lane, after: Lane): number {
  let sum = 0;
  before.seq.forEach((stop, k) => {
    if (stop < model.jobCount)
      sum += Math.max(0, after.arrive[after.seq.indexOf(stop)]! - before.arrive[k]!);
  });
  return sum;
}

/** Up to three: the cheapest that could go, and the nearest that can't. */
export function alternativesOf(
  without: Without,
  weighed: readonly Weighed[],
  chosen: { arrive: number; hasBed: boolean } | null,
): Alternative[] {
  const able = weighed.filter(({ lane }) => lane).toSorted((a, b) => a.delta - b.delta);
  const unable = weighed.filter(({ lane }) => !lane);
  const shown = [...able.slice(0, unable.length > 0 ? mostShown - 1 : mostShown), ...unable];
  const { night } = without.state.model;
  return shown.slice(0, mostShown).map((other) => ({
    teamId: night.teams[other.team]!.id,
    arriveAt: other.lane ? new Date(night.now + other.arrive * 60_000).toISOString() : null,
    against: other.lane ? against(without, other, chosen) : whyNot(without, other),
  }));
}

const whole = (minutes: number): number => Math.round(minutes);

function against(
  { state, j }: Without,
  { team, lane, arrive, costsOthers }: Weighed,
  chosen: { arrive: number; hasBed: boolean } | null,
): Reason[] {
  const { model } = state;
  const { night } = model;
  const reasons: Reason[] = [];
  const further = chosen ? whole(arrive - chosen.arrive) : 0;
  if (further > 0) reasons.push({ code: 'further', minutes: further });
  const at = lane!.seq.indexOf(j);
  const job = lane!.seq.slice(0, at).findLast((stop) => stop < model.jobCount);
  if (job !== undefined)
    reasons.push({
      code: 'busy_with',
      jobId: night.jobs[job]!.id,
      minutes: whole(lane!.time[at]!),
    });
  if (chosen?.hasBed && lane!.bed[at] === withoutBed) reasons.push(noBed(model, j));
  reasons.push(...lateOthers(model, state.lanes[team]!, lane!));
  if (whole(costsOthers) > 0) reasons.push({ code: 'costs_others', minutes: whole(costsOthers) });
  const missing = missingItems(model, j, team);
  if (missing.length > 0) reasons.push({ code: 'no_items', items: missing });
  const old = positionAge(model, team);
  if (old !== null) reasons.push({ code: 'position_old', minutes: old });
  return reasons;
}

/** Jobs of the lane that would come after their deadline, or further after it. */
export function lateOthers(model: Model, before: Lane, after: Lane): Reason[] {
  return before.seq.flatMap((stop, k): Reason[] => {
    if (stop >= model.jobCount) return [];
    const deadline = model.deadline[stop]!;
    const late = after.arrive[after.seq.indexOf(stop)]! - Math.max(deadline, before.arrive[k]!);
    const jobId = model.night.jobs[stop]!.id;
    return late >= 1 ? [{ code: 'late_for', jobId, minutes: whole(late) }] : [];
  });
}

export function noBed(model: Model, j: number): Reason {
  const kind = model.night.jobs[j]!.beds?.kinds[0] ?? model.poolKind[model.jobPools[j]![0]![0]!]!;
  return { code: 'no_bed', kind, places: model.places[j]! };
}

/** What the team has less of aboard than the job wants. */
export function missingItems(model: Model, j: number, t: number): (keyof typeof items)[] {
  const { items } = model.night.jobs[j]!;
  const { stock } = model.night.teams[t]!;
  return (Object.keys(items) as (keyof typeof items)[]).filter(
    (item) => (stock[item] ?? 0) < items[item]!,
  );
}

/** Minutes, where the position is too old to be believed. */
export function positionAge(model: Model, t: number): number | null {
  const { teams, now, settings } = model.night;
  const age = whole((now - teams[t]!.positionAt) / 60_000);
  return age > settings.positionMinutes ? age : null;
}

/** Why a team can't go at all: by what it is, or else by lifting one rule after another until it could. */
export function whyNot(
  { state, j }: Without,
  { team: t, verdict: code }: Weighed,
  only = -1,
): Reason[] {
  const { model } = state;
  const job = model.night.jobs[j]!;
  const team = model.night.teams[t]!;
  if (code === ruledOut.unable) return [{ code: team.unable ?? 'no_way' }];
  if (code === ruledOut.dismissed) return [{ code: 'dismissed' }];
  if (code === ruledOut.declined) return [{ code: 'declined' }];
  if (code === ruledOut.skill)
    return wantedSkills(model, j)
      .filter((skill) => !team.skills.includes(skill))
      .map((skill) => ({ code: 'no_skill', skill }));
  if (code === ruledOut.seats)
    return [{ code: 'no_seat', needed: model.places[j]!, seats: team.seats }];
  if (code === ruledOut.chair) return [{ code: 'no_wheelchair_seat' }];
  const inModel = model.teams[t]!;
  const { shiftEnd, seats } = inModel;
  inModel.shiftEnd = Infinity;
  const longer = weigh(state, j, t, fits, only);
  inModel.shiftEnd = shiftEnd;
  if (longer.lane) {
    const over = longer.lane.time.at(-1)! - shiftEnd;
    return [{ code: 'shift_ends', minutes: Math.max(1, Math.ceil(over)) }];
  }
  inModel.seats = 99;
  const larger = weigh(state, j, t, fits, only);
  inModel.seats = seats;
  if (larger.lane && job.beds)
    return [{ code: 'no_seat', needed: model.places[j]!, seats: seats - inModel.aboardPeople }];
  return [{ code: 'no_way' }];
}
