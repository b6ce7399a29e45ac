/** Places kept for people on the way. A place is counted in one row, so however many ask at once, the last one has it. */
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { VulnerableFlag } from '../../shared/sightings/schema.ts';
import {
  arrivalEstimate,
  fittingKinds,
  holdExpiry,
  longestWaitHours,
} from '../../shared/stations/rules.ts';
import type {
  BedKind,
  holdDraftSchema,
  HoldView,
  moveHoldSchema,
  StationView,
} from '../../shared/stations/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { announceBeds, announceHold, requireStation, seatThoseBeyond } from './announce.ts';
import {
  findArrivedUnnamed,
  findExpiredHolds,
  insertHold,
  readHoldOfEncounter,
  readHoldsOfDispatch,
  readHoldView,
  splitHold,
  updateHoldEncounter,
  updateHoldEnd,
  updateHoldTimes,
} from './hold-queries.ts';
import { shiftPlaces } from './place-queries.ts';
import { readStationView } from './queries.ts';

/** A new arrival time within this of the old one is the same: nobody has to hear of it. */
const sameMs = 60_000;

export type HoldRequest = Pick<
  HoldView,
  'id' | 'stationId' | 'kind' | 'places' | 'dispatchId' | 'teamId' | 'clusterId' | 'expectedAt'
>;

/**
 * Keeps places inside the caller's change. The same id again answers what became of it.
 * @throws AppError no_bed_free (a house that is closed has none), not_found
 */
export async function holdPlaces(change: CityChange, request: HoldRequest): Promise<HoldView> {
  const { tx, cityId } = change;
  const known = await readHoldView(tx, cityId, request.id);
  if (known) return known;
  const { stationId, kind, places: held, expectedAt } = request;
  const station = await requireStation(change, stationId);
  if (!station.open || !(await shiftPlaces(tx, cityId, { stationId, kind }, { held })))
    throw new AppError('no_bed_free', { field: 'kind', params: { kind, places: held } });
  const expiresAt = holdExpiry(expectedAt);
  const hold = { ...request, withinPlaces: true, encounterId: null, expiresAt };
  await insertHold(tx, cityId, hold, change.now);
  await announceBeds(change, stationId);
  return announceHold(change, request.id);
}

/** The team will be there at another time: what is kept for it waits accordingly. */
export async function moveHoldsOf(
  change: CityChange,
  dispatchId: string,
  expectedAt: string,
): Promise<void> {
  for (const hold of await readHoldsOfDispatch(change.tx, change.cityId, dispatchId))
    await move(change, hold, expectedAt);
}

/** The team comes with nobody (else): what is kept is free again, except for whom it has in the vehicle. */
export async function releaseHoldsOf(change: CityChange, dispatchId: string): Promise<void> {
  for (const hold of await readHoldsOfDispatch(change.tx, change.cityId, dispatchId))
    if (hold.encounterId === null) await end(change, hold, 'released');
}

export interface ExpectedPerson {
  encounterId: string;
  stationId: string;
  /** null: nobody chose, what is known of the person decides */
  kind: BedKind | null;
  flags: readonly VulnerableFlag[];
  dispatchId: string | null;
  teamId: string | null;
  clusterId: string;
  /** where and when the person got in */
  from: Position;
  at: string;
}

/**
 * Somebody is in the vehicle: takes a place that was kept for this dispatch, or else any that fits, or else is expected
 * beyond the places. Never refused: who is on the way is on the way. The same encounter again changes nothing.
 * @throws AppError not_found for a station that never was
 */
export async function expectPerson(change: CityChange, person: ExpectedPerson): Promise<HoldView> {
  const { tx, cityId } = change;
  const { encounterId, stationId, dispatchId } = person;
  const known = await readHoldOfEncounter(tx, cityId, encounterId);
  if (known) return known;
  // It may have been removed while the team was without a network: that is where it went all the same.
  const station = await readStationView(tx, cityId, stationId);
  if (!station) throw new AppError('not_found', { field: 'stationId' });
  const arrived = await findArrived(change, person);
  if (arrived !== null) return name(change, arrived, encounterId);
  const wanted = kindsFor(person, station);
  const kept =
    dispatchId === null
      ? []
      : (await readHoldsOfDispatch(tx, cityId, dispatchId)).filter(
          (hold) => hold.stationId === stationId && hold.encounterId === null,
        );
  const own = wanted.map((kind) => kept.find((hold) => hold.kind === kind)).find(Boolean);
  if (own) return seat(change, own, encounterId);
  const id = await expectAnew(change, person, wanted, station);
  // One that was kept for them, of a kind that isn't needed now.
  if (kept[0]) await giveBackOne(change, kept[0]);
  return announceHold(change, id);
}

/** They came in before it was heard of that they were met: what was kept for them is had by them already. */
const findArrived = (
  { tx, cityId }: CityChange,
  { dispatchId, stationId, at: since }: ExpectedPerson,
): Promise<string | null> =>
  dispatchId === null
    ? Promise.resolve(null)
    : findArrivedUnnamed(tx, cityId, { dispatchId, stationId, since });

async function name(change: CityChange, id: string, encounterId: string): Promise<HoldView> {
  await updateHoldEncounter(change.tx, change.cityId, id, encounterId);
  return announceHold(change, id);
}

/** What the team chose, then what is anybody's; or what fits, as far as the house has it. */
function kindsFor({ kind, flags }: ExpectedPerson, { places }: StationView): BedKind[] {
  if (kind !== null) return [...new Set<BedKind>([kind, 'general'])];
  const has = fittingKinds(flags).filter((fit) => places.some((place) => place.kind === fit));
  return has.length > 0 ? has : ['general'];
}

async function seat(change: CityChange, hold: HoldView, encounterId: string): Promise<HoldView> {
  const id = await takeOne(change, hold);
  await announceBeds(change, hold.stationId);
  return name(change, id, encounterId);
}

/** One place of a hold as a hold of its own; the rest stays as it is. */
export async function takeOne(change: CityChange, { id, places }: HoldView): Promise<string> {
  if (places === 1) return id;
  const single = uuidv7();
  await splitHold(change.tx, change.cityId, id, single);
  await announceHold(change, id);
  return single;
}

async function expectAnew(
  change: CityChange,
  person: ExpectedPerson,
  wanted: readonly BedKind[],
  station: StationView,
): Promise<string> {
  const { tx, cityId } = change;
  const { stationId, encounterId, dispatchId, teamId, clusterId, from, at } = person;
  let found: BedKind | null = null;
  for (const kind of wanted)
    if (found === null && (await shiftPlaces(tx, cityId, { stationId, kind }, { held: 1 })))
      found = kind;
  const id = uuidv7();
  const expectedAt = arrivalEstimate(at, from, station);
  const times = { expectedAt, expiresAt: holdExpiry(expectedAt) };
  const of = { stationId, encounterId, dispatchId, teamId, clusterId };
  const counted = { kind: found ?? wanted[0]!, places: 1, withinPlaces: found !== null };
  await insertHold(tx, cityId, { id, ...of, ...counted, ...times }, change.now);
  await announceBeds(change, stationId);
  return id;
}

async function giveBackOne(change: CityChange, hold: HoldView): Promise<void> {
  const single = await takeOne(change, hold);
  await end(change, { ...hold, id: single, places: 1 }, 'released');
}

async function move(change: CityChange, hold: HoldView, expectedAt: string): Promise<HoldView> {
  if (Math.abs(Date.parse(expectedAt) - Date.parse(hold.expectedAt)) < sameMs) return hold;
  const times = { expectedAt, expiresAt: holdExpiry(expectedAt) };
  await updateHoldTimes(change.tx, change.cityId, hold.id, times);
  return announceHold(change, hold.id);
}

/** Ends it without anybody having come; the places are free again. */
async function end(
  change: CityChange,
  hold: HoldView,
  state: 'released' | 'expired',
): Promise<HoldView> {
  const { tx, cityId, now: at } = change;
  await updateHoldEnd(tx, cityId, hold.id, { state, at });
  if (hold.withinPlaces) {
    await shiftPlaces(tx, cityId, hold, { held: -hold.places });
    await seatThoseBeyond(change, hold);
  }
  await announceBeds(change, hold.stationId);
  return announceHold(change, hold.id);
}

/** A year typed wrongly would keep a place for nobody until then. */
function requireSoon({ now }: CityChange, expectedAt: string): void {
  if (Date.parse(expectedAt) - Date.parse(now) > longestWaitHours * 3_600_000)
    throw new AppError('invalid_input', { field: 'expectedAt' });
}

/** @throws AppError no_bed_free; not_found, also for a dispatch that is over; invalid_input */
export function holdBeds(
  db: Database,
  { cityId }: Session,
  draft: z.infer<typeof holdDraftSchema>,
): Promise<HoldView> {
  return changeCity(db, cityId, async (change) => {
    requireSoon(change, draft.expectedAt);
    const hold = await holdPlaces(change, { ...draft, teamId: null, clusterId: null });
    // Every dispatch has a team, and it is known with it: this one isn't there, or is over.
    if (hold.dispatchId !== null && hold.teamId === null)
      throw new AppError('not_found', { field: 'dispatchId' });
    return hold;
  });
}

/** @throws AppError hold_over, not_found, invalid_input */
export function moveHold(
  db: Database,
  { cityId }: Session,
  { id, expectedAt }: z.infer<typeof moveHoldSchema>,
): Promise<HoldView> {
  return changeCity(db, cityId, async (change) => {
    requireSoon(change, expectedAt);
    const hold = await requireHold(change, id);
    if (hold.state !== 'held') throw new AppError('hold_over', { field: 'id' });
    return move(change, hold, expectedAt);
  });
}

/** By hand also for somebody in the vehicle: they may have gone elsewhere. @throws AppError hold_over once they arrived */
export function releaseHold(
  db: Database,
  { cityId }: Session,
  { id }: { id: string },
): Promise<HoldView> {
  return changeCity(db, cityId, async (change) => {
    const hold = await requireHold(change, id);
    if (hold.state === 'arrived') throw new AppError('hold_over', { field: 'id' });
    return hold.state === 'held' ? end(change, hold, 'released') : hold;
  });
}

async function requireHold(change: CityChange, id: string): Promise<HoldView> {
  const hold = await readHoldView(change.tx, change.cityId, id);
  if (!hold) throw new AppError('not_found', { field: 'id' });
  return hold;
}

/** Ends what has waited for nobody long enough; on however many servers this runs, each once. Answers how many. */
export function expireHolds(db: Database, cityId: string): Promise<number> {
  return changeCity(db, cityId, async (change) => {
    const over = await findExpiredHolds(change.tx, cityId);
    for (const { id } of over) await end(change, await requireHold(change, id), 'expired');
    return over.length;
  });
}
