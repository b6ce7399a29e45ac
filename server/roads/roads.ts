/** Chooses, city by city, who answers for the roads: the engine in this process, a server, or the estimate. */
import { estimateMatrix } from '../../shared/roads/estimate.ts';
import type { RoadConditions, Roads } from '../../shared/roads/schema.ts';
import type { Log } from '../kernel/log.ts';

export type { Roads } from '../../shared/roads/schema.ts';

export interface RoadsConfig {
  dataDir: string;
  valhallaUrl: string | undefined;
}

const asAlways: RoadConditions = { winterFactor: 1.15, closures: [] };

export function openRoads(_config: RoadsConfig, _log: Log): Roads {
  const conditions = new Map<string, RoadConditions>();
  const listeners = new Set<(cityId: string) => void>();
  const conditionsOf = (cityId: string) => conditions.get(cityId) ?? asAlways;
  const roads: Roads = {
    matrix: async (cityId, mode, from, to) => roads.estimate(cityId, mode, from, to),
    route: () => Promise.reject(new Error('not yet')),
    isochrones: () => Promise.reject(new Error('not yet')),
    match: () => Promise.reject(new Error('not yet')),
    estimate: (cityId, mode, from, to) => estimateMatrix(mode, from, to, conditionsOf(cityId)),
    isEstimated: () => true,
    setConditions(cityId, next) {
      conditions.set(cityId, next);
      for (const listener of listeners) listener(cityId);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => undefined,
  };
  return roads;
}
