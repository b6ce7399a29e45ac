import classes from './tips.module.css';

/** Eight characters in two groups, easy to read out; a screen reader hears them one by one. */
export function TrackingCode(props: { code: string; big?: boolean }) {
  const { code } = props;
  return (
    <p className={props.big === true ? classes['codeBig'] : classes['code']}>
      <span aria-hidden>
        {code.slice(0, 4)} {code.slice(4)}
      </span>
      <span className={classes['spoken']}>{code.split('').join(' ')}</span>
    </p>
  );
}
