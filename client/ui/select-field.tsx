/** One of a few, by the device's own picker, without the component library. */
import { useId } from 'react';
import classes from './text-field.module.css';

export function SelectField(props: {
  label: string;
  /** for the ear alone, where a row speaks for itself */
  hideLabel?: boolean;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const { label, hideLabel = false } = props;
  const id = useId();
  return (
    <div className={classes['group']}>
      {!hideLabel && (
        <label htmlFor={id} className={classes['label']}>
          {label}
        </label>
      )}
      <select
        id={id}
        className={classes['field']}
        aria-label={hideLabel ? label : undefined}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
