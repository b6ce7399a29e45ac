/** The traffic light of a house: a shape and a word, so that it doesn't hang on the colour. */
import { IconCircleCheckFilled, IconCircleHalf2, IconCircleX, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StationLight } from '../../shared/stations/light.ts';
import classes from './light-mark.module.css';

const signs = {
  free: IconCircleCheckFilled,
  few: IconCircleHalf2,
  full: IconCircleX,
  shut: IconLock,
} as const;

export function LightMark({ light }: { light: StationLight }) {
  const { t } = useTranslation('stations');
  const Sign = signs[light];
  return (
    <span className={classes['light']} data-light={light}>
      <Sign size={18} aria-hidden />
      {t(`light.${light}`)}
    </span>
  );
}
