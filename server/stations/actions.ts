import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type {
  setFreeBedsSchema,
  stationDraftSchema,
  StationView,
} from '../../shared/stations/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { announceBeds, announceStation, requireStation, seatThoseBeyond } from './announce.ts';
import { deleteOtherKinds, updateFree, upsertTotal } from './place-queries.ts';
import { markStationRemoved, readStationView, upsertStation } from './queries.ts';
import { requireEmpty } from './shelters.ts';

type StationDraft = z.infer<typeof stationDraftSchema>;

/**
 * A shelter is opened and closed by a decision alone: a new one starts closed, one that is there stays as it is.
 * @throws AppError beds_in_use where a kind would have fewer places than are held or taken
 */
export function saveStation(
  db: Database,
  { cityId }: Session,
  draft: StationDraft,
): Promise<StationView> {
  return changeCity(db, cityId, async (change) => {
    const before = await readStationView(change.tx, cityId, draft.id);
    const open = draft.kind === 'shelter' ? (before?.open ?? false) : draft.open;
    await upsertStation(change.tx, cityId, { ...draft, open }, change.now);
    const changed = await savePlaces(change, draft, before);
    return changed ? announceBeds(change, draft.id) : announceStation(change, draft.id);
  });
}

/** Answers whether there is anything new. */
async function savePlaces(
  change: CityChange,
  { id: stationId, places }: StationDraft,
  before: StationView | null,
): Promise<boolean> {
  const { tx, cityId } = change;
  const known = new Map(before?.places.map((place) => [place.kind, place]));
  const usedOf = (kind: StationDraft['places'][number]['kind']): number =>
    (known.get(kind)?.held ?? 0) + (known.get(kind)?.taken ?? 0);
  for (const [index, { kind, total }] of places.entries()) {
    if (known.get(kind)?.total === total) continue;
    if (!(await upsertTotal(tx, cityId, { stationId, kind }, total))) {
      const params = { kind, least: usedOf(kind) };
      throw new AppError('beds_in_use', { field: `places.${index}.total`, params });
    }
    await seatThoseBeyond(change, { stationId, kind });
  }
  const kinds = places.map(({ kind }) => kind);
  if (!(await deleteOtherKinds(tx, cityId, stationId, kinds))) {
    const kind = [...known.keys()].find((other) => !kinds.includes(other) && usedOf(other) > 0)!;
    throw new AppError('beds_in_use', { field: 'places', params: { kind, least: usedOf(kind) } });
  }
  return (
    known.size !== places.length ||
    places.some(({ kind, total }) => known.get(kind)?.total !== total)
  );
}

/** @throws AppError station_in_use while somebody is in the house or on the way, not_found */
export function removeStation(
  db: Database,
  { cityId }: Session,
  { id }: { id: string },
): Promise<StationView> {
  return changeCity(db, cityId, async (change) => {
    await requireEmpty(change, id);
    await markStationRemoved(change.tx, cityId, id, change.now);
    return announceStation(change, id);
  });
}

/**
 * The number that is free by count of hand: what the book can't explain of the rest is out of use.
 * @throws AppError beds_out_of_range when fewer are neither held nor taken, not_found
 */
export function setFreeBeds(
  db: Database,
  { cityId }: Session,
  { stationId, kind, free }: z.infer<typeof setFreeBedsSchema>,
): Promise<StationView> {
  return changeCity(db, cityId, async (change) => {
    const { places } = await requireStation(change, stationId);
    const place = places.find((candidate) => candidate.kind === kind);
    if (!place || !(await updateFree(change.tx, cityId, { stationId, kind }, free))) {
      const most = place ? place.total - place.held - place.taken : 0;
      throw new AppError('beds_out_of_range', { field: 'free', params: { kind, most } });
    }
    return announceBeds(change, stationId);
  });
}
