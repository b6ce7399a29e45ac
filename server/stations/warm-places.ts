/** The list of places to warm up that machines read: what anybody may know of a house, and nothing of anybody in it. */
import type { StationKind, StationLight, StationView } from '../../shared/stations/schema.ts';
import { isOpenAt, lightOf, roundedDown } from '../../shared/stations/light.ts';
import { localHour } from '../../shared/zones/rules.ts';
import type { CityWithoutMap } from '../cities/queries.ts';
import { xmlText as text } from '../kernel/xml-text.ts';

export interface WarmPlace {
  id: string;
  cityId: string;
  name: string;
  kind: StationKind;
  address: string;
  phone: string;
  lon: number;
  lat: number;
  status: 'open' | 'full' | 'closed';
  light: 'green' | 'amber' | 'red' | 'closed';
  /** as OpenStreetMap writes them */
  openingHours: string;
  lastUpdated: string;
}

const colours: Record<StationLight, WarmPlace['light']> = {
  free: 'green',
  few: 'amber',
  full: 'red',
  shut: 'closed',
};

const two = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const hoursOf = ({ fromHour, toHour }: StationView): string =>
  fromHour === toHour ? '24/7' : `${two(fromHour)}-${two(toHour)}`;

/** A shelter that is prepared but not open is nobody's to go to: it isn't in the list. */
export function warmPlacesOf(
  city: Pick<CityWithoutMap, 'id' | 'timeZone'>,
  stations: readonly StationView[],
  now: string,
): WarmPlace[] {
  const hour = localHour(now, city.timeZone);
  return stations
    .filter(({ kind, open, removed }) => !removed && (open || kind === 'station'))
    .map((station) => {
      const light = lightOf(station, isOpenAt(station, hour));
      return {
        id: station.id,
        cityId: city.id,
        name: station.name,
        kind: station.kind,
        address: station.address,
        phone: station.phone,
        lon: station.lon,
        lat: station.lat,
        status: light === 'shut' ? 'closed' : light === 'full' ? 'full' : 'open',
        light: colours[light],
        openingHours: hoursOf(station),
        lastUpdated: roundedDown(station.bedsUpdatedAt),
      };
    });
}

export function geojsonOf(places: readonly WarmPlace[]): string {
  const features = places.map(({ id, lon, lat, ...properties }) => ({
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties,
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

/** In the terms of EDXL-HAVE 2.0 where they fit; see docs/beds.md for what it leaves out. */
export function haveOf(places: readonly WarmPlace[]): string {
  const facilities = places.map(
    (place) => `  <have:facility>
    <have:facilityInformation>
      <have:facilityID>${text(place.id)}</have:facilityID>
      <have:facilityName>${text(place.name)}</have:facilityName>
      <have:facilityKind>${place.kind}</have:facilityKind>
      <have:facilityAddress>${text(place.address)}</have:facilityAddress>
      <have:facilityPhone>${text(place.phone)}</have:facilityPhone>
      <have:facilityGeoLocation>
        <edxl-ct:EDXLGeoLocation>
          <gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>${place.lat} ${place.lon}</gml:pos></gml:Point>
        </edxl-ct:EDXLGeoLocation>
      </have:facilityGeoLocation>
      <have:openingHours>${place.openingHours}</have:openingHours>
    </have:facilityInformation>
    <have:facilityStatus>${place.status}</have:facilityStatus>
    <have:facilityColourStatus>
      <have:colourCode><edxl-ct:Value>${place.light}</edxl-ct:Value></have:colourCode>
    </have:facilityColourStatus>
    <have:lastUpdateTime>${place.lastUpdated}</have:lastUpdateTime>
  </have:facility>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<have:HAVE xmlns:have="urn:oasis:names:tc:emergency:edxl:have:2.0" xmlns:edxl-ct="urn:oasis:names:tc:emergency:edxl:ct:1.0" xmlns:gml="http://www.opengis.net/gml/3.2">
${facilities.join('')}</have:HAVE>
`;
}
