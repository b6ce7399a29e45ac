/** A button for a gloved thumb: at least 48 px, 64 on the report screen; at most one `main` per screen. */
import type { CSSProperties, ReactNode } from 'react';
import classes from './big-button.module.css';
import { Spinner } from './spinner.tsx';

export interface BigButtonProps {
  children: ReactNode;
  /** main = the one action of the screen; danger = life in danger only */
  tone?: 'main' | 'plain' | 'danger' | 'quiet';
  icon?: ReactNode;
  onClick?: () => void;
  /** makes it a link, e.g. `tel:120` */
  href?: string;
  type?: 'button' | 'submit';
  loading?: boolean;
  disabled?: boolean;
  /** 64 px instead of 48 */
  tall?: boolean;
  full?: boolean;
  label?: string;
  style?: CSSProperties;
}

export function BigButton(props: BigButtonProps) {
  const { tone = 'plain', tall = false, full = true, loading = false, href } = props;
  const shared = {
    className: `${classes['button']} ${classes[tone]} ${tall ? classes['tall'] : ''} ${full ? classes['full'] : ''}`,
    'aria-label': props.label,
    style: props.style,
    onClick: props.onClick && (() => props.onClick?.()),
  };
  const content = (
    <>
      {props.icon !== undefined && props.icon !== null && (
        <span className={classes['icon']}>{props.icon}</span>
      )}
      <span className={classes['label']}>{props.children}</span>
    </>
  );
  if (href !== undefined)
    return (
      <a href={href} {...shared}>
        {content}
      </a>
    );
  return (
    <button
      type={props.type ?? 'button'}
      disabled={loading || props.disabled === true}
      data-loading={loading || undefined}
      {...shared}
    >
      {content}
      {loading && (
        <span className={classes['busy']}>
          <Spinner size={24} />
        </span>
      )}
    </button>
  );
}
