/** The place of one key point with the circle that counts as there, among the others. */
import { useMantineColorScheme } from '@mantine/core';
import { IconMapPinFilled } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { circleAround } from '../../shared/geo/circle.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { CityMap } from '../map/city-map.tsx';
import { DrawnLayer } from '../map/drawn-layer.tsx';
import { MapMarker } from '../map/map-marker.tsx';
import { tokensOf } from '../ui/tokens.ts';
import { KeyPointDots } from './key-point-dots.tsx';
import type { KeyPointFormDraft } from './key-point-draft.ts';
import classes from './page.module.css';

const decimals = 6;
const round = (degrees: number) => Number(degrees.toFixed(decimals));

export function KeyPointPlaceMap(props: {
  id: string;
  draft: KeyPointFormDraft;
  others: readonly KeyPointView[];
  onPick: (place: Position) => void;
}) {
  const { city } = useCity();
  const { colorScheme } = useMantineColorScheme();
  const tokens = tokensOf(colorScheme === 'light' ? 'light' : 'dark');
  const { id, others, onPick } = props;
  const { lon, lat, radiusMeters } = props.draft;
  const place = useMemo(
    () => (typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : null),
    [lon, lat],
  );
  const [first] = useState(place);
  const circle = useMemo(() => {
    const radius = Number(radiusMeters);
    if (place === null || Math.abs(place.lat) > 89 || !(radius > 0)) return [];
    return [{ id, name: '', boundary: circleAround(place, radius) }];
  }, [id, place, radiusMeters]);
  const rest = useMemo(() => others.filter((other) => other.id !== id), [others, id]);
  if (city === null) return null;
  return (
    <div className={classes['map']}>
      <CityMap
        city={city}
        {...(first ? { initialView: { center: first, zoom: 15 } } : {})}
        onClickNothing={(at) => onPick({ lon: round(at.lon), lat: round(at.lat) })}
      >
        <KeyPointDots id="other-key-points" dots={rest} color={tokens.quiet} tokens={tokens} />
        <DrawnLayer id="radius" shapes={circle} color={tokens.team} tokens={tokens} />
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
