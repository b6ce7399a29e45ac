// How many people a cluster stands for. Five reports of one sleeping person are one person.
import { toEcef } from '../geo/ellipsoid.ts';
import type { Position } from '../geo/position.ts';

export interface HeadcountReport extends Position {
  accuracyMeters: number;
  headcount: number;
}

export interface HeadcountEstimate {
  /** The largest number any one report counted: at least these are there. */
  low: number;
  /** Sum over spots of the largest count at each. */
  likely: number;
}

/** Closer than this two reports mean one spot, however exact both are. */
const SAME_SPOT_METERS = 30;
/** Poor accuracies don't join more than this. */
const BLURRED_SPOT_METERS = 80;

/**
 * Reports that can be of the same people (within 30 m of each other, or within the sum of their
 * accuracies up to 80 m, step by step) make one spot; a spot counts the largest headcount reported
 * there; spots add up. No reports: 0 and 0.
 */
export function estimateHeadcount(reports: readonly HeadcountReport[]): HeadcountEstimate {
  const places = reports.map((report) => toEcef(report));
  const waiting = new Set(reports.keys());
  let low = 0;
  let likely = 0;
  for (const first of reports.keys()) {
    if (!waiting.delete(first)) continue;
    const spot = [first];
    let most = 0;
    for (let at = spot.pop(); at !== undefined; at = spot.pop()) {
      most = Math.max(most, reports[at]!.headcount);
      for (const other of waiting) {
        const [p, q] = [places[at]!, places[other]!];
        const squared = (p.x - q.x) ** 2 + (p.y - q.y) ** 2 + (p.z - q.z) ** 2;
        if (squared > spotRadiusMeters(reports[at]!, reports[other]!) ** 2) continue;
        waiting.delete(other);
        spot.push(other);
      }
    }
    low = Math.max(low, most);
    likely += most;
  }
  return { low, likely };
}

function spotRadiusMeters(a: HeadcountReport, b: HeadcountReport): number {
  const blur = a.accuracyMeters + b.accuracyMeters;
  return Math.max(SAME_SPOT_METERS, Math.min(BLURRED_SPOT_METERS, blur));
}
