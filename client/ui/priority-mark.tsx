/** Priority 1…4 as a sign: number, growing ring and brightness, so that no colour has to be told apart. */
import classes from './priority-mark.module.css';

export type PriorityLevel = 1 | 2 | 3 | 4;

export function PriorityMark(props: { level: PriorityLevel; label: string }) {
  return (
    <span
      className={classes['mark']}
      data-level={props.level}
      style={{
        background: `var(--nx-priority-${props.level})`,
        color: `var(--nx-on-priority-${props.level})`,
      }}
      role="img"
      aria-label={props.label}
    >
      {props.level}
    </span>
  );
}
