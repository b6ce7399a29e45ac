/** Follows only the part of the city that matters to this team, and asks for it when that part changes. */
import { useEffect, useMemo, useState } from 'react';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { AreaView } from '../../shared/patrols/schema.ts';
import { useLive } from '../realtime/live.tsx';
import { useHere } from './here.ts';
import { cellsToWatch } from './watch-cells.ts';

const settleMs = 400;

export function useSurroundings(area: AreaView | null, tasks: readonly DispatchView[]) {
  const live = useLive();
  const here = useHere((store) => store.here);
  const [view, setView] = useState<Bounds | null>(null);
  const [cells, setCells] = useState<readonly string[] | null>(null);
  const places = useMemo(
    () => [...(here ? [here] : []), ...tasks.map(({ target }) => target)],
    [here, tasks],
  );
  useEffect(() => {
    if (live === null || view === null) return;
    const timer = setTimeout(() => {
      const next = cellsToWatch({ view, area: area?.boundary ?? null, places });
      setCells((before) => (String(before) === String(next) ? before : next));
      live.watch(next);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [live, view, area, places]);
  // Another screen of the same person may need the whole city.
  useEffect(() => () => live?.watch(null), [live]);
  return { cells, setView };
}
