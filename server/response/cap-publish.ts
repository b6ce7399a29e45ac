/** Tells of a night as an alert, in the transaction that declares, changes or ends it. */
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../../shared/errors.ts';
import { isHigher } from '../../shared/response/rules.ts';
import type { ActivationView } from '../../shared/response/schema.ts';
import { findCity } from '../cities/queries.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { writeMessage } from './cap-message.ts';
import { findExpiring, insertMessage, readAlert, readRings } from './cap-queries.ts';
import { expiresAt, renewAheadMinutes } from './cap-times.ts';
import type { AlertKind } from './cap-words.ts';
import { findProposal } from './proposal-queries.ts';
import { readActivationInForce } from './queries.ts';

const hourMs = 3_600_000;
/** What is said of an end holds for so long. */
const endHoldsMs = hourMs;

/** @param before the night that this one is a change of; null = it is declared anew */
export function publishAlert(
  change: CityChange,
  activation: ActivationView,
  before: ActivationView | null,
): Promise<void> {
  if (before === null) return publish(change, activation, 'declared', activation.id);
  const raised = isHigher(activation.level, before.level);
  const lowered = isHigher(before.level, activation.level);
  return publish(
    change,
    activation,
    raised ? 'raised' : lowered ? 'lowered' : 'changed',
    before.id,
  );
}

/** What the public is told has changed, or the alert would expire though the night goes on. */
export const publishAgain = (
  change: CityChange,
  activation: ActivationView,
  kind: 'changed' | 'renewed',
): Promise<void> => publish(change, activation, kind, activation.id);

export const publishCancel = (change: CityChange, ended: ActivationView): Promise<void> =>
  publish(change, ended, 'ended', ended.id);

/** @param toldIn the activation whose alert this goes on with */
async function publish(
  change: CityChange,
  activation: ActivationView,
  kind: AlertKind,
  toldIn: string,
): Promise<void> {
  const { tx, cityId, now, settings, timeZone } = change;
  const earlier = await readAlert(tx, cityId, toldIn);
  // Of what was never told there is nothing to take back.
  if (kind === 'ended' && earlier.length === 0) return;
  const city = await findCity(tx, cityId);
  if (!city) throw new AppError('not_found', { field: 'cityId' });
  const { rules, capSender, webAddress } = settings.response;
  const planned = await onsetOf(change, activation);
  // What is called off doesn't begin any more.
  const onsetAt = kind === 'ended' && planned > now ? now : planned;
  const expires =
    kind === 'ended'
      ? new Date(Date.parse(now) + endHoldsMs).toISOString()
      : expiresAt(
          { now, onsetAt, untilAt: activation.untilAt },
          { toHour: rules.night.toHour, timeZone },
        );
  const identifier = `nuanxun-${cityId}-${uuidv7()}`;
  const { level, drill, temperatureCelsius, windKmh, feltCelsius, untilAt, effects } = activation;
  const written = writeMessage({
    identifier,
    sender: capSender === '' ? `nuanxun-${cityId}` : capSender,
    sentAt: now,
    onsetAt,
    expiresAt: expires,
    references: earlier,
    rings: await readRings(tx, cityId),
    web: webAddress,
    cityZh: city.nameZh,
    cityEn: city.nameEn,
    hotline: city.hotline,
    timeZone,
    level,
    kind: kind === 'renewed' && earlier.length === 0 ? 'declared' : kind,
    drill,
    temperatureCelsius,
    windKmh,
    feltCelsius,
    untilAt,
    publicZh: effects?.publicZh ?? '',
    publicEn: effects?.publicEn ?? '',
  });
  await insertMessage(tx, cityId, {
    ...written,
    identifier,
    alertId: earlier[0]?.alertId ?? activation.id,
    activationId: activation.id,
    place: earlier.length + 1,
    sentAt: now,
    expiresAt: expires,
  });
}

/** When it begins to be cold: as the followed proposal said, else from the declaration on. */
async function onsetOf({ tx, cityId }: CityChange, activation: ActivationView): Promise<string> {
  const { proposalId, declaredAt } = activation;
  const proposal = proposalId === null ? null : await findProposal(tx, cityId, proposalId);
  return proposal !== null && proposal.fromAt > declaredAt ? proposal.fromAt : declaredAt;
}

/** An alert that would expire while its night goes on is told once more. */
export function renewAlert(db: Database, cityId: string): Promise<void> {
  return changeCity(db, cityId, async (change) => {
    const due = await findExpiring(change.tx, cityId, renewAheadMinutes);
    const night = due.length === 0 ? null : await readActivationInForce(change.tx, cityId);
    if (night !== null) await publishAgain(change, night, 'renewed');
  });
}
