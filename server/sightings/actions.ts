import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { LateOutcome } from '../../shared/field/late.ts';
import { toWgs84 } from '../../shared/geo/coordinates.ts';
import {
  faultsError,
  findFaults,
  outsideCity,
  reporterKindOf,
} from '../../shared/sightings/rules.ts';
import type {
  closeSightingSchema,
  markDuplicateSchema,
  SightingDetail,
  SightingDraft,
  SightingEdit,
  SightingHistoryEntry,
} from '../../shared/sightings/schema.ts';
import { regroupAround, retire } from '../clusters/actions.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { cellOf } from '../zones/actions.ts';
import { limitCorrections, limitDevice } from './device-limit.ts';
import { contentOf, report } from './intake.ts';
import type { ReportAnswer } from './intake.ts';
import {
  findSighting,
  findSightingDetail,
  isInsideCity,
  progressEvent,
  readOwnReportsById,
  readSightingHistory,
  recordSightingRead,
} from './queries.ts';
import type { SightingFacts } from './queries.ts';
import { isEditedByOthersSince, readSightingContent, updateSightingContent } from './records.ts';
import type { SightingContent } from './records.ts';

export { limitCorrections };

interface Ref {
  id: string;
}

/** A report by somebody signed in; see `intake.ts` and `device-limit.ts`. */
export async function reportSighting(
  db: Database,
  session: Session,
  draft: SightingDraft,
): Promise<ReportAnswer> {
  await limitDevice(db.sql, session, draft.id);
  return report(db, session.cityId, draft, {
    kind: reporterKindOf(session.role, session.reporterKind),
    userId: session.userId,
    deviceId: null,
    trackingCode: null,
  });
}

/** The whole of one, free text and contact included; that it was read is kept. @throws AppError not_found */
export async function readSighting(
  db: Database,
  { cityId, userId }: Session,
  { id }: Ref,
): Promise<SightingDetail> {
  const detail = await findSightingDetail(db.sql, cityId, id);
  if (!detail) throw new AppError('not_found', { field: 'id' });
  await recordSightingRead(db.sql, cityId, userId, id);
  return detail;
}

/** What changed of it, by whom: texts and contacts of before among it, so that it was read is kept too. */
export async function readHistory(
  db: Database,
  { cityId, userId }: Session,
  { id }: Ref,
): Promise<SightingHistoryEntry[]> {
  const history = await readSightingHistory(db.sql, cityId, id);
  if (history.length > 0) await recordSightingRead(db.sql, cityId, userId, id);
  return history;
}

/**
 * Replaces what was reported; the position may move, and the groups follow.
 * @throws AppError every fault of the input; sighting_changed when it was edited since; sighting_not_live; not_allowed
 */
export async function editSighting(
  db: Database,
  session: Session,
  edit: SightingEdit,
): Promise<SightingDetail> {
  await limitCorrections(db.sql, session);
  return changeCity(db, session.cityId, async (change) => {
    const facts = await requireLive(change, session, edit.id);
    const correction = await compare(change, edit);
    const resent = facts.version === edit.version + 1 && isNothing(correction);
    if (facts.version !== edit.version && !resent) throw new AppError('sighting_changed');
    if (!resent) await correct(change, session, facts, correction);
    const detail = (await findSightingDetail(change.tx, session.cityId, facts.id))!;
    return session.role === 'reporter' ? { ...detail, reporterName: null } : detail;
  });
}

/**
 * An edit that a device tells of later. Made from an older version it counts as long as nobody else has edited the
 * content since: own edits made one after another without a network, and the desk's grouping, don't stand in its
 * way. See docs/late-actions.md.
 * @throws AppError every fault of the input; sighting_changed when somebody else edited it since; not_allowed
 */
export async function editLate(
  change: CityChange,
  session: Session,
  edit: SightingEdit,
): Promise<{ outcome: LateOutcome; version: number }> {
  const facts = await requireOwn(change, session, edit.id);
  const { version } = facts;
  if (facts.state !== 'live') return { outcome: endedMeanwhile(facts, { edit }), version };
  const correction = await compare(change, edit);
  if (isNothing(correction)) return { outcome: { result: 'overtaken' }, version };
  const others = { id: facts.id, version: edit.version, userId: session.userId };
  if (await isEditedByOthersSince(change.tx, change.cityId, others))
    throw new AppError('sighting_changed');
  await correct(change, session, facts, correction);
  return { outcome: { result: 'applied' }, version: version + 1 };
}

/** What was said wrongly or by mistake is taken back. Again: the same answer. */
export async function withdrawSighting(db: Database, session: Session, { id }: Ref): Promise<void> {
  await limitCorrections(db.sql, session);
  return changeCity(db, session.cityId, async (change) => {
    const { result } = await withdrawLate(change, session, { id });
    if (result === 'conflict') throw new AppError('sighting_not_live', { field: 'id' });
  });
}

/** The same for a device that tells of it later: one that ended otherwise meanwhile is a conflict. */
export async function withdrawLate(
  change: CityChange,
  session: Session,
  { id }: Ref,
): Promise<LateOutcome> {
  const facts = await requireOwn(change, session, id);
  if (facts.state === 'withdrawn') return { result: 'overtaken' };
  if (facts.state !== 'live') return endedMeanwhile(facts, {});
  await retire(change, [id], {
    state: 'withdrawn',
    closing: null,
    duplicateOf: null,
    progress: 'closed',
    change: 'withdrawn',
    userId: session.userId,
  });
  return { result: 'applied' };
}

/** What the device meant to change is kept for the desk. */
const endedMeanwhile = (
  { id, clusterId, state }: SightingFacts,
  held: Record<string, unknown>,
): LateOutcome => ({
  result: 'conflict',
  conflict: { kind: 'sighting_ended', sightingId: id, clusterId, details: { state, ...held } },
});

interface Correction {
  draft: SightingDraft;
  content: SightingContent;
  before: SightingContent;
  changed: Differences;
}

async function compare(change: CityChange, draft: SightingDraft): Promise<Correction> {
  const { tx, cityId, settings } = change;
  const position = toWgs84(draft.position, draft.system);
  const cell = cellOf(position, settings.cellResolution);
  const content = { ...contentOf(draft, position), cell };
  const before = (await readSightingContent(tx, cityId, content.id))!;
  return { draft, content, before, changed: differences(before, content) };
}
const isNothing = ({ changed }: Correction): boolean => Object.keys(changed.after).length === 0;

async function correct(
  change: CityChange,
  session: Session,
  { placementAnchor }: SightingFacts,
  { draft, content, before, changed }: Correction,
): Promise<void> {
  const { tx, cityId, now } = change;
  await refuseFaults(change, draft, content, before);
  await updateSightingContent(tx, cityId, now, session.userId, content, changed);
  const places = [before, content].map(({ lon, lat }) => ({ lon, lat }));
  const anchorIds = placementAnchor === null ? [] : [placementAnchor];
  await regroupAround(change, [{ id: content.id, places, anchorIds }]);
  for (const row of await readOwnReportsById(tx, cityId, [content.id])) {
    change.emit(...progressEvent(row));
  }
}

/** @throws AppError own_duplicate, sighting_not_live, not_found on the field it is about */
export async function markDuplicate(
  db: Database,
  session: Session,
  { id, duplicateOf }: z.infer<typeof markDuplicateSchema>,
): Promise<void> {
  if (id === duplicateOf) throw new AppError('own_duplicate', { field: 'duplicateOf' });
  await changeCity(db, session.cityId, async (change) => {
    await requireLive(change, session, id);
    const original = await findSighting(change.tx, session.cityId, duplicateOf);
    if (!original) throw new AppError('not_found', { field: 'duplicateOf' });
    if (original.state !== 'live')
      throw new AppError('sighting_not_live', { field: 'duplicateOf' });
    await retire(change, [id], {
      state: 'closed',
      closing: 'duplicate',
      duplicateOf,
      // What becomes of the original becomes of this one too.
      progress: null,
      change: 'duplicate',
      userId: session.userId,
    });
  });
}

export function closeSighting(
  db: Database,
  session: Session,
  { id, closing }: z.infer<typeof closeSightingSchema>,
): Promise<void> {
  return changeCity(db, session.cityId, async (change) => {
    await requireLive(change, session, id);
    await retire(change, [id], {
      state: 'closed',
      closing,
      duplicateOf: null,
      progress: 'closed',
      change: 'closed',
      userId: session.userId,
    });
  });
}

const deskRoles: readonly Session['role'][] = ['dispatcher', 'station_manager', 'administrator'];

/** Its own reporter, or the desk. Somebody else's is told apart from one that isn't there to the desk alone. */
async function requireOwn(
  { tx, cityId }: CityChange,
  { role, userId }: Session,
  id: string,
): Promise<SightingFacts> {
  const facts = await findSighting(tx, cityId, id);
  const desk = deskRoles.includes(role);
  if (facts && (desk || facts.reporterId === userId)) return facts;
  throw desk ? new AppError('not_found', { field: 'id' }) : new AppError('not_allowed');
}

async function requireLive(
  change: CityChange,
  session: Session,
  id: string,
): Promise<SightingFacts> {
  const facts = await requireOwn(change, session, id);
  if (facts.state !== 'live') throw new AppError('sighting_not_live', { field: 'id' });
  return facts;
}

/** An old sighting may be corrected without being seen again: its time is judged only when it changes. */
async function refuseFaults(
  { tx, cityId, now }: CityChange,
  draft: SightingDraft,
  content: SightingContent,
  before: SightingContent,
): Promise<void> {
  const faults = findFaults(draft, now).filter(
    ({ field }) => field !== 'seenAt' || content.seenAt !== before.seenAt,
  );
  if (!(await isInsideCity(tx, cityId, content))) faults.push(outsideCity);
  if (faults.length > 0) throw faultsError(faults);
}

interface Differences {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}
function differences(before: SightingContent, after: SightingContent): Differences {
  const keys = (Object.keys(after) as (keyof SightingContent)[]).filter(
    (key) => JSON.stringify(normal(before, key)) !== JSON.stringify(normal(after, key)),
  );
  const pick = (content: SightingContent) =>
    Object.fromEntries(keys.map((key) => [key, content[key]]));
  return { before: pick(before), after: pick(after) };
}

/** As the row keeps it: sets have no order, and the accuracy is of single precision. */
function normal(content: SightingContent, key: keyof SightingContent): unknown {
  if (key === 'accuracyMeters') return Math.fround(content.accuracyMeters);
  const value = content[key];
  return Array.isArray(value) ? value.map(String).toSorted() : value;
}
