/** A QR code drawn on the spot, without a network: dark squares on white, whatever the theme. */
import { create } from 'qrcode';
import { useMemo } from 'react';

/** White around it, in squares, as the standard asks for. */
const quiet = 4;

function pathOf(size: number, isDark: (row: number, column: number) => boolean): string {
  const runs: string[] = [];
  for (let row = 0; row < size; row += 1) {
    let column = 0;
    while (column < size) {
      const from = column;
      while (column < size && isDark(row, column)) column += 1;
      if (column > from)
        runs.push(`M${from + quiet} ${row + quiet}h${column - from}v1h${from - column}z`);
      else column += 1;
    }
  }
  return runs.join('');
}

export function QrCode(props: { text: string; label: string; className?: string | undefined }) {
  const { side, path } = useMemo(() => {
    // Half of it may be dirty, torn or behind tape.
    const { modules } = create(props.text, { errorCorrectionLevel: 'Q' });
    const dark = (row: number, column: number) => modules.get(row, column) !== 0;
    return { side: modules.size + 2 * quiet, path: pathOf(modules.size, dark) };
  }, [props.text]);
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      className={props.className}
      role="img"
      aria-label={props.label}
      shapeRendering="crispEdges"
    >
      <path d={`M0 0h${side}v${side}h-${side}z`} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
