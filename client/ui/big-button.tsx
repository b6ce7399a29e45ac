/** A button for a gloved thumb: at least 48 px, 64 on the report screen; at most one `main` per screen. */
import { Button } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import classes from './big-button.module.css';

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
  const { tone = 'plain', tall = false, full = true, href, type = 'button', label } = props;
  const shared = {
    className: `${classes['button']} ${classes[tone]} ${tall ? classes['tall'] : ''}`,
    classNames: { label: classes['label'] ?? '', inner: classes['inner'] ?? '' },
    leftSection: props.icon,
    fullWidth: full,
    ...(label === undefined ? {} : { 'aria-label': label }),
    ...(props.style === undefined ? {} : { style: props.style }),
  };
  if (href !== undefined)
    return (
      <Button
        component="a"
        href={href}
        {...shared}
        {...(props.onClick ? { onClick: props.onClick } : {})}
      >
        {props.children}
      </Button>
    );
  return (
    <Button
      {...shared}
      type={type}
      loading={props.loading ?? false}
      disabled={props.disabled ?? false}
      {...(props.onClick ? { onClick: props.onClick } : {})}
    >
      {props.children}
    </Button>
  );
}
