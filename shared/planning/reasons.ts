/** Why this team, why now, which house: of the stop as it is planned, the heaviest first. */
import { fits } from './abilities.ts';
import { missingItems, noBed, positionAge, triedAble } from './alternatives.ts';
import type { Weighed } from './alternatives.ts';
import type { Lane } from './lane.ts';
import { withoutBed } from './model.ts';
import type { Model } from './model.ts';
import type { NightTeam } from './night.ts';
import type { Reason } from './schema.ts';
import type { State } from './state.ts';

export interface Chosen {
  lane: Lane;
  /** which of its stops */
  k: number;
  /** minutes from now */
  arrive: number;
}

export function reasonsOf(
  state: State,
  j: number,
  chosen: Chosen,
  task: NightTeam['sent'][number] | null,
  weighed: readonly Weighed[],
): Reason[] {
  return [
    ...whyThisTeam(state.model, j, chosen, task, weighed),
    ...whyNow(state.model, j),
    ...whichHouse(state, j, chosen),
    ...whatToKnow(state.model, j, chosen),
  ];
}

function whyThisTeam(
  model: Model,
  j: number,
  { lane, k, arrive }: Chosen,
  task: NightTeam['sent'][number] | null,
  weighed: readonly Weighed[],
): Reason[] {
  const { night } = model;
  const job = night.jobs[j]!;
  const team = night.teams[lane.team]!;
  const minutes = Math.round(arrive);
  const reasons: Reason[] = [];
  if (task?.underway && !task.onScene) reasons.push({ code: 'on_its_way', minutes });
  else if (task) reasons.push({ code: 'keeps_its_job' });
  if (job.pinned?.teamId === team.id) reasons.push({ code: 'chosen_by_hand' });
  if (task) return reasons;
  const able = weighed.filter((other) => other.lane);
  // Only the nearest are tried: where these can't, somebody further could.
  const all = weighed.filter((other) => other.verdict === fits).length < triedAble;
  if (able.length === 0) reasons.push(...(all ? [{ code: 'only_one_able' } as const] : []));
  else if (able.every((other) => other.arrive >= arrive - 0.5))
    reasons.push({ code: 'soonest', minutes });
  else {
    const sooner = able.filter((other) => other.arrive < arrive);
    const costs = Math.min(...sooner.map(({ costsOthers }) => costsOthers));
    if (Math.round(costs) > 0) reasons.push({ code: 'frees_others', minutes: Math.round(costs) });
  }
  for (const skill of job.skills)
    if (team.skills.includes(skill)) reasons.push({ code: 'has_skill', skill });
  if (lane.bed[k]! >= 0) reasons.push({ code: 'has_seat', seats: team.seats });
  const items = Object.keys(job.items) as (keyof typeof job.items)[];
  const lacks = (t: number) => missingItems(model, j, t).length > 0;
  if (items.length > 0 && !lacks(lane.team) && able.some((other) => lacks(other.team)))
    reasons.push({ code: 'has_items', items });
  return reasons;
}

function whyNow({ night }: Model, j: number): Reason[] {
  const job = night.jobs[j]!;
  const waiting = Math.round((night.now - job.since) / 60_000);
  const reasons: Reason[] = [{ code: 'priority', score: job.score }];
  if (job.deadline !== null)
    reasons.push({ code: 'deadline', at: new Date(job.deadline).toISOString() });
  if (job.flags.length > 0) reasons.push({ code: 'flags', flags: job.flags });
  if (job.recheckId !== null)
    reasons.push({ code: 'recheck_due', at: new Date(job.notBefore).toISOString() });
  else if (waiting > 0) reasons.push({ code: 'waiting', minutes: waiting });
  if (job.feltCelsius !== null)
    reasons.push({ code: 'felt', celsius: Math.round(job.feltCelsius) });
  return reasons;
}

function whichHouse({ model, used }: State, j: number, { lane, k }: Chosen): Reason[] {
  const pool = lane.bed[k]!;
  if (pool === withoutBed) return [noBed(model, j)];
  if (pool < 0) return [];
  const stationId = model.night.stations[model.poolStation[pool]!]!.id;
  const held = model.heldPool[j] === pool || used[pool] === 0 ? 0 : model.places[j]!;
  // Free for it: what the rest of the plan leaves.
  const free = model.poolFree[pool]! - used[pool]! + held;
  return [{ code: 'bed_free', stationId, kind: model.poolKind[pool]!, free: Math.max(0, free) }];
}

/** What isn't as it should be, although the team goes. */
function whatToKnow(model: Model, j: number, { lane }: Chosen): Reason[] {
  const { unable } = model.night.teams[lane.team]!;
  const missing = missingItems(model, j, lane.team);
  const age = positionAge(model, lane.team);
  const lacking = model.night.jobs[j]!.skills.filter((skill) => !model.skillsOnDuty.has(skill));
  return [
    ...(unable ? [{ code: unable } as const] : []),
    ...lacking.map((skill) => ({ code: 'no_skill', skill }) as const),
    ...(missing.length > 0 ? [{ code: 'no_items', items: missing } as const] : []),
    ...(age === null ? [] : [{ code: 'position_old', minutes: age } as const]),
  ];
}
