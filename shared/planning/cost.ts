/** The parts of what a plan costs; the formula is in docs/planning.md. */
import { modelOf } from './model.ts';
import type { Night } from './night.ts';
import type { Plan } from './plan.ts';
import type { PlanCost } from './schema.ts';
import { stateOf } from './state.ts';
import type { State } from './state.ts';

/** What the plan costs on this night, in its parts. */
export function costOf(plan: Plan, night: Night): PlanCost {
  return costOfState(stateOf(modelOf(night), plan));
}

export function costOfState({ model, lanes, left, cost }: State): PlanCost {
  const { settings, jobs } = model.night;
  const parts: PlanCost = {
    outside: 0,
    late: 0,
    unserved: 0,
    travelMinutes: 0,
    unevenness: 0,
    total: cost,
  };
  for (const { seq, outside, late, lacking, short, travel, work } of lanes) {
    const n = seq.length;
    parts.outside += outside[n]!;
    parts.late += late[n]!;
    parts.unserved += lacking[n]! + short;
    parts.travelMinutes += travel[n]!;
    parts.unevenness += (work[n]! * work[n]!) / 1000;
  }
  for (const j of left) {
    const ofWeight = settings.unserved * jobs[j]!.weight;
    parts.unserved += ofWeight;
    parts.late += model.unservedCost[j]! - ofWeight;
  }
  if (settings.late > 0) parts.late /= settings.late;
  return parts;
}
