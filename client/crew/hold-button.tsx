/**
 * A button that acts only when it is held: a ring fills meanwhile, and letting go in time does nothing. The keyboard,
 * which can't be held by mistake in a pocket, gets a question instead.
 */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import classes from './hold-button.module.css';

export const holdMs = 1500;
/** A finger in a glove wanders: farther than this is meant as "no". */
const strayPixels = 60;

export function HoldButton(props: {
  label: string;
  children: ReactNode;
  onHeld: () => void;
  /** Enter, Space, or a screen reader's press */
  onAsked: () => void;
}) {
  const [holding, setHolding] = useState(false);
  const from = useRef({ x: 0, y: 0 });
  const held = useRef(false);
  const done = useEffectEvent(() => props.onHeld());
  useEffect(() => {
    if (!holding) return;
    const timer = setTimeout(() => {
      held.current = true;
      setHolding(false);
      navigator.vibrate?.(200);
      done();
    }, holdMs);
    return () => clearTimeout(timer);
  }, [holding]);
  const down = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    from.current = { x: event.clientX, y: event.clientY };
    held.current = false;
    setHolding(true);
  };
  const move = (event: PointerEvent<HTMLButtonElement>) => {
    const far = Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y);
    if (holding && far > strayPixels) setHolding(false);
  };
  const stop = () => setHolding(false);
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (!event.repeat) props.onAsked();
  };
  return (
    <button
      type="button"
      className={classes['hold']}
      data-holding={holding || undefined}
      aria-label={props.label}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={stop}
      onPointerCancel={stop}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={key}
      onClick={(event) => {
        // A press without a pointer: a screen reader's.
        if (event.detail === 0 && !held.current) props.onAsked();
      }}
    >
      <svg className={classes['ring']} viewBox="0 0 100 100" aria-hidden>
        <circle cx="50" cy="50" r="46" pathLength="1" />
      </svg>
      <span>{props.children}</span>
    </button>
  );
}
