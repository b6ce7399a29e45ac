/** The houses of the city: a light with its word, what is free by kind, what is kept, how long it lasts; a tap shows more. */
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SaturationView, StationView } from '../../shared/stations/schema.ts';
import { useSession } from '../kernel/session.tsx';
import { useFormat } from '../kernel/use-format.ts';
import { usePatrols } from '../patrols/store.ts';
import { Arrivals } from '../stations/arrivals.tsx';
import { useArrivals } from '../stations/holds.ts';
import { LightMark } from '../ui/light-mark.tsx';
import { PlacesTable } from '../stations/places-table.tsx';
import { isFillingSoon, Saturation, useSaturationWords } from '../stations/saturation.tsx';
import { useStations } from '../stations/store.ts';
import { useSaturation } from '../stations/use-house.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './queue.module.css';

export function StationList(props: { mayAct: boolean }) {
  const { t } = useTranslation('stations');
  const stations = useStations();
  // An auditor reads what there is; what is to be done about it isn't theirs.
  return props.mayAct ? (
    <WithSaturation stations={stations} />
  ) : (
    <div className={classes['list']}>
      {stations.length === 0 && <StateBlock kind="empty" title={t('none')} />}
      {stations.map((station) => (
        <StationRow key={station.id} station={station} saturation={null} mayAct={false} />
      ))}
    </div>
  );
}

function WithSaturation({ stations }: { stations: readonly StationView[] }) {
  const { t } = useTranslation('stations');
  const saturation = useSaturation();
  return (
    <div className={classes['list']}>
      {stations.length === 0 && <StateBlock kind="empty" title={t('none')} />}
      {stations.map((station) => (
        <StationRow
          key={station.id}
          station={station}
          saturation={saturation.answer?.get(station.id) ?? null}
          mayAct
        />
      ))}
    </div>
  );
}

interface RowProps {
  station: StationView;
  /** null: not known (yet), or not for this person */
  saturation: SaturationView | null;
  mayAct: boolean;
}

function StationRow(props: RowProps) {
  const { t } = useTranslation(['stations', 'house']);
  const { station, saturation } = props;
  const [open, setOpen] = useState(false);
  const words = useSaturationWords();
  const coming = useArrivals(station.id).reduce((sum, { places }) => sum + places, 0);
  const Chevron = open ? IconChevronUp : IconChevronDown;
  const kinds = station.places.filter(({ total }) => total > 0);
  const filling =
    saturation !== null &&
    station.open &&
    (saturation.hoursToFull !== null || station.bedsFree === 0);
  return (
    <div className={classes['station']}>
      <button
        type="button"
        className={classes['row']}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className={classes['head']}>
          <strong>{station.name}</strong>
          <span className={classes['end']}>
            <LightMark light={station.light} />
          </span>
          <Chevron size={18} aria-hidden />
        </span>
        {station.open ? (
          <span>
            {kinds.length === 1
              ? t('stations:bedsFree', { free: station.bedsFree, total: station.bedsTotal })
              : kinds
                  .map(({ kind, free }) =>
                    t('stations:freeOfKind', { kind: t(`stations:kind.${kind}`), free }),
                  )
                  .join(' · ')}
          </span>
        ) : (
          station.kind === 'shelter' && (
            <span className={classes['quiet']}>
              {t('house:shelter.prepared', { count: station.bedsTotal })}
            </span>
          )
        )}
        {coming > 0 && (
          <span className={classes['quiet']}>
            {t('house:arrivals.title')}: {t('house:arrivals.places', { count: coming })}
          </span>
        )}
        {filling && (
          <span className={classes[isFillingSoon(saturation, station) ? 'filling' : 'quiet']}>
            {words(saturation, station)}
          </span>
        )}
      </button>
      {open && <StationDetail {...props} />}
    </div>
  );
}

function StationDetail({ station, saturation, mayAct }: RowProps) {
  const { t } = useTranslation(['stations', 'house']);
  const format = useFormat();
  const { role } = useSession();
  const [, go] = useLocation();
  const teams = usePatrols((store) => store.teams);
  return (
    <div className={classes['detail']}>
      <p className={classes['quiet']}>
        {[
          t(`stations:stationKind.${station.kind}`),
          station.address,
          station.phone,
          t('stations:updated', { ago: format.ago(station.bedsUpdatedAt) }),
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      </p>
      <h3>{t('house:arrivals.title')}</h3>
      <Arrivals
        stationId={station.id}
        teamName={(id) => teams.get(id)?.name ?? ''}
        mayCheckIn={false}
      />
      <h3>{t('house:places.title')}</h3>
      <PlacesTable station={station} mayCorrect={mayAct} />
      {saturation !== null && station.open && (
        <>
          <h3>{t('house:saturation.title')}</h3>
          <Saturation station={station} saturation={saturation} mayDecide={mayAct} />
        </>
      )}
      {mayAct && role !== 'patrol' && (
        <BigButton onClick={() => go(`/station#${station.id}`)}>{t('house:toStation')}</BigButton>
      )}
    </div>
  );
}
