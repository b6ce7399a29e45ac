/** What would come of putting a job elsewhere, by doing it. */
import type { z } from 'zod';
import { lateOthers, missingItems, noBed, weigh, whyNot, withoutJob } from './alternatives.ts';
import type { Weighed, Without } from './alternatives.ts';
import { costOfState } from './cost.ts';
import { verdict, wantedSkills } from './abilities.ts';
import { modelOf, withoutBed } from './model.ts';
import type { Model } from './model.ts';
import type { Night } from './night.ts';
import type { Plan } from './plan.ts';
import type { JobId, MoveEffect, placeJobSchema, Reason } from './schema.ts';
import { stateOf, takeLane } from './state.ts';
import type { State } from './state.ts';

/** What was sent to the team stays before it: a place before that counts as the first after it. */
export function tryPlacing(
  plan: Plan,
  night: Night,
  placing: z.infer<typeof placeJobSchema>,
): MoveEffect {
  const model = modelOf(night);
  const state = stateOf(model, plan);
  const jobId = placing.jobId as JobId;
  const j = model.jobIndex.get(jobId);
  const t = model.teamIndex.get(placing.teamId);
  const nothing = { jobId, teamId: placing.teamId, deltaMinutes: 0, outsideDelta: 0, others: [] };
  if (j === undefined || t === undefined) return { ...nothing, breaks: [], possible: false };
  const before = arrivals(state);
  const { outside, unserved } = costOfState(state);
  const sentTo = model.sentTo[j]!;
  if (sentTo >= 0 && model.teams[sentTo]!.onScene && model.teams[sentTo]!.sent[0] === j)
    return { ...nothing, breaks: [{ code: 'keeps_its_job' }], possible: false };
  const away = withoutJob(state, j);
  const lane = away.state.lanes[t]!;
  const next = placing.beforeJobId && model.jobIndex.get(placing.beforeJobId);
  const at = typeof next === 'number' ? lane.seq.indexOf(next) : -1;
  const only = Math.max(lane.fixed, at < 0 ? lane.seq.length : at);
  const code = verdict(model, j, t, wantedSkills(model, j), -1);
  const weighed = weigh(away.state, j, t, code, only);
  const breaks = weighed.lane ? breaksOf(away, weighed) : whyNot(away, weighed, only);
  if (weighed.lane) {
    takeLane(away.state, weighed.lane);
    away.state.left.delete(j);
  }
  const after = arrivals(away.state);
  const cost = costOfState(away.state);
  away.restore();
  const known = before.get(j);
  return {
    ...nothing,
    deltaMinutes: known === undefined ? 0 : Math.round((after.get(j) ?? known) - known),
    outsideDelta: Math.round(cost.outside + cost.unserved - outside - unserved),
    others: othersOf(model, before, after, j),
    breaks,
    possible: weighed.lane !== null,
  };
}

function arrivals({ model, lanes }: State): Map<number, number> {
  const all = new Map<number, number>();
  for (const { seq, arrive } of lanes)
    seq.forEach((stop, k) => {
      if (stop < model.jobCount) all.set(stop, arrive[k]!);
    });
  return all;
}

function othersOf(
  { night }: Model,
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
  moved: number,
): MoveEffect['others'] {
  return [...before]
    .map(([j, was]) => ({ j, deltaMinutes: Math.round((after.get(j) ?? was) - was) }))
    .filter(({ j, deltaMinutes }) => j !== moved && deltaMinutes !== 0)
    .toSorted((a, b) => Math.abs(b.deltaMinutes) - Math.abs(a.deltaMinutes))
    .map(({ j, deltaMinutes }) => ({ jobId: night.jobs[j]!.id, deltaMinutes }));
}

function breaksOf({ state, j }: Without, { team, lane, arrive }: Weighed): Reason[] {
  const { model } = state;
  const late = arrive - model.deadline[j]!;
  const missing = missingItems(model, j, team);
  const jobId = model.night.jobs[j]!.id;
  return [
    ...(late >= 1 ? [{ code: 'late_for', jobId, minutes: Math.round(late) } as const] : []),
    ...lateOthers(model, state.lanes[team]!, lane!),
    ...(lane!.bed[lane!.seq.indexOf(j)] === withoutBed ? [noBed(model, j)] : []),
    ...(missing.length > 0 ? [{ code: 'no_items', items: missing } as const] : []),
  ];
}
