/** A panel at the lower edge with three heights, moved by drag, by the arrow keys on its handle, or by the caller. */
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './bottom-sheet.module.css';

export type SheetHeight = 'low' | 'half' | 'full';
const order: readonly SheetHeight[] = ['low', 'half', 'full'];
/** shares of the container; "low" keeps the header in view */
const shares: Record<SheetHeight, number> = { low: 0.18, half: 0.48, full: 0.92 };

const step = (height: SheetHeight, by: 1 | -1): SheetHeight =>
  order[Math.min(order.length - 1, Math.max(0, order.indexOf(height) + by))] ?? height;
const toggled = (height: SheetHeight): SheetHeight => (height === 'full' ? 'low' : step(height, 1));

export function nearestHeight(share: number): SheetHeight {
  return order.reduce((best, candidate) =>
    Math.abs(shares[candidate] - share) < Math.abs(shares[best] - share) ? candidate : best,
  );
}

/** Less than this is a tap, not a drag. */
const tapPixels = 6;

function useDrag(
  sheet: RefObject<HTMLElement | null>,
  height: SheetHeight,
  onHeight: (height: SheetHeight) => void,
) {
  const start = useRef<{ y: number; moved: boolean } | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { y: event.clientY, moved: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!start.current) return;
    const by = start.current.y - event.clientY;
    if (Math.abs(by) > tapPixels) start.current.moved = true;
    const room = sheet.current?.parentElement?.clientHeight ?? window.innerHeight;
    if (start.current.moved) setShare(Math.min(0.95, Math.max(0.1, shares[height] + by / room)));
  };
  const onPointerUp = () => {
    if (start.current?.moved && share !== null) onHeight(nearestHeight(share));
    else if (start.current) onHeight(toggled(height));
    start.current = null;
    setShare(null);
  };
  const onPointerCancel = () => {
    start.current = null;
    setShare(null);
  };
  return { share, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel } };
}

export interface BottomSheetProps {
  height: SheetHeight;
  onHeight: (height: SheetHeight) => void;
  label: string;
  /** always in view, under the handle */
  header?: ReactNode;
  children: ReactNode;
}

export function BottomSheet(props: BottomSheetProps) {
  const { t } = useTranslation('common');
  const sheet = useRef<HTMLElement>(null);
  const { share, handlers } = useDrag(sheet, props.height, props.onHeight);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') props.onHeight(step(props.height, 1));
    else if (event.key === 'ArrowDown') props.onHeight(step(props.height, -1));
    else if (event.key === 'Enter' || event.key === ' ') props.onHeight(toggled(props.height));
    else return;
    event.preventDefault();
  };
  return (
    <section
      ref={sheet}
      className={classes['sheet']}
      data-dragging={share !== null || undefined}
      style={{ height: `${(share ?? shares[props.height]) * 100}%` }}
      aria-label={props.label}
    >
      <div
        className={classes['handle']}
        role="slider"
        tabIndex={0}
        aria-label={t('sheet.handle')}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={2}
        aria-valuenow={order.indexOf(props.height)}
        aria-valuetext={t(`sheet.${props.height}`)}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <span className={classes['grip']} aria-hidden />
      </div>
      {props.header}
      <div className={classes['body']}>{props.children}</div>
    </section>
  );
}
