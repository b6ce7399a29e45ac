/** The temporary shelters of the city: which are open, which are prepared; opening and closing one is a decision. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../shared/stations/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './house.module.css';
import { LightMark } from '../ui/light-mark.tsx';
import { ShelterDialog } from './shelter-dialog.tsx';
import { useStations } from './store.ts';

/** Nothing at all where no shelter is prepared. */
export function Shelters(props: { renderIn: (list: ReactNode) => ReactNode }) {
  const shelters = useStations().filter(({ kind, removed }) => kind === 'shelter' && !removed);
  if (shelters.length === 0) return null;
  return props.renderIn(
    <ul className={classes['rows']}>
      {shelters.map((shelter) => (
        <li key={shelter.id} className={classes['row']}>
          <Shelter shelter={shelter} />
        </li>
      ))}
    </ul>,
  );
}

function Shelter({ shelter }: { shelter: StationView }) {
  const { t } = useTranslation(['house', 'stations']);
  const format = useFormat();
  const [deciding, setDeciding] = useState<boolean | null>(null);
  const { name, open } = shelter;
  return (
    <>
      <div className={classes['head']}>
        <strong>{name}</strong>
        <LightMark light={shelter.light} />
        <span className={classes['end']}>
          <BigButton
            full={false}
            label={t(open ? 'house:shelter.shutOf' : 'house:shelter.openOf', { name })}
            onClick={() => setDeciding(!open)}
          >
            {t(open ? 'house:shelter.shut' : 'house:shelter.open')}
          </BigButton>
        </span>
      </div>
      <p className={classes['quiet']}>
        {[
          open
            ? t('stations:bedsFree', { free: shelter.bedsFree, total: shelter.bedsTotal })
            : t('house:shelter.prepared', { count: shelter.bedsTotal }),
          ...(open && shelter.openChangedAt !== null
            ? [t('house:shelter.since', { ago: format.ago(shelter.openChangedAt) })]
            : []),
          ...(!open && shelter.setUpMinutes !== null
            ? [t('house:shelter.setUp', { minutes: shelter.setUpMinutes })]
            : []),
          ...(shelter.contact === ''
            ? []
            : [t('house:shelter.contact', { contact: shelter.contact })]),
        ].join(' · ')}
      </p>
      {/* What is being decided stays, though the shelter may have opened meanwhile. */}
      <ShelterDialog
        station={shelter}
        open={deciding ?? !open}
        shown={deciding !== null}
        onClose={() => setDeciding(null)}
      />
    </>
  );
}
