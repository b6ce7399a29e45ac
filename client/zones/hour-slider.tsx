/** The next twelve hours on a slider: what all cells will owe if nobody goes, by the forecast of people and of the cold. */
import { IconArrowBackUp } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useCity } from '../kernel/city.tsx';
import { useFormat } from '../kernel/use-format.ts';
import classes from './hour-slider.module.css';
import type { FeltHere, FeltThere } from './picture.ts';

export const mostHoursAhead = 12;
const hourMs = 3_600_000;

export function HourSlider(props: {
  hoursAhead: number;
  feltThere: FeltThere;
  onChange: (hoursAhead: number) => void;
}) {
  const { t } = useTranslation('zones');
  const { city } = useCity();
  const format = useFormat();
  const id = useId();
  const { hoursAhead, feltThere } = props;
  const atMs = format.now + hoursAhead * hourMs;
  const here = city === null ? null : feltThere(city.center, atMs);
  const time = format.time(new Date(atMs).toISOString());
  const felt = useFeltWords(here);
  const ahead = hoursAhead > 0;
  const when = ahead ? t('hourAt.ahead', { count: hoursAhead }) : t('hourAt.now');
  const gap =
    here === null ? t('hourAt.unknown') : ahead && !here.told ? t('hourAt.declared') : null;
  return (
    <section
      className={classes['slider']}
      data-ahead={ahead || undefined}
      aria-label={t('hourAt.label')}
    >
      <output htmlFor={id} className={classes['value']}>
        <span>
          <strong>{time}</strong>{' '}
          {ahead && <span className={classes['badge']}>{t('hourAt.forecast')}</span>}
        </span>
        <span className={classes['felt']}>
          {when} · {felt}
        </span>
      </output>
      <div className={classes['track']}>
        <input
          id={id}
          type="range"
          min={0}
          max={mostHoursAhead}
          step={1}
          value={hoursAhead}
          aria-label={t('hourAt.label')}
          aria-valuetext={t(ahead ? 'hourAt.spokenForecast' : 'hourAt.spoken', {
            when,
            time,
            felt,
          })}
          onChange={(event) => props.onChange(Number(event.currentTarget.value))}
        />
        <div className={classes['marks']} aria-hidden>
          <span>+0</span>
          <span>+3</span>
          <span>+6</span>
          <span>+9</span>
          <span>+12 h</span>
        </div>
      </div>
      <button
        type="button"
        className={classes['back']}
        disabled={!ahead}
        aria-label={t('hourAt.back')}
        title={t('hourAt.back')}
        onClick={() => props.onChange(0)}
      >
        <IconArrowBackUp size={20} aria-hidden />
        {t('hourAt.now')}
      </button>
      {gap !== null && <p className={classes['gap']}>{gap}</p>}
    </section>
  );
}

function useFeltWords(here: FeltHere | null): string {
  const { t } = useTranslation('zones');
  const format = useFormat();
  return here === null
    ? t('hourAt.feltUnknown')
    : t('hourAt.felt', { felt: format.temperature(here.feltCelsius) });
}
