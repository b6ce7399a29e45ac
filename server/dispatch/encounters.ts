/** Recording what happened with each person met, and what each outcome brings about. */
import { v7 as uuidv7 } from 'uuid';
import {
  mergeFlags,
  metNobody,
  owesRecheck,
  recheckDueAt,
  recheckHoursFor,
} from '../../shared/dispatch/rules.ts';
import { supplyItems } from '../../shared/dispatch/schema.ts';
import type { EncounterDraft, EncounterView, RecheckView } from '../../shared/dispatch/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { Need, VulnerableFlag } from '../../shared/sightings/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import { setProgress } from '../clusters/actions.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { takeBed } from '../stations/actions.ts';
import { readActivationInForce } from '../weather/queries.ts';
import { visitCells } from '../zones/actions.ts';
import { requireOwnTeam } from './actions.ts';
import {
  findRecorded,
  insertEncounter,
  insertRecheck,
  readEncounterViews,
  readOutcomes,
  settleRecheck,
} from './encounter-queries.ts';
import type { NewEncounter } from './encounter-queries.ts';
import { countNotFound, markAttended, noteOnTimeline } from './place.ts';
import { readDispatchView, readRecheckView } from './queries.ts';

const hourMs = 3_600_000;
/** A device's clock may be a little ahead, and a tablet may be without a network for a night or two. */
const aheadMs = 5 * 60_000;
const longestDelayMs = 48 * hourMs;

/** The visit an encounter belongs to: a team on scene, or the one that settles a recheck. */
interface Visit {
  clusterId: string;
  teamId: string | null;
  recheck: RecheckView | null;
}

/**
 * One encounter per person. The same id again changes nothing and answers the same.
 * @throws AppError invalid_input (with the field), dispatch_edge, dispatch_not_yours
 */
export function recordEncounter(
  db: Database,
  session: Session,
  draft: EncounterDraft,
): Promise<{ id: string; recheckId: string | null }> {
  const { cityId, userId } = session;
  return changeCity(db, cityId, async (change) => {
    const recorded = await findRecorded(change.tx, cityId, draft.id);
    if (recorded) return { id: draft.id, recheckId: recorded.recheckId };
    refuseWrongInput(draft, change.now);
    const visit = await findVisit(change, session, draft);
    const earlier =
      draft.dispatchId === null ? [] : await readOutcomes(change.tx, cityId, draft.dispatchId);
    const encounter: NewEncounter = {
      ...draft,
      stationId: draft.outcome === 'escorted' ? draft.stationId : null,
      clusterId: visit.clusterId,
      teamId: visit.teamId,
      recordedBy: userId,
      receivedAt: change.now,
    };
    if (encounter.stationId !== null) await takeBed(change, encounter.stationId);
    await insertEncounter(change.tx, cityId, encounter);
    const recheckId = await settleAndOwe(change, encounter, visit.recheck);
    await markAttended(change, visit.clusterId, draft.metAt);
    if (draft.outcome === 'not_found' && !earlier.includes('not_found')) {
      await countNotFound(change, visit.clusterId);
    }
    const reached = [draft.outcome, ...earlier].some((outcome) => !metNobody(outcome));
    await setProgress(change, visit.clusterId, reached ? 'reached' : 'not_found');
    await visitCells(change, draft.position, draft.metAt);
    await noteOnTimeline(change, session, visit.clusterId, 'encounter', {
      encounterId: draft.id,
      outcome: draft.outcome,
      dispatchId: draft.dispatchId,
      recheckId,
    });
    return { id: draft.id, recheckId };
  });
}

function refuseWrongInput(draft: EncounterDraft, now: string): void {
  const wrong = (field: string) => new AppError('invalid_input', { field });
  if ((draft.dispatchId === null) === (draft.recheckId === null)) throw wrong('dispatchId');
  if (draft.items.some(({ item }) => !(supplyItems as readonly Need[]).includes(item)))
    throw wrong('items');
  if (draft.outcome === 'escorted' && draft.stationId === null) throw wrong('stationId');
  const sinceMs = Date.parse(now) - Date.parse(draft.metAt);
  if (sinceMs < -aheadMs) throw new AppError('seen_in_future', { field: 'metAt' });
  if (sinceMs > longestDelayMs)
    throw new AppError('seen_too_long_ago', { field: 'metAt', params: { hours: 48 } });
}

async function findVisit(
  change: CityChange,
  session: Session,
  draft: EncounterDraft,
): Promise<Visit> {
  if (draft.recheckId !== null) {
    const recheck = await readRecheckView(change.tx, change.cityId, draft.recheckId);
    if (!recheck) throw new AppError('not_found', { field: 'recheckId' });
    return { clusterId: recheck.clusterId, teamId: session.teamId, recheck };
  }
  const dispatch = await readDispatchView(change.tx, change.cityId, draft.dispatchId!);
  if (!dispatch) throw new AppError('not_found', { field: 'dispatchId' });
  requireOwnTeam(session, dispatch.teamId);
  // Sent late from a tablet that had no network, an encounter may follow the closing of its dispatch.
  if (dispatch.state !== 'on_scene' && dispatch.state !== 'closed') {
    throw new AppError('dispatch_edge', { params: { from: dispatch.state, to: 'encounter' } });
  }
  return { clusterId: dispatch.clusterId, teamId: dispatch.teamId, recheck: null };
}

/** Settles the recheck this visit was for, and owes the next one to whoever stays outside. */
async function settleAndOwe(
  change: CityChange,
  encounter: NewEncounter,
  settled: RecheckView | null,
): Promise<string | null> {
  const { tx, cityId } = change;
  if (settled) {
    await settleRecheck(tx, cityId, settled.id, encounter.id, change.now);
    await announceRecheck(change, settled.id);
  }
  if (!owesRecheck(encounter.outcome)) return null;
  const flags: VulnerableFlag[] = mergeFlags(encounter.flags, settled?.flags ?? []);
  const night = await readActivationInForce(tx, cityId);
  const hours = recheckHoursFor(change.settings.recheckHours, night?.level ?? null, flags);
  const id = uuidv7();
  await insertRecheck(tx, cityId, {
    id,
    encounter,
    flags,
    dueAt: recheckDueAt(encounter.metAt, hours),
  });
  await announceRecheck(change, id);
  return id;
}

async function announceRecheck(change: CityChange, id: string): Promise<void> {
  const recheck = await readRecheckView(change.tx, change.cityId, id);
  if (recheck) change.emit({ kind: 'recheck.changed', recheck }, 'staff');
}

/** What happened at a place, person by person; that it was read is kept. */
export async function readEncounters(
  db: Database,
  { cityId, userId }: Session,
  { clusterId }: { clusterId: string },
): Promise<EncounterView[]> {
  await recordAudit(db.sql, { cityId, userId, action: 'encounters.read', subject: clusterId });
  return readEncounterViews(db.sql, cityId, clusterId);
}
