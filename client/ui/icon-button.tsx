/** A button of one picture, 48 px; its words are for the ear and for whoever points at it. */
import type { ReactNode } from 'react';
import classes from './icon-button.module.css';

export function IconButton(props: {
  label: string;
  children: ReactNode;
  onClick?: () => void;
  /** makes it a link */
  href?: string;
  /** wears an outline, where it stands alone */
  outlined?: boolean;
  disabled?: boolean;
  /** says that it opens a menu, and which one is open */
  popup?: { open: boolean; id: string | null };
}) {
  const shared = {
    className: classes['button'],
    'data-outlined': props.outlined === true || undefined,
    'aria-label': props.label,
    title: props.label,
    onClick: props.onClick && (() => props.onClick?.()),
  };
  if (props.href !== undefined)
    return (
      <a href={props.href} {...shared}>
        {props.children}
      </a>
    );
  return (
    <button
      type="button"
      disabled={props.disabled === true}
      aria-haspopup={props.popup ? 'menu' : undefined}
      aria-expanded={props.popup?.open}
      aria-controls={props.popup?.id ?? undefined}
      {...shared}
    >
      {props.children}
    </button>
  );
}
