import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
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
import { readSightingContent, updateSightingContent } from './records.ts';
import type { SightingContent } from './records.ts';

interface Ref {
  id: string;
}

/** A report by somebody signed in; see `intake.ts`. */
export function reportSighting(
  db: Database,
  session: Session,
  draft: SightingDraft,
): Promise<ReportAnswer> {
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
export function editSighting(
  db: Database,
  session: Session,
  edit: SightingEdit,
): Promise<SightingDetail> {
  const { cityId, userId } = session;
  const { version, ...draft } = edit;
  const content = contentOf(draft, toWgs84(draft.position, draft.system));
  return changeCity(db, cityId, async (change) => {
    const { tx, now } = change;
    const facts = await requireLive(change, session, content.id);
    const before = (await readSightingContent(tx, cityId, content.id))!;
    const changed = differences(before, content);
    const resent = facts.version === version + 1 && Object.keys(changed.after).length === 0;
    if (facts.version !== version && !resent) throw new AppError('sighting_changed');
    if (!resent) {
      await refuseFaults(change, draft, content, before);
      await updateSightingContent(tx, cityId, now, userId, content, changed);
      const places = [before, content].map(({ lon, lat }) => ({ lon, lat }));
      const anchorIds = facts.placementAnchor === null ? [] : [facts.placementAnchor];
      await regroupAround(change, [{ id: content.id, places, anchorIds }]);
      for (const row of await readOwnReportsById(tx, cityId, [content.id])) {
        change.emit(...progressEvent(row));
      }
    }
    const detail = (await findSightingDetail(tx, cityId, content.id))!;
    return session.role === 'reporter' ? { ...detail, reporterName: null } : detail;
  });
}

/** What was said wrongly or by mistake is taken back. Again: the same answer. */
export function withdrawSighting(db: Database, session: Session, { id }: Ref): Promise<void> {
  return changeCity(db, session.cityId, async (change) => {
    const facts = await requireOwn(change, session, id);
    if (facts.state === 'withdrawn') return;
    if (facts.state !== 'live') throw new AppError('sighting_not_live', { field: 'id' });
    await retire(change, [id], {
      state: 'withdrawn',
      closing: null,
      duplicateOf: null,
      progress: 'closed',
      change: 'withdrawn',
      userId: session.userId,
    });
  });
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

function differences(
  before: SightingContent,
  after: SightingContent,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
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
