/** One place on the map: a tap puts it there. */
import { IconMapPinFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { Position } from '../../shared/geo/position.ts';
import { useCity } from '../kernel/city.tsx';
import { CityMap } from '../map/city-map.tsx';
import { MapMarker } from '../map/map-marker.tsx';
import classes from './page.module.css';

/** About 10 cm. */
export const placeDecimals = 6;
const round = (degrees: number) => Number(degrees.toFixed(placeDecimals));

export function PlaceMap(props: { place: Position | null; onPick: (place: Position) => void }) {
  const { city } = useCity();
  const { place, onPick } = props;
  const [first] = useState(place);
  if (city === null) return null;
  return (
    <div className={classes['map']}>
      <CityMap
        city={city}
        {...(first ? { initialView: { center: first, zoom: 14 } } : {})}
        onClickNothing={({ lon, lat }) => onPick({ lon: round(lon), lat: round(lat) })}
      >
        {place && (
          <MapMarker lon={place.lon} lat={place.lat} anchor="bottom">
            <span className={classes['pin']}>
              <IconMapPinFilled size={44} aria-hidden />
            </span>
          </MapMarker>
        )}
      </CityMap>
    </div>
  );
}
