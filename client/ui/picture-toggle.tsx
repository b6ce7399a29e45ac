/** Big picture buttons that stay pressed: a picture, a word, a tick. Meant to be hit without looking twice. */
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './picture-toggle.module.css';

export interface Picture<K extends string> {
  key: K;
  label: string;
  picture: ReactNode;
  /** life in danger: wears the danger colour when pressed */
  danger?: boolean;
}

export function PictureToggles<K extends string>(props: {
  label: string;
  pictures: readonly Picture<K>[];
  chosen: ReadonlySet<K>;
  onToggle: (key: K) => void;
}) {
  return (
    <div className={classes['grid']} role="group" aria-label={props.label}>
      {props.pictures.map((item) => {
        const pressed = props.chosen.has(item.key);
        return (
          <button
            key={item.key}
            type="button"
            className={classes['tile']}
            aria-pressed={pressed}
            data-danger={item.danger === true || undefined}
            onClick={() => props.onToggle(item.key)}
          >
            <span className={classes['picture']} aria-hidden>
              {item.picture}
            </span>
            <span className={classes['label']}>{item.label}</span>
            {pressed && (
              <span className={classes['tick']} aria-hidden>
                <IconCheck size={20} stroke={3} />
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
