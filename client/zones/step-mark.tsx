/** The step of a cell as colour and number, with the outline it has on the map. */
import { useTranslation } from 'react-i18next';
import type { CellStep } from '../../shared/zones/schema.ts';
import classes from './step-mark.module.css';

export function StepMark({ step }: { step: CellStep }) {
  const { t } = useTranslation('zones');
  if (step === 0) return null;
  const label = t('stepMark', { step, word: t(`step.${step}`) });
  return (
    <span className={classes['mark']} data-step={step} role="img" aria-label={label} title={label}>
      {step}
    </span>
  );
}
