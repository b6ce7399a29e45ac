/** Travel by road: how, how long, which way, and what the dispatcher has closed. */
import type {
  FeatureCollection,
  LineString,
  MultiPolygon,
  Polygon as GeoJsonPolygon,
} from 'geojson';
import { z } from 'zod';
import { polygonSchema, positionSchema } from '../geo/position.ts';
import type { Polygon, Position } from '../geo/position.ts';
import { citySlugSchema, idSchema } from '../wire.ts';

export const travelModes = ['van', 'car', 'ebike', 'foot'] as const;
export const travelModeSchema = z.enum(travelModes);
export type TravelMode = z.infer<typeof travelModeSchema>;

/** Row-major: the way from `from[r]` to `to[c]` stands at `r * cols + c`. Infinity: there is no way. */
export interface TravelMatrix {
  seconds: Float64Array;
  meters: Float64Array;
  rows: number;
  cols: number;
  /** true: straight lines, not roads */
  estimated: boolean;
}

export const manoeuvreKinds = [
  'depart',
  'continue',
  'straight',
  'slight_left',
  'left',
  'sharp_left',
  'slight_right',
  'right',
  'sharp_right',
  'uturn',
  'merge',
  'ramp',
  'exit',
  'roundabout',
  'roundabout_exit',
  'ferry',
  'stairs',
  'arrive',
] as const;
export type ManoeuvreKind = (typeof manoeuvreKinds)[number];

export interface Manoeuvre {
  kind: ManoeuvreKind;
  /** the street it leads into, as the map writes it */
  street: string | null;
  /** from this manoeuvre to the next */
  meters: number;
  seconds: number;
  /** of a roundabout: which exit, counted from 1 */
  exit?: number;
  at: Position;
}

export interface RouteLeg {
  seconds: number;
  meters: number;
  line: [lon: number, lat: number][];
  manoeuvres: Manoeuvre[];
}
/** A leg for each pair of neighbouring stops. */
export interface TravelRoute {
  legs: RouteLeg[];
  seconds: number;
  meters: number;
  estimated: boolean;
}

/** One feature per limit, the farthest first; `minutes` says which. */
export type Isochrones = FeatureCollection<GeoJsonPolygon | MultiPolygon, { minutes: number }> & {
  estimated: boolean;
};

export interface TimedPosition {
  position: Position;
  at: string;
}
/** The way along streets that best explains the fixes. */
export interface MatchedTrack {
  line: LineString['coordinates'];
  meters: number;
  estimated: boolean;
}

/** A stretch that nobody drives through until it is opened again. */
export interface ClosureView {
  id: string;
  boundary: Polygon;
  reason: string;
  closedAt: string;
  closedBy: string;
  openedAt: string | null;
  openedBy: string | null;
}

export const closureDraftSchema = z.object({
  id: idSchema,
  boundary: polygonSchema,
  reason: z.string().trim().min(1).max(200),
});
export const openClosureSchema = z.object({ id: idSchema });

export const maxStops = 50;
export const routeQuerySchema = z.object({
  cityId: citySlugSchema,
  mode: travelModeSchema,
  stops: z.array(positionSchema).min(2).max(maxStops),
});
export const isochronesQuerySchema = z.object({
  cityId: citySlugSchema,
  mode: travelModeSchema,
  from: positionSchema,
  minutes: z.array(z.number().int().min(1).max(120)).min(1).max(4),
});

/**
 * Travel times and ways of every city behind one interface. What can't be had from roads comes as an estimate,
 * marked as one; nothing here throws because a road engine is missing or ill.
 */
export interface Roads {
  matrix(
    cityId: string,
    mode: TravelMode,
    from: readonly Position[],
    to: readonly Position[],
  ): Promise<TravelMatrix>;
  route(cityId: string, mode: TravelMode, stops: readonly Position[]): Promise<TravelRoute>;
  isochrones(
    cityId: string,
    mode: TravelMode,
    from: Position,
    minutes: readonly number[],
  ): Promise<Isochrones>;
  match(cityId: string, mode: TravelMode, points: readonly TimedPosition[]): Promise<MatchedTrack>;
  /** At once, without roads: straight line × detour factor ÷ speed. */
  estimate(
    cityId: string,
    mode: TravelMode,
    from: readonly Position[],
    to: readonly Position[],
  ): TravelMatrix;
  /** true while there are no roads for this city */
  isEstimated(cityId: string): boolean;
  /** What the city's people have set; takes effect with the next call. */
  setConditions(cityId: string, conditions: RoadConditions): void;
  /** Called with the city whose figures may differ from now on: other closures, another factor, new roads. */
  onChange(changed: (cityId: string) => void): () => void;
  close(): Promise<void>;
}

export interface RoadConditions {
  /** times are multiplied by this */
  winterFactor: number;
  /** in force now */
  closures: readonly Pick<ClosureView, 'id' | 'boundary'>[];
}

/** Until a city's own are known. */
export const defaultConditions: RoadConditions = { winterFactor: 1.15, closures: [] };
