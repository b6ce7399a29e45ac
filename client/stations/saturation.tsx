/** How fast a house fills, in words, and the shelters that could be open before it is full. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaturationView, StationView } from '../../shared/stations/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './house.module.css';
import { ShelterDialog } from './shelter-dialog.tsx';
import { useStations, useStationsStore } from './store.ts';

const hourMs = 3_600_000;
/** Later than this there is time to think of something else first. */
const soonHours = 4;

/** Full, or so soon that somebody should decide something. */
export const isFillingSoon = (
  { hoursToFull }: SaturationView,
  { bedsFree }: Pick<StationView, 'bedsFree'>,
): boolean => bedsFree === 0 || (hoursToFull !== null && hoursToFull <= soonHours);

/** Hours away, minutes would be more than anybody knows. */
const rounded = (hours: number): number => (hours >= 2 ? Math.round(hours) : hours);

/** "at the rate of the last 3 h it is full in about 2 h" */
export function useSaturationWords(): (
  saturation: SaturationView,
  station: Pick<StationView, 'bedsFree'>,
) => string {
  const { t } = useTranslation('house');
  const format = useFormat();
  return ({ hoursToFull, perHour, windowHours: hours }, { bedsFree }) => {
    if (bedsFree === 0) return t('saturation.full');
    if (hoursToFull !== null)
      return t('saturation.filling', {
        hours,
        left: format.duration(rounded(hoursToFull) * hourMs),
      });
    return t(perHour < 0 ? 'saturation.emptying' : 'saturation.steady', { hours });
  };
}

export function Saturation(props: {
  station: StationView;
  saturation: SaturationView;
  mayDecide: boolean;
}) {
  const { t } = useTranslation('house');
  const words = useSaturationWords();
  const { saturation, station } = props;
  const { proposals } = saturation;
  const filling = saturation.hoursToFull !== null || station.bedsFree === 0;
  return (
    <>
      <p className={isFillingSoon(saturation, station) ? classes['late'] : classes['text']}>
        {words(saturation, station)}
      </p>
      {saturation.perHour > 0 && (
        <p className={classes['quiet']}>
          {t('saturation.perHour', { count: Math.round(saturation.perHour * 10) / 10 })}
        </p>
      )}
      {proposals.length > 0 && (
        <>
          <h3 className={classes['sub']}>{t('saturation.shelters')}</h3>
          <ul className={classes['rows']}>
            {proposals.map((proposal) => (
              <li key={proposal.shelterId} className={classes['row']}>
                <Proposal
                  proposal={proposal}
                  hoursToFull={saturation.hoursToFull}
                  mayDecide={props.mayDecide}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {filling && proposals.length === 0 && <NoneToOpen />}
    </>
  );
}

/** Prepared, but not needed yet; or all of them in use; or none there are. */
function NoneToOpen() {
  const { t } = useTranslation('house');
  const shelters = useStations().filter(({ kind, removed }) => kind === 'shelter' && !removed);
  const prepared = shelters.filter(({ open }) => !open).length;
  return (
    <p className={classes['quiet']}>
      {prepared > 0
        ? t('saturation.notYet', { count: prepared })
        : t(shelters.length > 0 ? 'saturation.allOpen' : 'saturation.noShelters')}
    </p>
  );
}

function Proposal(props: {
  proposal: SaturationView['proposals'][number];
  hoursToFull: number | null;
  mayDecide: boolean;
}) {
  const { t } = useTranslation('house');
  const format = useFormat();
  const { proposal, hoursToFull } = props;
  const shelter = useStationsStore((store) => store.byId.get(proposal.shelterId));
  const [deciding, setDeciding] = useState(false);
  if (!shelter) return null;
  const late = hoursToFull !== null && proposal.readyInMinutes > hoursToFull * 60;
  return (
    <>
      <div className={classes['head']}>
        <strong>{shelter.name}</strong>
        {props.mayDecide && (
          <span className={classes['end']}>
            <BigButton
              full={false}
              label={t('shelter.openOf', { name: shelter.name })}
              onClick={() => setDeciding(true)}
            >
              {t('shelter.open')}
            </BigButton>
          </span>
        )}
      </div>
      <p className={classes['quiet']}>
        {t('saturation.ready', {
          minutes: proposal.readyInMinutes,
          places: proposal.places,
          distance: format.distance(proposal.distanceMeters),
        })}
      </p>
      {late && <p className={classes['late']}>{t('saturation.late')}</p>}
      {shelter.contact !== '' && (
        <p className={classes['quiet']}>{t('shelter.contact', { contact: shelter.contact })}</p>
      )}
      <ShelterDialog station={shelter} open shown={deciding} onClose={() => setDeciding(false)} />
    </>
  );
}
