/** What everybody may know of a thing that also has a side for the staff alone. */
import type { CityEvent } from '../../shared/realtime/events.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import type { ActivationView } from '../../shared/weather/schema.ts';

/** Where it is and whether it is open; how full it is, is the staff's to know. */
export const publicStation = (station: StationView): StationView => ({
  ...station,
  bedsTotal: 0,
  bedsFree: 0,
  places: [],
  extra: 0,
  contact: '',
  setUpMinutes: null,
});

/** How cold it is, without the words meant for those on duty. */
export const publicActivation = (activation: ActivationView): ActivationView => ({
  ...activation,
  note: '',
});

export function publicEvent(event: CityEvent): CityEvent {
  if (event.kind === 'station.changed') return { ...event, station: publicStation(event.station) };
  if (event.kind === 'activation.changed')
    return { ...event, activation: publicActivation(event.activation) };
  return event;
}
