import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { isHigher, isReal } from '../../shared/response/rules.ts';
import { declareNightSchema } from '../../shared/response/schema.ts';
import type {
  ActivationView,
  endNightSchema,
  ProposalView,
  readHistorySchema,
  ResponseRecord,
} from '../../shared/response/schema.ts';
import type { ResponseSettings } from '../../shared/response/settings.ts';
import { recordAudit } from '../accounts/audit.ts';
import { changeResponse } from '../cities/actions.ts';
import { readConfiguration } from '../cities/queries.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { prepareShelters, releaseShelters } from '../stations/shelters.ts';
import { publishAgain } from './cap-publish.ts';
import { dismissWhatIsAsked, judgeCity } from './judging.ts';
import { announce, beginNight, endNightInForce } from './night.ts';
import { closeOpenProposal, findProposal, readOpenProposal } from './proposal-queries.ts';
import { readActivationInForce, upsertEffects } from './queries.ts';
import { insertRecord, readRecords } from './record-queries.ts';

/**
 * Declares a cold night. While one is in force it is a change of it: the old record ends and the new one begins in the
 * same transaction, so that there is never a moment without a level. The same words again (a second click) change
 * nothing. A proposal that no longer stands is no obstacle: what a person declares counts.
 * @throws AppError drill_over_night, invalid_input, night_changed
 */
export function declareNight(
  db: Database,
  { cityId, userId }: Session,
  draft: z.input<typeof declareNightSchema>,
): Promise<ActivationView> {
  const told = declareNightSchema.parse(draft);
  return changeCity(db, cityId, async (change) => {
    const named =
      told.proposalId === null || told.drill
        ? null
        : await findProposal(change.tx, cityId, told.proposalId);
    const follows = named?.kind === 'end' ? null : named;
    const before = await readActivationInForce(change.tx, cityId);
    const night = await beginNight(
      change,
      { ...told, proposalId: follows?.id ?? null },
      {
        by: userId,
        // Another level than the proposed one is the person's own decision.
        reasons:
          follows === null || follows.level !== told.level
            ? [{ code: 'by_hand' }]
            : follows.reasons,
        proposalId: follows?.id ?? null,
        seenId: told.activationId,
      },
    );
    if (follows === null && isReal(before) && isHigher(before.level, night.level))
      await dismissWhatIsAsked(change, userId);
    return night;
  });
}

/**
 * An open proposal to end it is followed, whether it is named or not.
 * @throws AppError no_night_declared, night_changed
 */
export function endNight(
  db: Database,
  { cityId, userId }: Session,
  named?: z.infer<typeof endNightSchema>,
): Promise<ActivationView> {
  return changeCity(db, cityId, async (change) => {
    const id = named?.proposalId ?? null;
    const follows =
      id === null
        ? await readOpenProposal(change.tx, cityId)
        : await findProposal(change.tx, cityId, id);
    const followed = follows?.kind === 'end' ? follows : null;
    const ended = await endNightInForce(change, {
      by: userId,
      reasons: followed?.reasons ?? [{ code: 'by_hand' }],
      proposalId: followed?.id ?? null,
      seenId: named?.activationId,
    });
    if (followed === null && !ended.drill) await dismissWhatIsAsked(change, userId);
    return ended;
  });
}

/** Not made again for this night unless it gets worse. @throws AppError proposal_over, not_found */
export function dismissProposal(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<ProposalView> {
  return changeCity(db, cityId, async (change) => {
    const { tx, now: at } = change;
    const named = await findProposal(tx, cityId, id);
    if (named === null) throw new AppError('not_found', { field: 'id' });
    if (named.state !== 'open') throw new AppError('proposal_over');
    const dismissed = (await closeOpenProposal(tx, cityId, {
      state: 'dismissed',
      by: userId,
      at,
    }))!;
    change.emit({ kind: 'proposal.changed', proposal: dismissed }, 'staff');
    const inForce = await readActivationInForce(tx, cityId);
    const { level, reasons, temperatureCelsius, windKmh, feltCelsius, untilAt } = dismissed;
    await insertRecord(tx, cityId, {
      step: 'dismissed',
      at,
      by: userId,
      activationId: inForce?.id ?? null,
      proposalId: id,
      level,
      fromLevel: inForce?.level ?? null,
      drill: false,
      temperatureCelsius,
      windKmh,
      feltCelsius,
      untilAt,
      reasons,
      note: '',
    });
    const details = { proposed: named.kind, level };
    const action = 'response.dismissed';
    await recordAudit(tx, { cityId, userId, action, subject: id, details });
    return dismissed;
  });
}

const historyPage = 100;

/** The newest first, 100 at a time. */
export const readHistory = (
  db: Database,
  { cityId }: Session,
  { before }: z.infer<typeof readHistorySchema>,
): Promise<ResponseRecord[]> => readRecords(db.sql, cityId, before, historyPage);

export async function readSettings(db: Database, { cityId }: Session): Promise<ResponseSettings> {
  const configuration = await readConfiguration(db.sql, cityId);
  if (!configuration) throw new AppError('not_found', { field: 'cityId' });
  return configuration.response;
}

/** What the level in force changes counts from this moment on; the rules are asked at once. */
export async function saveSettings(
  db: Database,
  { cityId, userId }: Session,
  wanted: ResponseSettings,
): Promise<ResponseSettings> {
  await changeCity(db, cityId, async (change) => {
    const before = await changeResponse(change, wanted);
    const said = (value: unknown) => JSON.stringify(value);
    const keys = Object.keys(wanted) as (keyof ResponseSettings)[];
    const changed = keys.filter((key) => said(before[key]) !== said(wanted[key]));
    if (changed.length === 0) return;
    const details = { parts: changed.join() };
    const action = 'response.settingsChanged';
    await recordAudit(change.tx, { cityId, userId, action, details });
    await applyEffects(change, wanted.effects, userId);
  });
  await judgeCity(db, cityId);
  return wanted;
}

async function applyEffects(
  change: CityChange,
  byLevel: ResponseSettings['effects'],
  by: string,
): Promise<void> {
  const { tx, cityId, now: at } = change;
  const night = await readActivationInForce(tx, cityId);
  if (night === null) return;
  const effects = byLevel[night.level];
  const before = night.effects;
  const isSame = (Object.keys(effects) as (keyof typeof effects)[]).every(
    (key) => JSON.stringify(before?.[key]) === JSON.stringify(effects[key]),
  );
  if (isSame) return;
  await upsertEffects(tx, cityId, { activationId: night.id, at, effects });
  const after = { ...night, effects };
  announce(change, after);
  if (!night.drill) {
    await releaseShelters(change, effects.shelterIds);
    await prepareShelters(change, effects.shelterIds, { by, level: night.level });
  }
  if (before?.publicZh !== effects.publicZh || before.publicEn !== effects.publicEn)
    await publishAgain(change, after, 'changed');
}
