/** A cold night begins, changes and ends: the one way to it for people and for rules, with all that goes with it. */
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../../shared/errors.ts';
import { isHigher, isReal, saysTheSame } from '../../shared/response/rules.ts';
import type {
  ActivationView,
  NightDraft,
  ResponseStep,
  RuleReason,
} from '../../shared/response/schema.ts';
import { feltTemperature } from '../../shared/weather/wind-chill.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { prepareShelters, releaseShelters } from '../stations/shelters.ts';
import { publishAlert, publishCancel } from './cap-publish.ts';
import { closeOpenProposal, readOpenProposal } from './proposal-queries.ts';
import { endActivationInForce, insertActivation, readWithFloor } from './queries.ts';
import type { Activation, Floor } from './queries.ts';
import { insertRecord } from './record-queries.ts';

export interface Decision {
  /** null: a rule that the city has switched on */
  by: string | null;
  reasons: RuleReason[];
  /** that was followed */
  proposalId: string | null;
  /** what the rules took into account, where it is theirs; else it follows from the numbers */
  feltCelsius?: number;
  /** the night that was in force on the screen of who decided; null: none, absent: not said */
  seenId?: string | null | undefined;
}

/** What somebody decided about one night is no decision about another. */
function assertSeen(before: ActivationView | null, { seenId }: Decision): void {
  if (seenId !== undefined && seenId !== (before?.id ?? null)) throw new AppError('night_changed');
}

/** A drill is the staff's; a night is everybody's. */
export const announce = (change: CityChange, activation: ActivationView): void =>
  change.emit({ kind: 'activation.changed', activation }, activation.drill ? 'staff' : 'public');

/**
 * Declares a night, or changes the one in force: the old record ends and the new one begins at the same moment. The
 * same words again change nothing.
 * @throws AppError drill_over_night, night_changed; invalid_input for a night that would be over already
 */
export async function beginNight(
  change: CityChange,
  night: NightDraft,
  decision: Decision,
): Promise<ActivationView> {
  const { tx, cityId, now, settings } = change;
  const before = await readWithFloor(tx, cityId);
  if (night.drill && isReal(before)) throw new AppError('drill_over_night');
  if (night.untilAt !== null && night.untilAt <= now)
    throw new AppError('invalid_input', { field: 'untilAt' });
  if (before && saysTheSame(before, night)) return before;
  assertSeen(before, decision);
  // A drill isn't raised to a night: it ends, and the night is declared.
  const changes = before !== null && before.drill === night.drill;
  if (before !== null && !changes) await endNight(change, before, { ...decision, reasons: [] });
  if (changes) announce(change, (await endActivationInForce(tx, cityId, decision.by, now))!);
  const effects = settings.response.effects[night.level];
  const declared = await insertActivation(tx, cityId, {
    ...night,
    id: uuidv7(),
    feltCelsius: decision.feltCelsius ?? feltTemperature(night.temperatureCelsius, night.windKmh),
    reasons: decision.reasons,
    by: decision.by,
    at: now,
    floor: floorOf(night, decision, before, now),
    effects,
  });
  announce(change, declared);
  const step = changes ? stepBetween(before, declared) : 'declared';
  await note(change, declared, { step, from: changes ? before : null, decision });
  if (!declared.drill) {
    await settleProposal(change, decision);
    await releaseShelters(change, effects.shelterIds);
    await prepareShelters(change, effects.shelterIds, { by: decision.by, level: declared.level });
  }
  await publishAlert(change, declared, changes ? before : null);
  return declared;
}

const stepBetween = (before: ActivationView, after: ActivationView): ResponseStep => {
  if (isHigher(after.level, before.level)) return 'raised';
  return isHigher(before.level, after.level) ? 'lowered' : 'changed';
};

/** What no rule may go below: a person's own declaration, also under what a rule has raised since. */
function floorOf(
  night: NightDraft,
  { by }: Decision,
  before: Activation | null,
  now: string,
): Floor | null {
  if (night.drill) return null;
  if (by !== null) return { level: night.level, untilAt: night.untilAt };
  if (!isReal(before) || before.floorLevel === null) return null;
  const isOver = before.floorUntil !== null && before.floorUntil <= now;
  return isOver ? null : { level: before.floorLevel, untilAt: before.floorUntil };
}

/** @throws AppError no_night_declared, night_changed */
export async function endNightInForce(
  change: CityChange,
  decision: Decision,
): Promise<ActivationView> {
  const before = await readWithFloor(change.tx, change.cityId);
  if (before === null) throw new AppError('no_night_declared');
  assertSeen(before, decision);
  const ended = await endNight(change, before, decision);
  if (!ended.drill) await settleProposal(change, decision);
  return ended;
}

async function endNight(
  change: CityChange,
  before: ActivationView,
  decision: Decision,
): Promise<ActivationView> {
  const { tx, cityId, now } = change;
  const ended = (await endActivationInForce(tx, cityId, decision.by, now))!;
  announce(change, ended);
  const followed = ended.drill ? null : decision.proposalId;
  await note(change, ended, {
    step: 'ended',
    from: before,
    decision: { ...decision, proposalId: followed },
  });
  if (!ended.drill) await releaseShelters(change, []);
  await publishCancel(change, ended);
  return ended;
}

/** One row of the record, and one of the audit. */
async function note(
  { tx, cityId, now: at }: CityChange,
  activation: ActivationView,
  said: { step: ResponseStep; from: ActivationView | null; decision: Decision },
): Promise<void> {
  const { step, from, decision } = said;
  const { level, drill, temperatureCelsius, windKmh, feltCelsius, untilAt } = activation;
  const { by, reasons, proposalId } = decision;
  await insertRecord(tx, cityId, {
    step,
    at,
    by,
    activationId: activation.id,
    proposalId,
    level,
    fromLevel: from?.level ?? null,
    drill,
    temperatureCelsius,
    windKmh,
    feltCelsius,
    untilAt,
    reasons,
    note: step === 'ended' ? '' : activation.note,
  });
  const details = {
    level,
    ...(from !== null && from.level !== level && { from: from.level }),
    ...(drill && { drill }),
    ...(by === null && { byRule: true }),
  };
  const subject = activation.id;
  await recordAudit(tx, { cityId, userId: by, action: `response.${step}`, subject, details });
}

/** Somebody decided: what was proposed is followed, or no longer asked. */
async function settleProposal(change: CityChange, { by, proposalId }: Decision): Promise<void> {
  const { tx, cityId, now: at } = change;
  const open = await readOpenProposal(tx, cityId);
  if (open === null) return;
  const followed = open.id === proposalId;
  const closed = await closeOpenProposal(tx, cityId, {
    state: followed ? 'accepted' : 'withdrawn',
    by: followed ? by : null,
    at,
  });
  change.emit({ kind: 'proposal.changed', proposal: closed! }, 'staff');
}
