/** How long ago, ticking. `tappable` (where it is not already inside a button) tells the exact time on tap. */
import { useState } from 'react';
import { useFormat } from '../kernel/use-format.ts';
import classes from './ago.module.css';

export function Ago(props: { at: string; className?: string; tappable?: boolean }) {
  const format = useFormat();
  const [exact, setExact] = useState(false);
  const time = (
    <time
      className={`${classes['ago']} ${props.className ?? ''}`}
      dateTime={props.at}
      title={format.exact(props.at)}
    >
      {exact ? format.exact(props.at) : format.ago(props.at)}
    </time>
  );
  if (props.tappable !== true) return time;
  return (
    <button type="button" className={classes['tap']} onClick={() => setExact((shown) => !shown)}>
      {time}
    </button>
  );
}
