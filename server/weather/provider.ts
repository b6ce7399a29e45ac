/** What every kind of source has in common: how it is asked, and what an answer is. */
import type { Position } from '../../shared/geo/position.ts';
import type {
  HourSeries,
  SourceFault,
  SourceKind,
  WarningView,
  WeatherPlace,
} from '../../shared/weather/schema.ts';

export interface Asking {
  /** ends everything: the server stops */
  signal: AbortSignal;
  now(): number;
  /** of one question, all detours included */
  waitMs?: number;
  maxBytes?: number;
}

/** A source as it is asked. */
export interface AskedSource {
  id: string;
  kind: SourceKind;
  /** resolved: never empty */
  address: string;
  key: string | null;
  places: WeatherPlace[];
  grid: boolean;
  memory: Memory;
}

/** What is kept between two questions. */
export interface Memory {
  /** by address: for conditional requests */
  validators?: Record<string, Validators>;
  /** alerts that were read already: their link → when the index says they changed */
  read?: Record<string, string>;
}
export interface Validators {
  etag?: string;
  lastModified?: string;
}

export interface Ground {
  center: Position;
  /** [west, south, east, north] */
  bounds: [number, number, number, number];
}

export interface ToldPoint {
  id: string;
  name: string;
  kind: 'station' | 'grid';
  lon: number;
  lat: number;
  /** null: it doesn't say, so it is as of now */
  issuedAt: string | null;
  hours: HourSeries;
}
export type ToldWarning = Omit<WarningView, 'sourceId'>;

export type ToldWarnings =
  /** all that are in force: what isn't among them is over */
  | { kind: 'list'; inForce: ToldWarning[] }
  /** messages to be applied: what isn't withdrawn stays until it runs out */
  | { kind: 'messages'; issued: ToldWarning[]; withdrawn: string[] };

export interface Answer {
  /** false: the same as last time */
  changed: boolean;
  points: ToldPoint[];
  /** nothing that was asked for is missing: points that aren't among these are gone */
  complete: boolean;
  /** null: not told of */
  warnings: ToldWarnings | null;
  faults: SourceFault[];
  /** to be waited for at least, though something was answered */
  retryAfterMs: number | null;
  memory: Memory;
}

/** The same as last time: what is known is still the latest word. */
export const nothingNew: Omit<Answer, 'memory'> = {
  changed: false,
  points: [],
  complete: false,
  warnings: null,
  faults: [],
  retryAfterMs: null,
};

export interface WeatherProvider {
  /** @throws AnswerError when nothing of it can be used */
  fetch(source: AskedSource, ground: Ground, asking: Asking): Promise<Answer>;
}

/** Nothing came that could be used; says why in words that hold nothing of the answer. */
export class AnswerError extends Error {
  readonly fault: SourceFault;
  readonly retryAfterMs: number | null;
  constructor(fault: SourceFault, retryAfterMs: number | null = null) {
    super(fault.code);
    this.name = 'AnswerError';
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}
export const malformed = (at: string): AnswerError => new AnswerError({ code: 'malformed', at });
