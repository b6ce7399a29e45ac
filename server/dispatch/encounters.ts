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
import type {
  DispatchView,
  EncounterDraft,
  EncounterView,
  Outcome,
  RecheckView,
} from '../../shared/dispatch/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { LateConflict, LateOutcome } from '../../shared/field/late.ts';
import type { Need, VulnerableFlag } from '../../shared/sightings/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import { setProgress } from '../clusters/actions.ts';
import { readClusterView } from '../clusters/queries.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { expectPerson } from '../stations/holds.ts';
import { giveOut } from '../supplies/actions.ts';
import { readActivationInForce } from '../response/queries.ts';
import { spreadFrom, visitCells } from '../zones/actions.ts';
import {
  findRecorded,
  insertEncounter,
  insertRecheck,
  readEncounterViews,
  readOutcomes,
  readSettlingTeam,
  settleRecheck,
} from './encounter-queries.ts';
import type { NewEncounter } from './encounter-queries.ts';
import { countNotFound, markAttended, noteOnTimeline, readSurvivor } from './place.ts';
import { readActiveDispatchesOf, readRecheckView } from './queries.ts';
import { requireDispatch, settlePlace, takeStep, wrongEdge } from './steps.ts';

const hourMs = 3_600_000;
/** A device's clock may be a little ahead, and a tablet may be without a network for a night or two. */
const aheadMs = 5 * 60_000;
const longestDelayMs = 48 * hourMs;

/** The visit an encounter belongs to: a team on scene, or the one that settles a recheck. */
interface Visit {
  /** the place as it is now */
  clusterId: string;
  teamId: string | null;
  recheck: RecheckView | null;
  dispatch: DispatchView | null;
  conflict: LateConflict | null;
}
interface Recorded {
  id: string;
  recheckId: string | null;
}

/**
 * One encounter per person. The same id again changes nothing and answers the same.
 * @throws AppError invalid_input (with the field), dispatch_edge, dispatch_not_yours
 */
export function recordEncounter(
  db: Database,
  session: Session,
  draft: EncounterDraft,
): Promise<Recorded> {
  return changeCity(db, session.cityId, async (change) => {
    const recorded = await findRecorded(change.tx, change.cityId, draft.id);
    if (recorded) return { id: draft.id, recheckId: recorded.recheckId };
    refuseWrongInput(draft, change.now);
    if (draft.dispatchId !== null) {
      const { state } = await requireDispatch(change, session, draft.dispatchId, 'dispatchId');
      // Written down after the visit, an encounter may follow the closing of its dispatch.
      if (state !== 'on_scene' && state !== 'closed') throw wrongEdge(state, 'encounter');
    }
    const visit = await findVisit(change, session, draft);
    return { id: draft.id, recheckId: await record(change, session, draft, visit) };
  });
}

/**
 * An encounter that a device tells of later: people were met, so it is recorded whatever became of the dispatch or
 * the recheck meanwhile. Counts for when they were met; see docs/late-actions.md.
 * @throws AppError invalid_input, seen_too_long_ago, not_found, dispatch_not_yours
 */
export async function encounterLate(
  change: CityChange,
  session: Session,
  draft: EncounterDraft,
): Promise<LateOutcome> {
  if (await findRecorded(change.tx, change.cityId, draft.id)) return { result: 'overtaken' };
  refuseWrongInput(draft, change.now);
  const metAt = draft.metAt < change.now ? draft.metAt : change.now;
  const encounter = { ...draft, metAt };
  const visit = await findVisit(change, session, encounter);
  await record(change, session, encounter, visit);
  return visit.conflict === null
    ? { result: 'applied' }
    : { result: 'conflict', conflict: visit.conflict };
}

/** Writes it with all it brings about; answers the recheck that is owed. */
async function record(
  change: CityChange,
  session: Session,
  draft: EncounterDraft,
  visit: Visit,
): Promise<string | null> {
  const { tx, cityId } = change;
  const { outcome, metAt } = draft;
  const { clusterId } = visit;
  const earlier = draft.dispatchId === null ? [] : await readOutcomes(tx, cityId, draft.dispatchId);
  const encounter: NewEncounter = {
    ...draft,
    stationId: outcome === 'escorted' ? draft.stationId : null,
    clusterId,
    recheckId: visit.recheck?.id ?? null,
    teamId: visit.teamId,
    recordedBy: session.userId,
    receivedAt: change.now,
  };
  if (encounter.stationId !== null) await expectAt(change, encounter, encounter.stationId);
  await insertEncounter(tx, cityId, encounter);
  const { teamId, items } = encounter;
  await giveOut(change, { encounterId: draft.id, teamId, items, by: session.userId, at: metAt });
  const recheckId = await settleAndOwe(change, encounter, visit.recheck);
  await markAttended(change, clusterId, metAt);
  if (outcome === 'not_found' && !earlier.includes('not_found')) {
    await countNotFound(change, clusterId);
  }
  await tellReporters(change, visit, [outcome, ...earlier], metAt);
  await noteWhoWasThere(change, encounter, earlier);
  const details = { encounterId: draft.id, outcome, dispatchId: draft.dispatchId, recheckId };
  await noteOnTimeline(change, session, { clusterId, kind: 'encounter', at: metAt, details });
  const { dispatch } = visit;
  // It may be the one that says somebody was met. Where the place has become part of another, that one stays live.
  if (dispatch?.state === 'closed' && dispatch.clusterId === clusterId) {
    await settlePlace(change, dispatch);
  }
  return recheckId;
}

/** One look more at the cell; who wasn't found there any more may have gone somewhere near. */
async function noteWhoWasThere(
  change: CityChange,
  { id, clusterId, recheckId, outcome, position, metAt }: NewEncounter,
  earlier: readonly Outcome[],
): Promise<void> {
  const met = !metNobody(outcome);
  await visitCells(change, { id, position, at: metAt, people: met ? 1 : 0, place: clusterId });
  // One record says it for all that were looked for; further ones of the same visit say no more.
  if (met || earlier.some(metNobody)) return;
  const cluster =
    recheckId === null && (await readClusterView(change.tx, change.cityId, clusterId));
  const people = cluster ? Math.max(1, cluster.headcountLikely) : 1;
  await spreadFrom(change, { position, people, at: metAt });
}

/** Somebody comes along: the house they are brought to hears of it. */
async function expectAt(
  change: CityChange,
  encounter: NewEncounter,
  stationId: string,
): Promise<void> {
  const { id: encounterId, dispatchId, teamId, clusterId, flags, position, metAt } = encounter;
  const kind = encounter.bedKind ?? null;
  const who = { encounterId, dispatchId, teamId, clusterId, flags, from: position, at: metAt };
  await expectPerson(change, { ...who, stationId, kind });
}

/** Those who had seen somebody there before the team came; that nobody was found only while no other team is to look. */
async function tellReporters(
  change: CityChange,
  { clusterId, dispatch }: Visit,
  outcomes: readonly Outcome[],
  metAt: string,
): Promise<void> {
  if (outcomes.some((outcome) => !metNobody(outcome)))
    return setProgress(change, clusterId, 'reached', metAt);
  const active = await readActiveDispatchesOf(change.tx, change.cityId, clusterId);
  if (active.some(({ id }) => id !== dispatch?.id)) return;
  await setProgress(change, clusterId, 'not_found', metAt);
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
  return draft.recheckId === null
    ? findDispatchVisit(change, session, draft, draft.dispatchId!)
    : findRecheckVisit(change, session, draft.recheckId);
}

/** On scene, also where the way there was not told; or else a conflict. */
async function findDispatchVisit(
  change: CityChange,
  session: Session,
  draft: EncounterDraft,
  dispatchId: string,
): Promise<Visit> {
  const known = await requireDispatch(change, session, dispatchId, 'dispatchId');
  const step = { to: 'on_scene', at: draft.metAt } as const;
  const { outcome, dispatch } = await takeStep(change, session, known, step);
  const met = { encounterId: draft.id, outcome: draft.outcome };
  const { teamId, recheckId } = dispatch;
  const gone = outcome.result === 'conflict' ? { ...outcome.conflict, details: met } : null;
  if (recheckId !== null) {
    const visit = await findRecheckVisit(change, { teamId }, recheckId);
    return { ...visit, dispatch, conflict: gone ?? visit.conflict };
  }
  const clusterId = await readSurvivor(change, dispatch.clusterId);
  return { clusterId, teamId, recheck: null, dispatch, conflict: gone };
}

/** Two people met on one visit are two encounters of one team; another team's visit before is a conflict. */
async function findRecheckVisit(
  change: CityChange,
  { teamId }: Pick<Session, 'teamId'>,
  recheckId: string,
): Promise<Visit> {
  const { tx, cityId } = change;
  const recheck = await readRecheckView(tx, cityId, recheckId);
  if (!recheck) throw new AppError('not_found', { field: 'recheckId' });
  const clusterId = await readSurvivor(change, recheck.clusterId);
  const settledBy = await readSettlingTeam(tx, cityId, recheckId);
  const conflict: LateConflict | null =
    settledBy === null || settledBy.teamId === teamId
      ? null
      : { kind: 'recheck_settled', recheckId, clusterId, otherTeamId: settledBy.teamId };
  return { clusterId, teamId, recheck, dispatch: null, conflict };
}

/** Settles the recheck this visit was for, and owes the next one to whoever stays outside. */
async function settleAndOwe(
  change: CityChange,
  encounter: NewEncounter,
  settled: RecheckView | null,
): Promise<string | null> {
  const { tx, cityId } = change;
  if (settled) {
    await settleRecheck(tx, cityId, settled.id, encounter.id, encounter.metAt);
    await announceRecheck(change, settled.id);
  }
  if (!owesRecheck(encounter.outcome)) return null;
  const flags: VulnerableFlag[] = mergeFlags(encounter.flags, settled?.flags ?? []);
  const night = await readActivationInForce(tx, cityId);
  const hours = recheckHoursFor(change.settings.recheckHours, night, flags);
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
