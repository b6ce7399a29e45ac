import classes from './spinner.module.css';

/** Something is under way; whoever shows it says in words what. */
export function Spinner(props: { size: number }) {
  return (
    <span
      className={classes['spinner']}
      style={{ width: props.size, height: props.size }}
      aria-hidden
    />
  );
}
