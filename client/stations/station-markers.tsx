/** Stations on the map: a house with the number of free beds. Few, so each is a real element that can be focused and read. */
import { IconHomeHeart } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../shared/stations/schema.ts';
import { MapMarker } from '../map/map-marker.tsx';
import classes from './station-markers.module.css';

export function StationMarkers(props: {
  stations: readonly StationView[];
  onSelect?: (stationId: string) => void;
}) {
  const { t } = useTranslation('stations');
  return props.stations.map((station) => (
    <MapMarker key={station.id} lon={station.lon} lat={station.lat} anchor="center">
      <button
        type="button"
        className={classes['station']}
        data-full={!station.open || station.bedsFree === 0 || undefined}
        aria-label={`${station.name}, ${station.open ? t('bedsFree', { free: station.bedsFree, total: station.bedsTotal }) : t('shut')}`}
        title={station.name}
        onClick={() => props.onSelect?.(station.id)}
      >
        <IconHomeHeart size={18} aria-hidden />
        <span>{station.open ? station.bedsFree : '–'}</span>
      </button>
    </MapMarker>
  ));
}
