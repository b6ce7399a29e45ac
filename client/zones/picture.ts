/** What all cells owe at one moment, now or up to twelve hours ahead: one pass over the columns of the field. Pure. */
import type { Position } from '../../shared/geo/position.ts';
import type { CellField } from '../../shared/zones/cell-field.ts';
import { feltOfCells, zoneWeightsOf } from '../../shared/zones/circumstances.ts';
import { debtsOfAll, stepOf } from '../../shared/zones/debt.ts';
import type { DebtCircumstances } from '../../shared/zones/debt.ts';
import { localHour } from '../../shared/zones/rules.ts';
import type { ZoneView } from '../../shared/zones/schema.ts';

export interface FeltHere {
  feltCelsius: number;
  wet: boolean;
  /** by the weather of that hour; else it is only what somebody typed in for the night */
  told: boolean;
}
/** What it feels like somewhere at a moment (ms); null: nobody said. */
export type FeltThere = (position: Position, atMs: number) => FeltHere | null;

export type KeyHours = NonNullable<DebtCircumstances['keyHours']>;

export interface ColdPicture {
  field: CellField;
  circumstances: DebtCircumstances;
  scores: Float32Array;
  /** 0…4, along the cells */
  steps: Uint8Array;
  /** hours from now that it is about */
  hoursAhead: number;
}

export interface PictureInput {
  field: CellField;
  zones: readonly ZoneView[];
  feltThere: FeltThere;
  keyHours: KeyHours;
  timeZone: string;
  nowMs: number;
  hoursAhead: number;
}

const hourMs = 3_600_000;

/**
 * Keeps the columns that stay the same from one picture to the next: drawn zones within an hour of the city's clock, and
 * the weather within an hour of its own.
 */
export function createPainter(): (input: PictureInput) => ColdPicture {
  const weights = keepLast(zoneWeightsOf);
  const weather = keepLast((field: CellField, _cells: unknown, there: FeltThere, atMs: number) =>
    feltOfCells(field, (position) => there(position, atMs)),
  );
  return ({ field, zones, feltThere, keyHours, timeZone, nowMs, hoursAhead }) => {
    const atMs = nowMs + hoursAhead * hourMs;
    const hour = localHour(new Date(atMs).toISOString(), timeZone);
    const weatherHourMs = Math.floor(atMs / hourMs) * hourMs;
    const { felt, wet } = weather(field, field.cells, feltThere, weatherHourMs);
    const zoneWeights = weights(field, zones, hour, field.cells);
    const circumstances = { atMs, hour, felt, wet, zoneWeights, keyHours };
    const scores = debtsOfAll(field, circumstances);
    return { field, circumstances, scores, steps: stepsOf(scores), hoursAhead };
  };
}

function stepsOf(scores: Float32Array): Uint8Array {
  const steps = new Uint8Array(scores.length);
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    if (score > 0) steps[index] = stepOf(score);
  }
  return steps;
}

/** The last answer again as long as everything it was asked with is the same. */
function keepLast<Args extends unknown[], Answer>(
  work: (...args: Args) => Answer,
): (...args: [...Args, ...unknown[]]) => Answer {
  let last: { args: unknown[]; answer: Answer } | null = null;
  return (...args) => {
    if (last !== null && last.args.every((arg, index) => arg === args[index])) return last.answer;
    const answer = work(...(args as unknown as Args));
    last = { args, answer };
    return answer;
  };
}
