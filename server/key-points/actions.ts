import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Position } from '../../shared/geo/position.ts';
import { pointInPolygon } from '../../shared/geo/point-in-polygon.ts';
import type {
  ImportAnswer,
  importKeyPointsSchema,
  KeyPointCandidate,
  KeyPointDraft,
  KeyPointView,
  KeyPointVisit,
  LedgerEntry,
  listCandidatesSchema,
  readLedgerSchema,
  VisitHow,
} from '../../shared/key-points/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { readAreaView } from '../patrols/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { findShiftAt } from '../shifts/queries.ts';
import { visitCells } from '../zones/actions.ts';
import { readMapKeyPoints } from './candidates.ts';
import { appendVisit } from './ledger.ts';
import { readLedgerEntries } from './ledger-queries.ts';
import {
  findKnown,
  markKeyPointRemoved,
  readKeyPointView,
  readTakenRefs,
  readWithinCity,
  updateLastVisit,
  upsertImported,
  upsertKeyPoint,
} from './queries.ts';

/** @param formerly where it was before: whoever has that place on the screen has to hear of it too */
async function announce(
  change: CityChange,
  id: string,
  formerly: readonly Position[] = [],
): Promise<KeyPointView> {
  const keyPoint = await readKeyPointView(change.tx, change.cityId, id);
  if (!keyPoint) throw new AppError('not_found', { field: 'id' });
  change.emit({ kind: 'keyPoint.changed', keyPoint }, 'staff', [keyPoint, ...formerly]);
  return keyPoint;
}

/** @throws AppError outside_city on the field `position`; key_point_removed for one that was removed */
export function saveKeyPoint(
  db: Database,
  { cityId, userId }: Session,
  draft: KeyPointDraft,
): Promise<KeyPointView> {
  return changeCity(db, cityId, async (change) => {
    const [inside] = await readWithinCity(change.tx, cityId, [draft.position]);
    if (!inside) throw new AppError('outside_city', { field: 'position' });
    const before = await readKeyPointView(change.tx, cityId, draft.id);
    if (before?.removed) throw new AppError('key_point_removed', { field: 'id' });
    await upsertKeyPoint(change.tx, cityId, draft);
    await recordAudit(change.tx, {
      cityId,
      userId,
      action: 'keyPoint.saved',
      subject: draft.name,
    });
    return announce(change, draft.id, before ? [before] : []);
  });
}

/** What was written in the ledger about it stays. */
export function removeKeyPoint(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<KeyPointView> {
  return changeCity(db, cityId, async (change) => {
    await markKeyPointRemoved(change.tx, cityId, id, change.now);
    const removed = await announce(change, id);
    await recordAudit(change.tx, {
      cityId,
      userId,
      action: 'keyPoint.removed',
      subject: removed.name,
    });
    return removed;
  });
}

/**
 * Many at once, each for itself: the good ones are kept whatever the others are. A reference that is known changes
 * its key point, and brings it back when it was removed; an id that belongs to another one is refused.
 */
export function importKeyPoints(
  db: Database,
  { cityId, userId }: Session,
  { source, keyPoints }: z.infer<typeof importKeyPointsSchema>,
): Promise<ImportAnswer> {
  return changeCity(db, cityId, async (change) => {
    const { tx } = change;
    const within = await readWithinCity(
      tx,
      cityId,
      keyPoints.map(({ position }) => position),
    );
    const known = await findKnown(tx, cityId, source, {
      ids: keyPoints.map(({ id }) => id),
      refs: keyPoints.map(({ sourceRef }) => sourceRef),
    });
    const idOfRef = new Map(known.map(({ id, sourceRef }) => [sourceRef, id]));
    const refOfId = new Map(known.map(({ id, sourceRef }) => [id, sourceRef]));
    const answer: ImportAnswer = { added: 0, changed: 0, refused: [] };
    const saved = new Set<string>();
    for (const [index, row] of keyPoints.entries()) {
      const { id, sourceRef } = row;
      const isKnown = idOfRef.has(sourceRef);
      if (!within[index]) answer.refused.push({ index, code: 'outside_city' });
      else if (!isKnown && refOfId.has(id)) answer.refused.push({ index, code: 'invalid_input' });
      else {
        const savedId = await upsertImported(tx, cityId, { ...row, source });
        idOfRef.set(sourceRef, savedId);
        refOfId.set(savedId, sourceRef);
        saved.add(savedId);
        answer[isKnown ? 'changed' : 'added'] += 1;
      }
    }
    for (const id of saved)
      await announce(
        change,
        id,
        known.filter((before) => before.id === id),
      );
    const { added, changed } = answer;
    const details = { source, added, changed, refused: answer.refused.length };
    await recordAudit(tx, { cityId, userId, action: 'keyPoint.imported', details });
    return answer;
  });
}

/** Places of the city's own map that could become key points; without one there are none. */
export async function listCandidates(
  db: Database,
  dataDir: string,
  { cityId }: Session,
  { kinds, areaId }: z.infer<typeof listCandidatesSchema>,
): Promise<KeyPointCandidate[]> {
  const area = areaId === null ? null : await readAreaView(db.sql, cityId, areaId);
  if (areaId !== null && (!area || area.removed))
    throw new AppError('not_found', { field: 'areaId' });
  const taken = await readTakenRefs(db.sql, cityId);
  const wanted = new Set<string>(kinds);
  const found = await readMapKeyPoints(dataDir, cityId);
  return found
    .filter((place) => wanted.has(place.kind) && (!area || pointInPolygon(place, area.boundary)))
    .map((place) => ({ ...place, taken: taken.has(place.sourceRef) }));
}

interface Seen {
  id: string;
  keyPointId: string;
  teamId: string | null;
  shiftId: string | null;
  userId: string | null;
  how: VisitHow;
  from: string;
  to: string;
  position: Position;
  note: string;
}

/** One row of the ledger, the time of the last visit, the cold cell; nothing when the row is in already. */
async function noteVisit(change: CityChange, seen: Seen): Promise<void> {
  const { tx, cityId } = change;
  const { from, to, position, ...rest } = seen;
  const added = await appendVisit(change, {
    ...rest,
    visitedFrom: from,
    visitedTo: to,
    lon: position.lon,
    lat: position.lat,
  });
  if (!added) return;
  const visit = { at: to, how: seen.how, teamId: seen.teamId };
  if (await updateLastVisit(tx, cityId, seen.keyPointId, visit))
    await announce(change, seen.keyPointId);
  // Whoever met somebody there tells of it as an encounter.
  await visitCells(change, { id: seen.id, position, at: to, people: 0 });
}

/**
 * Somebody wrote down that they looked there, at `at`; also where the key point was removed meanwhile: a tablet
 * without a network could not know, and nobody could mend it.
 * @throws AppError not_found
 */
export async function recordVisit(
  change: CityChange,
  session: Session,
  { id, keyPointId, position, note }: KeyPointVisit,
  at: string,
): Promise<void> {
  const { tx, cityId } = change;
  if (!(await readKeyPointView(tx, cityId, keyPointId)))
    throw new AppError('not_found', { field: 'keyPointId' });
  const { teamId, userId } = session;
  const shiftId = teamId === null ? null : await findShiftAt(tx, cityId, teamId, at);
  const when = { from: at, to: at };
  await noteVisit(change, {
    id,
    keyPointId,
    teamId,
    shiftId,
    userId,
    how: 'recorded',
    ...when,
    position,
    note,
  });
}

export interface Dwell {
  /** the same for the same stay: a second time changes nothing */
  id: string;
  teamId: string;
  shiftId: string | null;
  keyPointId: string;
  from: string;
  to: string;
  position: Position;
}

/** A team stood there long enough, as its track says. */
export function recordDwell(change: CityChange, dwell: Dwell): Promise<void> {
  return noteVisit(change, { ...dwell, userId: null, how: 'dwell', note: '' });
}

const ledgerPage = 100;

/** The newest rows first, 100 at a time. */
export function readLedger(
  db: Database,
  { cityId }: Session,
  input: z.infer<typeof readLedgerSchema>,
): Promise<LedgerEntry[]> {
  return readLedgerEntries(db.sql, cityId, input, ledgerPage);
}
