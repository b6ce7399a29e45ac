/** Where someone is taken: the stations, nearest first, with the beds they have free. */
import { IconCheck, IconHomeHeart } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './station-choice.module.css';

export interface StationOption {
  id: string;
  name: string;
  bedsFree: number;
  bedsTotal: number;
  open: boolean;
  /** in words, e.g. "straight line 1.2 km" */
  away: string | null;
}

export function StationChoice(props: {
  stations: readonly StationOption[];
  chosen: string | null;
  onChoose: (stationId: string) => void;
}) {
  const { t } = useTranslation(['dispatch', 'stations']);
  if (props.stations.length === 0) return <p>{t('stations:none')}</p>;
  return (
    <div className={classes['list']} role="group" aria-label={t('dispatch:record.station')}>
      {props.stations.map((station) => {
        const pressed = station.id === props.chosen;
        return (
          <button
            key={station.id}
            type="button"
            className={classes['station']}
            aria-pressed={pressed}
            // The count is kept by hand: a station that says it is full can still have taken somebody in.
            disabled={!station.open && !pressed}
            onClick={() => props.onChoose(station.id)}
          >
            <IconHomeHeart size={26} aria-hidden />
            <span className={classes['name']}>
              <strong>{station.name}</strong>
              {station.away !== null && <span>{station.away}</span>}
            </span>
            <span className={classes['beds']}>
              {!station.open
                ? t('stations:shut')
                : station.bedsFree === 0
                  ? t('stations:noneFree')
                  : t('stations:bedsFree', { free: station.bedsFree, total: station.bedsTotal })}
            </span>
            {pressed && <IconCheck size={24} stroke={3} aria-hidden />}
          </button>
        );
      })}
    </div>
  );
}
