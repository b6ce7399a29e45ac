/** A house as it is typed: numbers may be half written, its place not chosen yet. */
import type { Position } from '../../shared/geo/position.ts';
import { bedKinds } from '../../shared/stations/beds.ts';
import type { BedKind, StationView } from '../../shared/stations/schema.ts';
import type { useForm } from './use-form.ts';

export type Typed = number | string;

export const start = (station: StationView | null) => ({
  kind: station?.kind ?? 'station',
  name: station?.name ?? '',
  address: station?.address ?? '',
  phone: station?.phone ?? '',
  places: Object.fromEntries(
    bedKinds.map((kind) => [
      kind,
      station?.places.find((place) => place.kind === kind)?.total ?? '',
    ]),
  ) as Record<BedKind, Typed>,
  open: station?.open ?? true,
  fromHour: (station?.fromHour ?? 0) as Typed,
  toHour: (station?.toHour ?? 0) as Typed,
  contact: station?.contact ?? '',
  setUpMinutes: (station?.setUpMinutes ?? '') as Typed,
  lon: (station?.lon ?? '') as Typed,
  lat: (station?.lat ?? '') as Typed,
});
export type StationFormDraft = ReturnType<typeof start>;
export type StationFormState = ReturnType<typeof useForm<StationFormDraft>>;

export const placeOf = ({ lon, lat }: StationFormDraft): Position | null =>
  typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : null;

/** The kinds that a house has, in the order they are sent. */
export const kindsOf = ({ places }: StationFormDraft): BedKind[] =>
  bedKinds.filter((kind) => places[kind] !== '' && places[kind] !== 0);

/** As the server takes it, if all of it is filled in. */
export function inputOf(id: string, draft: StationFormDraft): unknown {
  const { lon, lat, places, setUpMinutes, ...rest } = draft;
  return {
    ...rest,
    id,
    position: { lon, lat },
    places: kindsOf(draft).map((kind) => ({ kind, total: places[kind] })),
    setUpMinutes: setUpMinutes === '' ? null : setUpMinutes,
  };
}
