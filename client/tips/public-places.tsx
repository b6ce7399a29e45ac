/** Where to warm up and sleep: the houses the city shows to everyone, with a light each; the nearest first when asked. */
import { IconCurrentLocation, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Position } from '../../shared/geo/position.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LightMark } from '../ui/light-mark.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { roughMeters } from './rough-meters.ts';
import classes from './tips.module.css';
import { useNearMe } from './use-near-me.ts';
import type { PublicPlacesState, PublicPlacesView } from './use-public-places.ts';

type PublicStation = PublicPlacesView['stations'][number];

/** Open ones first; near ones first where it is known where one is. */
function ordered(stations: readonly PublicStation[], here: Position | null): PublicStation[] {
  const shut = ({ light }: PublicStation) => Number(light === 'shut');
  return stations.toSorted(
    (a, b) =>
      shut(a) - shut(b) || (here === null ? 0 : roughMeters(here, a) - roughMeters(here, b)),
  );
}

export function PublicPlaces(props: { state: PublicPlacesState; cityId: string }) {
  const { t } = useTranslation(['tips', 'stations']);
  const near = useNearMe();
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
      <>
        <ul className={classes['places']}>
          {ordered(places.stations, near.here).map((station) => (
            <Place key={station.id} station={station} here={near.here} />
          ))}
        </ul>
        {near.here === null && (
          <BigButton
            tone="quiet"
            icon={<IconCurrentLocation size={20} aria-hidden />}
            loading={near.finding}
            onClick={near.ask}
          >
            {t(near.failed ? 'tips:nearFailed' : 'tips:near')}
          </BigButton>
        )}
        <p className={classes['open']}>
          <a href={`/warm-places/${props.cityId}.geojson`}>{t('tips:openData')}</a>
        </p>
      </>
    );
  };
  return (
    <section>
      <h2 className={classes['heading']}>{t('tips:warm')}</h2>
      {list()}
    </section>
  );
}

function Place({ station, here }: { station: PublicStation; here: Position | null }) {
  const { t } = useTranslation(['tips', 'stations']);
  const format = useFormat();
  const away = here === null ? '' : format.distance(roughMeters(here, station));
  return (
    <li className={classes['station']}>
      <div className={classes['stationText']}>
        <p className={classes['stationName']}>{station.name}</p>
        <LightMark light={station.light} />
        <p className={classes['meta']}>
          {[station.address, away].filter((part) => part !== '').join(' · ')}
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
  );
}
