/** What violet means on the map, in words: the cells that are worked out, and the areas that somebody drew. */
import { useTranslation } from 'react-i18next';
import type { CellStep } from '../../shared/zones/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { useColourScheme } from '../ui/colour-scheme.ts';
import classes from './cold-legend.module.css';
import { StepMark } from './step-mark.tsx';

const steps: readonly CellStep[] = [4, 3, 2, 1];
const hourMs = 3_600_000;

export function ColdLegend({ hoursAhead }: { hoursAhead: number }) {
  const { t } = useTranslation('zones');
  const format = useFormat();
  const light = useColourScheme() === 'light';
  const time = format.time(new Date(format.now + hoursAhead * hourMs).toISOString());
  return (
    <section className={classes['legend']}>
      <h3>{t('key.cells')}</h3>
      {hoursAhead > 0 && <p className={classes['ahead']}>{t('key.ahead', { time })}</p>}
      <ul>
        {steps.map((step) => (
          <li key={step}>
            <StepMark step={step} /> {t(`step.${step as 1 | 2 | 3 | 4}`)}
          </li>
        ))}
      </ul>
      <p>{t(light ? 'key.cellsTextDay' : 'key.cellsText')}</p>
      <h3>
        <span className={classes['zone']} aria-hidden /> {t('key.zones')}
      </h3>
      <p>{t('key.zonesText')}</p>
    </section>
  );
}
