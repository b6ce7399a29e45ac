/** A whole number set by two big buttons, or typed. */
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './count-stepper.module.css';

export function CountStepper(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  error?: string | null;
}) {
  const { t } = useTranslation('common');
  const id = useId();
  const set = (value: number) => {
    if (Number.isFinite(value)) props.onChange(Math.trunc(value));
  };
  return (
    <div>
      <div className={classes['row']}>
        <label className={classes['label']} htmlFor={id}>
          {props.label}
        </label>
        <button
          type="button"
          className={classes['step']}
          aria-label={`${props.label}: ${t('minus')}`}
          disabled={props.value <= props.min}
          onClick={() => set(Math.max(props.min, props.value - 1))}
        >
          <IconMinus size={26} aria-hidden />
        </button>
        <input
          id={id}
          className={classes['value']}
          inputMode="numeric"
          value={props.value}
          onChange={(event) =>
            set(Number(event.currentTarget.value.replace(/\D/g, '') || props.min))
          }
          aria-invalid={Boolean(props.error)}
          aria-describedby={props.error ? `${id}-error` : undefined}
        />
        <button
          type="button"
          className={classes['step']}
          aria-label={`${props.label}: ${t('plus')}`}
          disabled={props.value >= props.max}
          onClick={() => set(Math.min(props.max, props.value + 1))}
        >
          <IconPlus size={26} aria-hidden />
        </button>
      </div>
      {props.error && (
        <p id={`${id}-error`} className={classes['error']} role="alert">
          {props.error}
        </p>
      )}
    </div>
  );
}
