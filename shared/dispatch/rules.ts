/** What the field's rules say of a dispatch and of the people met on it; the sources are named at each. */
import type { VulnerableFlag } from '../sightings/schema.ts';
import { isReal } from '../response/rules.ts';
import type { ActivationView } from '../response/schema.ts';
import type { CitySettings } from '../cities/schema.ts';
import type { DispatchState, Outcome } from './schema.ts';

/** The same edges as the table `dispatch_edges`, which is what holds when both disagree. */
const nextStates: Record<DispatchState, readonly DispatchState[]> = {
  offered: ['accepted', 'declined', 'cancelled'],
  accepted: ['en_route', 'declined', 'cancelled'],
  en_route: ['on_scene', 'cancelled'],
  on_scene: ['closed'],
  closed: [],
  declined: [],
  cancelled: [],
};
export const mayGo = (from: DispatchState, to: DispatchState): boolean =>
  nextStates[from].includes(to);

/** The road of a visit that goes through. */
const road = ['offered', 'accepted', 'en_route', 'on_scene', 'closed'] as const;
export type StepTo = Exclude<DispatchState, 'offered'>;

/**
 * What a step comes to, told from where the dispatch stands when it is heard of: `take` the steps in between and
 * itself, in order; `overtaken`: it, or one further along the same road, was taken already; `gone`: the dispatch
 * went another way.
 */
export type StepVerdict =
  | { kind: 'take'; steps: readonly StepTo[] }
  | { kind: 'overtaken' }
  | { kind: 'gone' };
export function judgeStep(from: DispatchState, to: StepTo): StepVerdict {
  if (mayGo(from, to)) return { kind: 'take', steps: [to] };
  // Who says no to what was called off has nothing to add.
  if (from === to || (from === 'cancelled' && to === 'declined')) return { kind: 'overtaken' };
  const reached = road.findIndex((state) => state === from);
  const wanted = road.findIndex((state) => state === to);
  if (reached < 0 || wanted < 0) return { kind: 'gone' };
  if (reached > wanted) return { kind: 'overtaken' };
  return { kind: 'take', steps: road.slice(reached + 1, wanted + 1) as StepTo[] };
}

/** Offered to closed: the team is bound to it. */
export const isActive = (state: DispatchState): boolean => nextStates[state].length > 0;

/** People who must be escorted, not only told (Measures on aid to vagrants and beggars without means). */
const escortedFlags: readonly VulnerableFlag[] = [
  'minor',
  'elderly',
  'disabled',
  'limited_mobility',
  'pregnant',
];
export const mustBeEscorted = (flags: readonly VulnerableFlag[]): boolean =>
  flags.some((flag) => escortedFlags.includes(flag));

/** Treated first, aided after (先救治后救助): sudden illness, visible injury, suspected mental disorder. */
const hospitalFirstFlags: readonly VulnerableFlag[] = [
  'ill',
  'injured',
  'mental_disorder',
  'unresponsive',
];
export const hospitalFirst = (flags: readonly VulnerableFlag[]): boolean =>
  flags.some((flag) => hospitalFirstFlags.includes(flag));

/** Who stayed outside is owed another visit. */
export const owesRecheck = (outcome: Outcome): boolean =>
  outcome === 'refused' || outcome === 'aided_on_street';

/** Nobody was met. */
export const metNobody = (outcome: Outcome): boolean =>
  outcome === 'not_found' || outcome === 'already_left';

/** What stays true of a person from one night to the next, so that a recheck doesn't lose it. */
const lastingFlags: readonly VulnerableFlag[] = [
  'minor',
  'elderly',
  'disabled',
  'limited_mobility',
  'pregnant',
  'mental_disorder',
  'with_infant',
];
/** Flags of a person met again: those seen now, and of the earlier ones those that last. */
export function mergeFlags(
  now: readonly VulnerableFlag[],
  before: readonly VulnerableFlag[],
): VulnerableFlag[] {
  return [...new Set([...now, ...before.filter((flag) => lastingFlags.includes(flag))])];
}

/**
 * Hours until the next visit: what the night in force says, else the city's own, halved for anyone with a vulnerable
 * flag. A drill changes nothing for people outside.
 */
export function recheckHoursFor(
  hours: CitySettings['recheckHours'],
  night: ActivationView | null,
  flags: readonly VulnerableFlag[],
): number {
  const atLevel = isReal(night) ? night.effects?.recheckHours : undefined;
  const whole = atLevel ?? hours.normal;
  return flags.length > 0 ? whole / 2 : whole;
}

/** Counted from the meeting itself: an encounter that was sent late doesn't push the visit back. */
export function recheckDueAt(metAt: string, hours: number): string {
  return new Date(Date.parse(metAt) + hours * 3_600_000).toISOString();
}

/**
 * What the team found, over all its encounters on one dispatch: once somebody was met, the reports
 * before its arrival are attended to; only when every encounter is "not found" do they stay live.
 */
export const leavesPlaceLive = (outcomes: readonly Outcome[]): boolean =>
  outcomes.every((outcome) => outcome === 'not_found');
