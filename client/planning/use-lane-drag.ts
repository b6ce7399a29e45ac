/**
 * Dragging a job over the lanes: a mouse begins by moving, a finger by resting, so that the lanes still scroll under it.
 * Where it would come to lie is worked out from the pointer's place; Escape gives up.
 */
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import type { Lane } from '../../shared/planning/schema.ts';
import type { Placing } from './move-effect.ts';
import { dropBefore, nextJobOf } from './plan-stops.ts';
import type { PlacedVisit } from './plan-stops.ts';
import { momentAt } from './time-axis.ts';
import type { Axis } from './time-axis.ts';

export interface LaneDrag {
  visit: PlacedVisit;
  x: number;
  y: number;
  /** null: over nothing, or where it is already */
  placing: Placing | null;
}

interface Press {
  visit: PlacedVisit;
  x: number;
  y: number;
  byTouch: boolean;
}

const slackPx = 6;
const restMs = 300;
const edgePx = 48;
const scrollPx = 10;

/** A drag ends in a click on whatever lies there; that one is not meant. */
function swallowClick(): void {
  const swallow = (event: Event) => event.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}

export function useLaneDrag(options: {
  lanes: readonly Lane[];
  axis: Axis;
  scroller: RefObject<HTMLElement | null>;
  onDrop: (drag: LaneDrag) => void;
}): {
  drag: LaneDrag | null;
  press: (event: ReactPointerEvent, visit: PlacedVisit) => void;
} {
  const [pressed, setPressed] = useState<Press | null>(null);
  const [drag, setDrag] = useState<LaneDrag | null>(null);

  const placingAt = useEffectEvent((visit: PlacedVisit, x: number, y: number): Placing | null => {
    const row = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-lane]');
    const lane = options.lanes.find(({ teamId }) => teamId === row?.dataset['lane']);
    const track = row?.querySelector('[data-track]')?.getBoundingClientRect();
    if (!lane || !track || track.width === 0) return null;
    const { jobId } = visit.stop;
    const at = momentAt(options.axis, (x - track.left) / track.width);
    const beforeJobId = dropBefore(lane, jobId, at);
    const stays = lane.teamId === visit.teamId && beforeJobId === nextJobOf(lane, jobId);
    return stays ? null : { jobId, teamId: lane.teamId, beforeJobId };
  });
  const dropped = useEffectEvent((last: LaneDrag) => {
    if (last.placing !== null) options.onDrop(last);
  });
  const scrollNear = useEffectEvent((y: number) => {
    const scroller = options.scroller.current;
    if (!scroller) return;
    const box = scroller.getBoundingClientRect();
    if (y < box.top + edgePx) scroller.scrollTop -= scrollPx;
    else if (y > box.bottom - edgePx) scroller.scrollTop += scrollPx;
  });

  useEffect(() => {
    if (pressed === null) return undefined;
    const { visit } = pressed;
    let last: LaneDrag | null = null;
    const carry = (x: number, y: number) => {
      last = { visit, x, y, placing: placingAt(visit, x, y) };
      setDrag(last);
    };
    const stop = () => {
      setDrag(null);
      setPressed(null);
    };
    const rest = pressed.byTouch
      ? setTimeout(() => {
          navigator.vibrate?.(20);
          carry(pressed.x, pressed.y);
        }, restMs)
      : undefined;
    const onMove = (event: PointerEvent) => {
      const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > slackPx;
      if (last !== null || (far && !pressed.byTouch)) carry(event.clientX, event.clientY);
      else if (far) stop();
    };
    const onUp = () => {
      if (last !== null) {
        swallowClick();
        dropped(last);
      }
      stop();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || last === null) return;
      event.stopPropagation();
      swallowClick();
      stop();
    };
    const onTouch = (event: TouchEvent) => {
      if (last !== null && event.cancelable) event.preventDefault();
    };
    const scroll = setInterval(() => {
      if (last !== null) scrollNear(last.y);
    }, 16);
    const ears = new AbortController();
    const { signal } = ears;
    document.addEventListener('pointermove', onMove, { signal });
    document.addEventListener('pointerup', onUp, { signal });
    document.addEventListener('pointercancel', stop, { signal });
    document.addEventListener('keydown', onKey, { signal, capture: true });
    document.addEventListener('touchmove', onTouch, { signal, passive: false });
    return () => {
      ears.abort();
      clearTimeout(rest);
      clearInterval(scroll);
    };
  }, [pressed]);

  const press = useCallback((event: ReactPointerEvent, visit: PlacedVisit) => {
    if (event.button !== 0 || !event.isPrimary) return;
    setPressed({
      visit,
      x: event.clientX,
      y: event.clientY,
      byTouch: event.pointerType === 'touch',
    });
  }, []);
  return { drag, press };
}
