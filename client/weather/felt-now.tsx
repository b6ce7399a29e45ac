/** The felt temperature on a strip: where somebody stands if that is known, else of the city; how old it is when it is old. */
import { IconClockPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Position } from '../../shared/geo/position.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './felt-now.module.css';
import { feltOf } from '../../shared/weather/where.ts';
import { useFelt, useWeatherAt, useWeatherNews } from './store.ts';

export function FeltNow({ here = null }: { here?: Position | null }) {
  const { t } = useTranslation('weather');
  const format = useFormat();
  const felt = useFelt();
  const news = useWeatherNews();
  const there = useWeatherAt(here);
  const toldAt = news?.toldAt ?? null;
  const old = news !== null && news.stale;
  if (there !== null && !old)
    return (
      <span className={classes['felt']}>
        {t('feltHere', { felt: format.temperature(feltOf(there, felt)) })}
        {there.wet === true && <b className={classes['wet']}>{t('wet')}</b>}
      </span>
    );
  return (
    <span className={classes['felt']}>
      {felt !== null && t('felt', { felt: format.temperature(felt) })}
      {!old && news?.now?.wet === true && <b className={classes['wet']}>{t('wet')}</b>}
      {old && toldAt !== null ? (
        <small className={classes['old']}>
          <IconClockPause size={16} aria-hidden />
          {t('staleSince', { ago: format.ago(toldAt) })}
        </small>
      ) : (
        felt !== null &&
        news?.now == null && <small className={classes['old']}>{t('declaredOnly')}</small>
      )}
    </span>
  );
}
