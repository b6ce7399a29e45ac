import { useEffect, useState } from 'react';
import type { CoverageOf, CoveredStreets } from '../../shared/tracks/schema.ts';
import { api } from '../kernel/api.ts';

const againMs = 60_000;

/** Streets covered so far, asked for again every minute while wanted; null until the first answer. */
export function useCoveredStreets(
  of: (Omit<CoverageOf, 'to'> & { to: string | null }) | null,
): CoveredStreets | null {
  const [streets, setStreets] = useState<CoveredStreets | null>(null);
  const areaId = of?.areaId ?? null;
  const teamId = of?.teamId ?? null;
  const from = of?.from ?? null;
  const end = of?.to ?? null;
  useEffect(() => {
    setStreets(null);
    if (from === null) return;
    let gone = false;
    const ask = () => {
      const now = new Date().toISOString();
      const to = end !== null && end < now ? end : now;
      void api.tracks.coveredStreets
        .query({ areaId, teamId, from, to })
        // A failed question leaves the picture of before; the next comes in a minute.
        .then((found) => !gone && setStreets(found))
        .catch(() => undefined);
    };
    ask();
    const timer = setInterval(ask, againMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [areaId, teamId, from, end]);
  return streets;
}
