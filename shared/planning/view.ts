/** The plan as screens see it, with its reasons. Nothing is decided here. */
import { alternativesOf, isSpare, weighTeams, withoutJob } from './alternatives.ts';
import type { Weighed, Without } from './alternatives.ts';
import { costOfState } from './cost.ts';
import type { Lane as InnerLane } from './lane.ts';
import { modelOf } from './model.ts';
import type { Model } from './model.ts';
import type { Night } from './night.ts';
import type { Plan } from './plan.ts';
import { reasonsOf } from './reasons.ts';
import type { Lane, PlanStop, PlanView, StationStop, Unserved, VisitStop } from './schema.ts';
import { shortfallsOf } from './shortfalls.ts';
import { stateOf } from './state.ts';
import type { State } from './state.ts';

export function viewOf(plan: Plan, night: Night, revision: number): PlanView {
  const model = modelOf(night);
  const state = stateOf(model, plan);
  const lanes = state.lanes
    .filter(({ team }) => !isSpare(model, team))
    .map((lane) => laneView(state, lane));
  return {
    revision,
    madeAt: instant(night, 0),
    estimated: lanes.some(({ stops }) => stops.some(({ estimated }) => estimated)),
    solver: 'own',
    lanes,
    unserved: [...state.left].map((j) => unservedView(state, j)),
    shortfalls: shortfallsOf(state),
    cost: costOfState(state),
  };
}

const instant = (night: Night, minutes: number): string =>
  new Date(night.now + Math.round(minutes * 60) * 1000).toISOString();
const positionOf = ({ places }: Night, at: number): { lon: number; lat: number } => ({
  lon: places?.[at]?.lon ?? 0,
  lat: places?.[at]?.lat ?? 0,
});

function laneView(state: State, lane: InnerLane): Lane {
  const { model } = state;
  const { night } = model;
  const team = night.teams[lane.team]!;
  const stops: PlanStop[] = [];
  lane.seq.forEach((stop, k) => {
    if (lane.rested[k + 1] && !lane.rested[k]) stops.push(breakView(model, lane, k));
    const visit = stop < model.jobCount;
    stops.push({
      ...(visit ? visitView(state, lane, k) : houseView(model, lane, k)),
      ...timesOf(model, lane, k),
    });
  });
  const end = lane.seq.length;
  const { breakFrom, breakMinutes, shiftEnd } = model.teams[lane.team]!;
  if (!lane.rested[end] && Math.max(breakFrom, lane.time[end]!) + breakMinutes <= shiftEnd)
    if (breakFrom < Infinity) stops.push(breakView(model, lane, end));
  return {
    teamId: team.id,
    ...positionOf(night, team.at),
    positionAt: new Date(team.positionAt).toISOString(),
    shiftEndsAt: team.shiftEndsAt === null ? null : new Date(team.shiftEndsAt).toISOString(),
    stops,
  };
}

const placeBefore = (model: Model, lane: InnerLane, k: number): number => {
  const stop = lane.seq[k - 1];
  if (stop === undefined) return model.teams[lane.team]!.at;
  return stop < model.jobCount ? model.jobAt[stop]! : model.stationAt[stop - model.jobCount]!;
};

function timesOf(model: Model, lane: InnerLane, k: number) {
  const { night } = model;
  const stop = lane.seq[k]!;
  const to = placeBefore(model, lane, k + 1);
  const grid = night.travel[night.teams[lane.team]!.mode];
  const way = placeBefore(model, lane, k) * (grid?.size ?? 0) + to;
  const meters = grid?.meters[way] ?? 0;
  const deadline = stop < model.jobCount ? night.jobs[stop]!.deadline : null;
  const late = deadline === null ? 0 : lane.arrive[k]! - (deadline - night.now) / 60_000;
  return {
    ...positionOf(night, to),
    arriveAt: instant(night, lane.arrive[k]!),
    leaveAt: instant(night, lane.time[k + 1]!),
    wayMinutes: Math.round(lane.travel[k + 1]! - lane.travel[k]!),
    wayMeters: Number.isFinite(meters) ? Math.round(meters) : 0,
    estimated: grid?.estimated[way] === 1,
    lateMinutes: Math.max(0, Math.round(late)),
  };
}

/** Taken where the team is, before the stop `k`. */
function breakView(model: Model, lane: InnerLane, k: number): PlanStop {
  const { night, teams } = model;
  const { breakFrom, breakMinutes } = teams[lane.team]!;
  const from = Math.max(lane.time[k]!, breakFrom);
  return {
    kind: 'break',
    ...positionOf(night, placeBefore(model, lane, k)),
    arriveAt: instant(night, from),
    leaveAt: instant(night, from + breakMinutes),
    wayMinutes: 0,
    wayMeters: 0,
    estimated: false,
    lateMinutes: 0,
  };
}

function houseView(model: Model, lane: InnerLane, k: number): StationStop {
  const house = lane.seq[k]! - model.jobCount;
  const { night, teams } = model;
  const jobs: number[] = [];
  let b = k - 1;
  for (; b >= 0 && lane.seq[b] !== lane.seq[k]; b--)
    if (lane.bed[b]! >= 0 && model.poolStation[lane.bed[b]!] === house) jobs.unshift(lane.seq[b]!);
  const stationId = night.stations[house]!.id;
  const aboard =
    b < 0 ? night.teams[lane.team]!.aboard.filter((a) => a.stationId === stationId) : [];
  const people = b < 0 ? (teams[lane.team]!.aboard.get(house) ?? 0) : 0;
  return {
    kind: 'station',
    stationId,
    jobIds: [...new Set([...aboard.map((a) => a.jobId), ...jobs.map((j) => night.jobs[j]!.id)])],
    people: people + jobs.reduce((sum, j) => sum + model.places[j]!, 0),
  };
}

function visitView(state: State, lane: InnerLane, k: number): VisitStop {
  const { model } = state;
  const { night } = model;
  const j = lane.seq[k]!;
  const job = night.jobs[j]!;
  const task = night.teams[lane.team]!.sent.find(({ jobId }) => jobId === job.id) ?? null;
  const pool = lane.bed[k]!;
  const chosen = { lane, k, arrive: lane.arrive[k]!, hasBed: pool >= 0 };
  const away = task?.onScene ? null : withoutJob(state, j);
  const weighed = away ? weighTeams(away, lane.team) : [];
  const alternatives = away ? alternativesOf(away, weighed, chosen) : [];
  away?.restore();
  return {
    kind: 'visit',
    jobId: job.id,
    clusterId: job.clusterId,
    recheckId: job.recheckId,
    dispatchId: task?.dispatchId ?? null,
    state: task ? (task.underway || task.onScene ? 'underway' : 'sent') : 'proposed',
    change: away && task && !job.pinned ? changeOf(away, chosen.arrive, weighed) : null,
    headcount: job.headcount,
    items: (Object.entries(job.items) as [keyof typeof job.items, number][])
      .filter(([, quantity]) => quantity > 0)
      .map(([item, quantity]) => ({ item, quantity })),
    bed:
      pool >= 0
        ? {
            stationId: night.stations[model.poolStation[pool]!]!.id,
            kind: model.poolKind[pool]!,
            places: model.places[j]!,
            holdId: task?.holdId ?? null,
          }
        : null,
    deadlineAt: job.deadline === null ? null : new Date(job.deadline).toISOString(),
    reasons: reasonsOf(state, j, chosen, task, weighed),
    alternatives,
  };
}

/** The cheapest other team that could be told so now, if the plan gained enough by it to ask a person. */
function changeOf(
  { state: { model }, j, saved }: Without,
  arrive: number,
  weighed: readonly Weighed[],
): VisitStop['change'] {
  const { settings, teams } = model.night;
  const [best] = weighed
    .filter(({ team }) => model.teams[team]!.sent.length === 0)
    .toSorted((a, b) => a.delta - b.delta);
  if (!best?.lane) return null;
  const gain = saved - best.delta;
  if (gain <= settings.changeGain) return null;
  // What one minute sooner here is worth: so many minutes sooner would be worth the same.
  const late = arrive > model.deadline[j]! ? model.latePrice[j]! : 0;
  const minute = settings.outside * model.weight[j]! + late;
  const minutes = minute > 0 ? gain / minute : gain;
  return { toTeamId: teams[best.team]!.id, gainMinutes: Math.max(1, Math.round(minutes)) };
}

function unservedView(state: State, j: number): Unserved {
  const job = state.model.night.jobs[j]!;
  const away = withoutJob(state, j);
  const against = alternativesOf(away, weighTeams(away, -1), null);
  away.restore();
  return { jobId: job.id, clusterId: job.clusterId, recheckId: job.recheckId, against };
}
