/** A small menu under a button, without the component library: opens on a tap, moves by the arrow keys, closes on Escape. */
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import classes from './menu.module.css';

export interface MenuItem {
  label: string;
  onChoose: () => void;
}

export function Menu(props: {
  label: string;
  icon: ReactNode;
  /** above the items */
  head?: ReactNode;
  items: readonly MenuItem[];
}) {
  const { label, items } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    place.current?.querySelector('button')?.focus();
  };
  const onOutside = useEffectEvent((event: Event) => {
    if (!place.current?.contains(event.target as Node)) setOpen(false);
  });
  useEffect(() => {
    if (!open) return undefined;
    list.current?.querySelector('button')?.focus({ preventScroll: true });
    document.addEventListener('pointerdown', onOutside);
    return () => document.removeEventListener('pointerdown', onOutside);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') buttons[(at + 1) % buttons.length]?.focus();
    else if (event.key === 'ArrowUp') buttons.at(at <= 0 ? -1 : at - 1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={place}
      role="presentation"
      className={classes['menu']}
      onKeyDown={onKeyDown}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget !== null && !place.current?.contains(relatedTarget)) setOpen(false);
      }}
    >
      <IconButton
        label={label}
        popup={{ open, id: open ? id : null }}
        onClick={() => setOpen(!open)}
      >
        {props.icon}
      </IconButton>
      {open && (
        <div id={id} className={classes['panel']}>
          {props.head}
          <div ref={list} role="menu" aria-label={label}>
            {items.map((item) => (
              <button
                key={item.label}
                type="button"
                role="menuitem"
                className={classes['item']}
                onClick={() => {
                  close();
                  item.onChoose();
                }}
              >
                {item.label}
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
