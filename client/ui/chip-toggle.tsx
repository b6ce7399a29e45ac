/** A row of smaller toggles (≥ 48 px) for what is worth saying but not worth a picture. */
import { IconCheck } from '@tabler/icons-react';
import classes from './chip-toggle.module.css';

export function ChipToggles<K extends string>(props: {
  label: string;
  chips: readonly { key: K; label: string }[];
  chosen: ReadonlySet<K>;
  onToggle: (key: K) => void;
}) {
  return (
    <div className={classes['row']} role="group" aria-label={props.label}>
      {props.chips.map((chip) => {
        const pressed = props.chosen.has(chip.key);
        return (
          <button
            key={chip.key}
            type="button"
            className={classes['chip']}
            aria-pressed={pressed}
            onClick={() => props.onToggle(chip.key)}
          >
            {pressed && <IconCheck size={18} stroke={3} aria-hidden />}
            {chip.label}
          </button>
        );
      })}
    </div>
  );
}
