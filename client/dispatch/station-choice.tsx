/** Where someone is taken: the stations, the one with a place kept first, with what they have free, by kind. */
import { IconCheck, IconHomeHeart } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BedKind } from '../../shared/stations/schema.ts';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import classes from './station-choice.module.css';

export interface StationOption {
  id: string;
  name: string;
  bedsFree: number;
  bedsTotal: number;
  places: readonly { kind: BedKind; free: number }[];
  open: boolean;
  /** in words, e.g. "straight line 1.2 km" */
  away: string | null;
}
export interface StationChosen {
  stationId: string | null;
  bedKind: BedKind | null;
}

export function StationChoice(props: {
  stations: readonly StationOption[];
  chosen: StationChosen;
  held: { stationId: string; bedKind: BedKind } | null;
  onChoose: (chosen: StationChosen) => void;
}) {
  const { t } = useTranslation(['dispatch', 'stations']);
  const { stations, chosen, held } = props;
  if (stations.length === 0) return <p>{t('stations:none')}</p>;
  const station = stations.find(({ id }) => id === chosen.stationId);
  const ordered = stations.toSorted(
    (a, b) => Number(b.id === held?.stationId) - Number(a.id === held?.stationId),
  );
  const choose = (id: string, places: StationOption['places']) => {
    const bedKind =
      id === held?.stationId ? held.bedKind : places.length === 1 ? places[0]!.kind : null;
    props.onChoose({ stationId: id, bedKind });
  };
  return (
    <div className={classes['list']} role="group" aria-label={t('dispatch:record.station')}>
      {ordered.map((option) => (
        <Option
          key={option.id}
          station={option}
          pressed={option.id === chosen.stationId}
          held={option.id === held?.stationId}
          onChoose={() => choose(option.id, option.places)}
        />
      ))}
      {station && station.places.length > 1 && (
        <>
          <p className={classes['which']}>{t('dispatch:record.bedKind')}</p>
          <ChipToggles
            label={t('dispatch:record.bedKind')}
            chosen={new Set(chosen.bedKind === null ? [] : [chosen.bedKind])}
            onToggle={(kind) =>
              props.onChoose({
                stationId: station.id,
                bedKind: kind === chosen.bedKind ? null : kind,
              })
            }
            chips={station.places.map(({ kind, free }) => ({
              key: kind,
              label: t('stations:freeOfKind', { kind: t(`stations:kind.${kind}`), free }),
            }))}
          />
        </>
      )}
    </div>
  );
}

function Option(props: {
  station: StationOption;
  pressed: boolean;
  held: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation(['dispatch', 'stations']);
  const { station, pressed, held } = props;
  const free = station.places.filter((places) => places.free > 0);
  return (
    <button
      type="button"
      className={classes['station']}
      aria-pressed={pressed}
      // The count is kept by hand: a station that says it is full can still have taken somebody in.
      disabled={!station.open && !pressed}
      onClick={props.onChoose}
    >
      <IconHomeHeart size={26} aria-hidden />
      <span className={classes['name']}>
        <strong>{station.name}</strong>
        {held && <span className={classes['held']}>{t('dispatch:record.held')}</span>}
        <span className={classes['beds']}>
          {!station.open
            ? t('stations:shut')
            : station.bedsFree === 0
              ? t('stations:noneFree')
              : free.length === 0 || station.places.length === 1
                ? t('stations:bedsFree', { free: station.bedsFree, total: station.bedsTotal })
                : free
                    .map(({ kind, free: count }) =>
                      t('stations:freeOfKind', { kind: t(`stations:kind.${kind}`), free: count }),
                    )
                    .join(' · ')}
        </span>
        {station.away !== null && <span>{station.away}</span>}
      </span>
      {pressed && <IconCheck size={24} stroke={3} aria-hidden />}
    </button>
  );
}
