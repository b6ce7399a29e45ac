/** The whole screen as a map with a pin in its middle: move the map under the pin, take that place. */
import { IconMapPinFilled, IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { CityMap } from '../map/city-map.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import classes from './map-pick.module.css';

export function MapPick(props: {
  city: CityView;
  start: Position | null;
  onPick: (position: Position) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation(['sightings', 'common']);
  const from = props.start ?? props.city.center;
  const [center, setCenter] = useState<Position>(from);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes['dialog']}
      aria-labelledby={id}
      onCancel={props.onCancel}
    >
      <header className={classes['head']}>
        <h2 id={id} className={classes['title']}>
          {t('sightings:place.mapTitle')}
        </h2>
        <IconButton label={t('common:close')} onClick={props.onCancel}>
          <IconX size={26} aria-hidden />
        </IconButton>
      </header>
      <div className={classes['map']}>
        <CityMap
          city={props.city}
          initialView={{ center: from, zoom: props.start ? 16.5 : 13 }}
          onMoveEnd={(view) => setCenter(view.center)}
        />
        <span className={classes['pin']} aria-hidden>
          <IconMapPinFilled size={48} />
        </span>
      </div>
      <div className={classes['bar']}>
        <BigButton tall tone="main" onClick={() => props.onPick(center)}>
          {t('sightings:place.mapUse')}
        </BigButton>
      </div>
    </dialog>
  );
}
