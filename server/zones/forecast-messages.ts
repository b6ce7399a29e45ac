// What the server and the thread that makes the forecast of a city say to each other.
import type { KeyPointPrior, LearnedPresence } from '../../shared/presence/schema.ts';
import type { PackedHistory } from './history.ts';

export interface ForecastQuestion {
  history: PackedHistory;
  resolution: 9 | 10;
  nowMs: number;
  timeZone: string;
  keyPoints: KeyPointPrior[];
  feltCelsiusOf: ReadonlyMap<string, number>;
  aheadCelsius: number | null;
  learned: LearnedPresence | null;
}

export type ForecastAnswer =
  | { kind: 'made'; field: Uint8Array; cells: number; learned: LearnedPresence; millis: number }
  | { kind: 'failed'; message: string };
