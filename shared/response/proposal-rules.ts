/** Which proposals are made, which are let stand, and what is done without asking: no I/O, no clock. */
import { isHigher } from './rules.ts';
import type { ProposalKind, ProposalView, ResponseLevel, RuleReason } from './schema.ts';
import type { ResponseSettings } from './settings.ts';

const hourMs = 3_600_000;
/** So much colder is worse, though the level is the same *(ours)*. */
const worseCelsius = 3;
/** So much is another forecast: less isn't worth another proposal *(ours)*. */
const otherCelsius = 2;
const otherMs = 6 * hourMs;

/** What the rules would have done now. */
export type Wanted = Pick<
  ProposalView,
  | 'kind'
  | 'level'
  | 'reasons'
  | 'fromAt'
  | 'untilAt'
  | 'temperatureCelsius'
  | 'windKmh'
  | 'feltCelsius'
  | 'hoursMissing'
> & {
  /** see nightOf */
  night: string;
  /** made of what is older than it should be */
  stale: boolean;
};

/** The night a moment belongs to, from noon to noon: the local day of the noon before, as YYYY-MM-DD. */
export function nightOf(at: string, timeZone: string): string {
  const two = '2-digit' as const;
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: two, day: two });
  return day.format(Date.parse(at) - 12 * hourMs);
}

/** It asks for more than there is. */
export const isMore = (kind: ProposalKind): boolean => kind === 'declare' || kind === 'raise';

/** What a reason is about, without the numbers that move with every forecast. */
function shapeOf(reason: RuleReason): string {
  switch (reason.code) {
    case 'cold_wave':
      return `${reason.code} ${reason.windowHours}`;
    case 'felt_below':
    case 'air_below':
      return `${reason.code} ${reason.celsius}`;
    case 'warning':
      return `${reason.code} ${reason.severity} ${reason.event}`;
    default:
      return reason.code;
  }
}

/** The open one still says it: whoever reads it is told nothing wrong. */
export function stillSays(open: Wanted, wanted: Wanted): boolean {
  if (open.kind !== wanted.kind || open.level !== wanted.level || open.stale !== wanted.stale)
    return false;
  if (!isMore(wanted.kind)) return true;
  const known = new Set(open.reasons.map(shapeOf));
  const apart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b));
  return (
    open.night === wanted.night &&
    wanted.reasons.every((reason) => known.has(shapeOf(reason))) &&
    (open.feltCelsius === null) === (wanted.feltCelsius === null) &&
    Math.abs((open.feltCelsius ?? 0) - (wanted.feltCelsius ?? 0)) < otherCelsius &&
    apart(open.untilAt, wanted.untilAt) < otherMs
  );
}

/**
 * What is asked for by an open proposal isn't taken back, or made less, because hours are missing: only because they
 * are known to be milder.
 */
export function standsInTheGap(
  open: Wanted,
  wanted: Wanted | null,
  { blind, now }: { blind: boolean; now: string },
): boolean {
  if (!blind || !isMore(open.kind) || open.untilAt <= now) return false;
  return wanted === null || !isMore(wanted.kind) || isHigher(open.level!, wanted.level!);
}

/** Something that a person decided against in the same night. */
export interface DecidedAgainst {
  level: ResponseLevel | null;
  feltCelsius: number | null;
}

/** Somebody said no to this already, and it has become no worse since. */
export const isDecidedAgainst = (wanted: Wanted, decided: readonly DecidedAgainst[]): boolean =>
  decided.some((one) => !isWorse(wanted, one));

function isWorse(wanted: Wanted, than: DecidedAgainst): boolean {
  if (wanted.level === null || than.level === null) return wanted.level !== than.level;
  if (!isMore(wanted.kind)) return wanted.level !== than.level;
  if (isHigher(wanted.level, than.level)) return true;
  if (wanted.feltCelsius === null || than.feltCelsius === null) return false;
  return wanted.feltCelsius <= than.feltCelsius - worseCelsius;
}

export interface Standing {
  automatic: ResponseSettings['automatic'];
  /** what a person declared that the night stands on; until when null = for as long as it lasts */
  floor: { level: ResponseLevel; untilAt: string | null } | null;
  /** a person decided against the rules in this night: then people decide */
  overruled: boolean;
  now: string;
}

/** Whether it is done without asking. Never below what a person declared before its time, never from old weather. */
export function goesByItself(wanted: Wanted, standing: Standing): boolean {
  const { automatic, floor, overruled, now } = standing;
  if (automatic === 'off' || wanted.stale || overruled) return false;
  if (isMore(wanted.kind)) return wanted.temperatureCelsius !== null;
  if (automatic !== 'all' || wanted.hoursMissing > 0) return false;
  const holds = floor !== null && (floor.untilAt === null || floor.untilAt > now);
  return !holds || (wanted.level !== null && !isHigher(floor.level, wanted.level));
}
