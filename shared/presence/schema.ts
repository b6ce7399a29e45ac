/** What the forecast of where people are outside reads and says. Cells are H3 indexes, all of one resolution. */
import type { KeyPointKind } from '../key-points/schema.ts';

/** How somebody came to know; `kind` of a row is one of these. */
export const presenceKinds = { publicReport: 0, staffReport: 1, met: 2, nobody: 3 } as const;

/** Past sightings, encounters and visits as columns, one row each, in any order; all columns equally long. */
export interface PresenceHistory {
  cells: readonly string[];
  /** index into `cells` */
  cellOf: Uint32Array;
  /** seen-at, ms since 1970 */
  atMs: Float64Array;
  /** 0 for a look that found nobody */
  people: Float32Array;
  /** `presenceKinds` */
  kind: Uint8Array;
  /**
   * Identity of the cluster: rows of one place in one night tell of the same people, so the largest count
   * holds, not the sum. Rows without one need a number of their own. Not read for `nobody`.
   */
  placeOf: Uint32Array;
}

export interface KeyPointPrior {
  cell: string;
  kind: KeyPointKind;
  /** local hours it counts in, also over midnight; equal = the whole day */
  fromHour: number;
  toHour: number;
}

/** A night runs from local noon to noon and has the date of its evening (YYYY-MM-DD). */
export interface WeatherOfNights {
  /** lowest felt °C of past nights; gaps are fine */
  feltCelsiusOf: ReadonlyMap<string, number>;
  /** of the night ahead; null = not known */
  aheadCelsius: number | null;
}

export interface ForecastCircumstances {
  /** rows after this moment are not read */
  nowMs: number;
  timeZone: string;
  keyPoints: readonly KeyPointPrior[];
  weather?: WeatherOfNights;
  /** `learned` of an earlier forecast of the same city: saves learning it again */
  learned?: LearnedPresence;
}

/** What a city's own past teaches about how to weigh it; numbers of the city as a whole, none of a cell. */
export interface LearnedPresence {
  /** one weight per memory (half-life × reach), they sum to 1 */
  memoryWeights: readonly number[];
  /** people per looked-at cell and night */
  cityRate: number;
  /** the first night that rows tell of, in days since 1970 */
  firstNight: number;
  /** nights with a row in the cells around a cell, on average */
  traffic: number;
  /** Sunday first, by the evening's weekday; 1 where the city has too few visits to tell */
  weekday: readonly number[];
  /** factor of people met per degree below the usual felt temperature; 1 without data */
  perColderDegree: number;
  /** null without data */
  usualCelsius: number | null;
  /** shares of 24 local hours in what was seen */
  hours: readonly number[];
  /** shapes of 24 hours, maximum 1; the first is the city's own */
  shapes: readonly (readonly number[])[];
}

/**
 * expected people in `cells[i]` at local hour h = `peak[i] * profiles[profileOf[i]][h]`.
 * All arrays run along `cells`, which is sorted and holds every cell with a row or a key point.
 */
export interface PresenceForecast {
  cells: string[];
  /** expected people at the cell's busiest hour of the night ahead */
  peak: Float32Array;
  profileOf: Uint8Array;
  /** at most 16 shapes of 24 local hours, each with a maximum of 1 */
  profiles: Float32Array[];
  /** people seen in the last 14 nights: of each place the largest count of a night, once */
  peopleSeen14: Uint16Array;
  /** local hours that hold the middle 80 % of what was seen, `usualTo` not included; 255 = not known */
  usualFrom: Uint8Array;
  usualTo: Uint8Array;
  /** of the last 28 nights: with a visit, and with a visit but nobody seen */
  nightsLooked: Uint16Array;
  nightsFoundNobody: Uint16Array;
  learned: LearnedPresence;
}

/** A cell with key points like those of the cell where nobody was found. */
export interface SimilarPlace {
  cell: string;
  distanceMeters: number;
}
/** Where a person may have gone, in people (fractions). */
export interface LikelyWhereabouts {
  cell: string;
  people: number;
}
