/** What is closed to traffic, outlined on the map with the reason along its edge. */
import { useMemo } from 'react';
import { DrawnLayer } from '../map/drawn-layer.tsx';
import type { Tokens } from '../ui/tokens.ts';
import { useClosures } from './store.ts';

export function ClosureLayer({ color, tokens }: { color: string; tokens: Tokens }) {
  const closures = useClosures();
  const shapes = useMemo(
    () => closures.map(({ id, boundary, reason }) => ({ id, boundary, name: `⛔ ${reason}` })),
    [closures],
  );
  return <DrawnLayer id="closures" shapes={shapes} color={color} tokens={tokens} />;
}
