import { z } from 'zod';
import { idSchema } from '../wire.ts';
import { maxBatchPoints } from './limits.ts';
import { periodSchema } from '../shifts/schema.ts';

/** [milliseconds since 1970, lon, lat, accuracy in metres, speed in m/s or null, heading in degrees or null] */
export const trackPointSchema = z.tuple([
  z.number().int().min(0),
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
  z.number().min(0).max(5000),
  z.number().min(0).max(150).nullable(),
  z.number().min(0).lt(360).nullable(),
]);
export type TrackPoint = z.infer<typeof trackPointSchema>;
export const trackBatchSchema = z.array(trackPointSchema).min(1).max(maxBatchPoints);

export const coverageOfSchema = periodSchema.extend({
  areaId: idSchema.nullable(),
  teamId: idSchema.nullable(),
});
export type CoverageOf = z.infer<typeof coverageOfSchema>;

/** What was seen of an area (or by a team) in a period. */
export interface CoverageSummary {
  keyPoints: {
    /** that had to be seen within the period */
    due: number;
    visited: number;
    visitedByDwell: number;
    visitedByRecord: number;
    /** of the due ones, those that were let wait longer than they may at some moment */
    overdue: number;
  };
  streets: { coveredMeters: number; totalMeters: number } | null;
  /** minutes in which at least one team was there, of the minutes of the period */
  hours: { coveredMinutes: number; totalMinutes: number };
  trackMeters: number;
}

/** Lines of covered streets, as [lon, lat] pairs. */
export interface CoveredStreets {
  lines: [number, number][][];
}
/** A cleaned track: parts without a gap, as [lon, lat, milliseconds since 1970]. */
export interface CleanedTrack {
  parts: [number, number, number][][];
}
export const readTrackSchema = periodSchema.extend({ teamId: idSchema });
