/** A labelled field for words, without the component library: for the screens that must load on a thin line. */
import { useId } from 'react';
import type { HTMLAttributes, InputHTMLAttributes } from 'react';
import classes from './text-field.module.css';

export interface TextFieldProps {
  label: string;
  /** for the ear alone, where a row speaks for itself */
  hideLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  error?: string | null;
  /** as many lines to begin with, more as they fill; default: one */
  rows?: number;
  maxLength?: number;
  type?: 'text' | 'tel';
  inputMode?: HTMLAttributes<HTMLElement>['inputMode'];
  autoComplete?: string;
  autoCapitalize?: string;
  placeholder?: string;
  required?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, hideLabel = false, hint, error, rows, onChange, type = 'text', ...rest } = props;
  const id = useId();
  const told = [hint === undefined ? null : `${id}-hint`, error ? `${id}-error` : null];
  const shared: InputHTMLAttributes<HTMLInputElement & HTMLTextAreaElement> = {
    ...rest,
    id,
    className: classes['field'],
    'aria-label': hideLabel ? label : undefined,
    'aria-invalid': Boolean(error),
    'aria-describedby': told.filter((part) => part !== null).join(' ') || undefined,
    onChange: (event) => onChange(event.currentTarget.value),
  };
  return (
    <div className={classes['group']}>
      {!hideLabel && (
        <label htmlFor={id} className={classes['label']}>
          {label}
        </label>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={classes['hint']}>
          {hint}
        </p>
      )}
      {rows === undefined ? (
        <input type={type} {...shared} />
      ) : (
        <textarea rows={rows} {...shared} />
      )}
      {error && (
        <p id={`${id}-error`} className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
