/** Where to warm up and sleep: the stations the city shows to everyone. */
import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/icon-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './tips.module.css';
import type { PublicPlacesState } from './use-public-places.ts';

export function PublicPlaces(props: { state: PublicPlacesState }) {
  const { t } = useTranslation(['tips', 'stations']);
  const { places, fault, reload } = props.state;
  const list = () => {
    if (places === null)
      return fault === null ? (
        <StateBlock kind="loading" compact />
      ) : (
        <StateBlock kind="offline" title={t('tips:warmError')} onRetry={reload} compact />
      );
    if (places.stations.length === 0)
      return <StateBlock kind="empty" title={t('tips:warmEmpty')} compact />;
    return (
      <ul className={classes['places']}>
        {places.stations.map((station) => (
          <li key={`${station.name} ${station.address}`} className={classes['station']}>
            <div className={classes['stationText']}>
              <p className={classes['stationName']}>{station.name}</p>
              <p className={classes['meta']}>
                {[station.address, station.open ? '' : t('stations:shut')]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            </div>
            {station.phone !== '' && (
              <IconButton
                href={`tel:${station.phone}`}
                outlined
                label={`${t('tips:call')}: ${station.name} ${station.phone}`}
              >
                <IconPhone size={22} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    );
  };
  return (
    <section>
      <h2 className={classes['heading']}>{t('tips:warm')}</h2>
      {list()}
    </section>
  );
}
