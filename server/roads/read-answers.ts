/** What the road engine answers, checked and brought into our own terms: whatever it sent, no more than an error comes of it. */
import { z } from 'zod';
import type { Position } from '../../shared/geo/position.ts';
import type { ManoeuvreKind, Manoeuvre, RouteLeg } from '../../shared/roads/schema.ts';
import { decodePolyline } from './polyline.ts';

const cell = z.number().nonnegative().nullable();
const matrixAnswer = z.object({
  sources_to_targets: z.object({
    durations: z.array(z.array(cell)),
    distances: z.array(z.array(cell)),
  }),
});
/** Of servers that know no short form. */
const longMatrixAnswer = z.object({
  sources_to_targets: z.array(z.array(z.object({ time: cell, distance: cell }))),
});

const locateAnswer = z.array(
  z.object({
    edges: z.array(z.object({ correlated_lon: z.number(), correlated_lat: z.number() })).nullable(),
  }),
);

/**
 * Where places lie on their streets; null where there is none, or are several.
 * @throws Error when it is not about so many places
 */
export function readSpots(answer: unknown, count: number): (Position | null)[] {
  const places = locateAnswer.length(count).parse(answer);
  return places.map(({ edges }) => {
    const [first, ...others] = edges ?? [];
    if (!first) return null;
    const { correlated_lon: lon, correlated_lat: lat } = first;
    const isOne = others.every(
      (edge) => edge.correlated_lon === lon && edge.correlated_lat === lat,
    );
    return isOne ? { lon, lat } : null;
  });
}

/** Row-major seconds and metres, Infinity where there is no way. */
export interface RawMatrix {
  seconds: Float64Array;
  meters: Float64Array;
}

/** @throws Error when it is not a matrix of this size */
export function readMatrix(answer: unknown, rows: number, cols: number): RawMatrix {
  const long = longMatrixAnswer.safeParse(answer);
  const { durations, distances } = long.success
    ? {
        durations: long.data.sources_to_targets.map((row) => row.map(({ time }) => time)),
        distances: long.data.sources_to_targets.map((row) => row.map(({ distance }) => distance)),
      }
    : matrixAnswer.parse(answer).sources_to_targets;
  const seconds = flat(durations, rows, cols, 1);
  const meters = flat(distances, rows, cols, 1000);
  // It writes a length of nothing where it found no way.
  seconds.forEach((value, at) => value === Infinity && (meters[at] = Infinity));
  return { seconds, meters };
}

function flat(
  table: readonly (readonly (number | null)[])[],
  rows: number,
  cols: number,
  unit: number,
): Float64Array {
  if (table.length !== rows) throw new Error('a matrix of another size');
  const result = new Float64Array(rows * cols);
  table.forEach((row, r) => {
    if (row.length !== cols) throw new Error('a matrix of another size');
    row.forEach((value, c) => (result[r * cols + c] = value === null ? Infinity : value * unit));
  });
  return result;
}

const legAnswer = z.object({
  shape: z.string(),
  summary: z.object({ time: z.number().nonnegative(), length: z.number().nonnegative() }),
  maneuvers: z.array(
    z.object({
      type: z.number().int(),
      time: z.number().nonnegative(),
      length: z.number().nonnegative(),
      begin_shape_index: z.number().int().nonnegative(),
      street_names: z.array(z.string()).optional(),
      begin_street_names: z.array(z.string()).optional(),
      roundabout_exit_count: z.number().int().positive().optional(),
      travel_type: z.string().optional(),
    }),
  ),
});
const routeAnswer = z.object({ trip: z.object({ legs: z.array(legAnswer).min(1) }) });

/** @throws Error when it is no route */
export function readLegs(answer: unknown): RouteLeg[] {
  return routeAnswer.parse(answer).trip.legs.map((leg) => {
    const line = decodePolyline(leg.shape);
    const manoeuvres = leg.maneuvers.map((step): Manoeuvre => {
      const [lon, lat] = line[step.begin_shape_index] ?? line.at(-1) ?? [0, 0];
      return {
        kind: kindOf(step.type),
        street: step.begin_street_names?.[0] ?? step.street_names?.[0] ?? null,
        meters: step.length * 1000,
        seconds: step.time,
        ...(step.roundabout_exit_count !== undefined && { exit: step.roundabout_exit_count }),
        at: { lon, lat },
      };
    });
    return { seconds: leg.summary.time, meters: leg.summary.length * 1000, line, manoeuvres };
  });
}

/** By the engine's number (TripDirections::Maneuver::Type); what it may add later goes straight on. */
const kinds: Record<number, ManoeuvreKind> = {
  1: 'depart',
  2: 'depart',
  3: 'depart',
  4: 'arrive',
  5: 'arrive',
  6: 'arrive',
  7: 'continue',
  8: 'straight',
  9: 'slight_right',
  10: 'right',
  11: 'sharp_right',
  12: 'uturn',
  13: 'uturn',
  14: 'sharp_left',
  15: 'left',
  16: 'slight_left',
  17: 'ramp',
  18: 'ramp',
  19: 'ramp',
  20: 'exit',
  21: 'exit',
  22: 'straight',
  23: 'slight_right',
  24: 'slight_left',
  25: 'merge',
  26: 'roundabout',
  27: 'roundabout_exit',
  28: 'ferry',
  29: 'continue',
  37: 'merge',
  38: 'merge',
  39: 'stairs',
  40: 'stairs',
};
const kindOf = (type: number): ManoeuvreKind => kinds[type] ?? 'straight';

const ring = z.array(z.tuple([z.number(), z.number()])).min(4);
const isochroneAnswer = z.object({
  features: z.array(
    z.object({
      properties: z.object({ contour: z.number() }),
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring)).min(1) }),
      ]),
    }),
  ),
});

/** The areas in the order of the answer, each with the number of minutes it was asked with. */
export const readAreas = (answer: unknown) => isochroneAnswer.parse(answer).features;
