/** What the rules ask the duty officer to do next, from what is in force and what the hours say. Pure. */
import { hourMs } from './judged-hours.ts';
import { higherOf } from './judge.ts';
import type { Judgement } from './judge.ts';
import type { ResponseLevel } from './levels.ts';
import { isHigher } from './rules.ts';
import type { ActivationView, ProposalKind, RuleReason } from './schema.ts';

export interface NextStep {
  kind: ProposalKind | 'nothing';
  /** that will then be in force; null: none */
  level: ResponseLevel | null;
  /** why; of 'nothing': why what is in force stays, empty where nothing is to be said */
  reasons: RuleReason[];
  /** what is in force is what a person chose against the rules or without them: never undone by itself */
  againstHand: boolean;
}

/** A level isn't lowered sooner than this after it was declared: forecasts come and go (ours). */
const steadyHours = 3;
/** What a person declared without an end is theirs for a day and a night (ours). */
const ownHours = 24;

/** A person declared this without the rules, or otherwise than they proposed. */
const isByHand = ({ byRule, proposalId, reasons }: ActivationView): boolean =>
  !byRule && (proposalId === null || reasons.some(({ code }) => code === 'by_hand'));

/**
 * Raising follows the judgement at once. Lowering or ending waits until the whole stretch (the night's own hours and
 * the calm hours ahead) is told and mild: a missing hour counts as one that could be as bad as any. A drill is no night
 * in force.
 */
export function nextStep(
  inForce: ActivationView | null,
  judgement: Judgement,
  nowAt: string,
): NextStep {
  const { level, reasons, calm } = judgement;
  if (inForce === null || inForce.drill) {
    if (level !== null) return { kind: 'declare', level, reasons, againstHand: false };
    return { kind: 'nothing', level: null, reasons: [], againstHand: false };
  }
  const againstHand = isByHand(inForce);
  const stay = (why: RuleReason[]): NextStep => ({
    kind: 'nothing',
    level: inForce.level,
    reasons: why,
    againstHand,
  });
  if (level !== null && isHigher(level, inForce.level))
    return { kind: 'raise', level, reasons, againstHand };
  if (level === inForce.level) return stay(reasons);
  const held = higherOf(level, calm.heldBy);
  if (!falls(inForce.level, held)) return stay(calm.heldReasons);
  const kept = higherOf(held, calm.notRuledOut);
  const { hoursMissing, hoursAsked } = calm;
  const untold: RuleReason[] = [{ code: 'hours_missing', hoursMissing, hoursAsked }];
  if (!falls(inForce.level, kept)) return stay(untold);
  const now = Date.parse(nowAt);
  const declared = Date.parse(inForce.declaredAt);
  const until =
    inForce.untilAt === null ? declared + ownHours * hourMs : Date.parse(inForce.untilAt);
  if (againstHand && now < until) return stay([{ code: 'by_hand' }]);
  if (now < declared + steadyHours * hourMs) return stay([]);
  const milder: RuleReason = { code: 'milder', hoursKnown: calm.hoursKnown };
  if (kept === null) return { kind: 'end', level: null, reasons: [milder], againstHand };
  const why = kept !== held ? untold : kept === level ? reasons : calm.heldReasons;
  return { kind: 'lower', level: kept, reasons: [milder, ...why], againstHand };
}

const falls = (from: ResponseLevel, to: ResponseLevel | null): boolean =>
  to === null || isHigher(from, to);
