/** The whole screen as a map with a pin in its middle: move the map under the pin, take that place. */
import { Modal } from '@mantine/core';
import { IconMapPinFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { CityMap } from '../map/city-map.tsx';
import { BigButton } from '../ui/big-button.tsx';
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
  return (
    <Modal
      opened
      fullScreen
      onClose={props.onCancel}
      title={t('sightings:place.mapTitle')}
      closeButtonProps={{ 'aria-label': t('common:close'), size: 48 }}
      classNames={{ content: classes['content'] ?? '', body: classes['body'] ?? '' }}
      transitionProps={{ duration: 0 }}
    >
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
    </Modal>
  );
}
