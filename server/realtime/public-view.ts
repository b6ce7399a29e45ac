/** What everybody may know of a thing that also has a side for the staff alone. */
import type { CityEvent } from '../../shared/realtime/events.ts';
import { roundedDown } from '../../shared/stations/light.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import type { ActivationView } from '../../shared/response/schema.ts';

/**
 * Where it is and how it stands in one word; how full it is, is the staff's to know, and so is when exactly somebody
 * came. A shelter that is prepared but not open is nobody's place to go: for everybody it isn't there.
 */
export function publicStation(station: StationView): StationView {
  const isPrepared = station.kind === 'shelter' && !station.open;
  return {
    ...station,
    address: isPrepared ? '' : station.address,
    phone: isPrepared ? '' : station.phone,
    bedsTotal: 0,
    bedsFree: 0,
    places: [],
    extra: 0,
    bedsUpdatedAt: roundedDown(station.bedsUpdatedAt),
    contact: '',
    setUpMinutes: null,
    prepareSince: null,
    removed: station.removed || isPrepared,
  };
}

/** How cold it is, without the words meant for those on duty. */
export const publicActivation = (activation: ActivationView): ActivationView => ({
  ...activation,
  note: '',
  effects: null,
});

export function publicEvent(event: CityEvent): CityEvent {
  if (event.kind === 'station.changed') return { ...event, station: publicStation(event.station) };
  if (event.kind === 'activation.changed')
    return { ...event, activation: publicActivation(event.activation) };
  return event;
}
