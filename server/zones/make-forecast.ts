/** From the packed rows of a city to the bytes of its field, without facts: the work of the thread, and of tests. */
import { forecastPresence } from '../../shared/presence/forecast.ts';
import type { PresenceForecast, PresenceHistory } from '../../shared/presence/schema.ts';
import { blankField } from '../../shared/zones/cell-field.ts';
import { keyOfCell } from '../../shared/zones/cell-key.ts';
import { encodeCellField } from '../../shared/zones/field-bytes.ts';
import type { ForecastAnswer, ForecastQuestion } from './forecast-messages.ts';
import { rowBytes } from './history.ts';
import type { PackedHistory } from './history.ts';

const minuteMs = 60_000;

export function makeForecast(question: ForecastQuestion): ForecastAnswer {
  const began = performance.now();
  const { history, resolution, nowMs, timeZone, keyPoints, learned } = question;
  const { feltCelsiusOf, aheadCelsius } = question;
  const forecast = forecastPresence(unpack(history), {
    nowMs,
    timeZone,
    keyPoints,
    weather: { feltCelsiusOf, aheadCelsius },
    ...(learned && { learned }),
  });
  const field = fieldBytes(forecast, resolution, nowMs);
  return {
    kind: 'made',
    field,
    cells: forecast.cells.length,
    learned: forecast.learned,
    millis: performance.now() - began,
  };
}

function unpack({ cells, counts, rows }: PackedHistory): PresenceHistory {
  const count = rows.length / rowBytes;
  const indexOf = new Map<string, number>();
  const history = {
    cells: [] as string[],
    cellOf: new Uint32Array(count),
    atMs: new Float64Array(count),
    people: new Float32Array(count),
    kind: new Uint8Array(count),
    placeOf: new Uint32Array(count),
  };
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  let row = 0;
  for (const [told, cell] of cells.entries()) {
    const index = indexOf.get(cell) ?? history.cells.push(cell) - 1;
    indexOf.set(cell, index);
    for (const end = row + counts[told]!; row < end; row++) {
      const at = row * rowBytes;
      history.cellOf[row] = index;
      history.atMs[row] = view.getInt32(at) * minuteMs;
      history.people[row] = view.getInt16(at + 4);
      history.kind[row] = view.getInt16(at + 6);
      history.placeOf[row] = view.getUint32(at + 8);
    }
  }
  return history;
}

function fieldBytes(forecast: PresenceForecast, resolution: number, nowMs: number): Uint8Array {
  const at = new Date(nowMs).toISOString();
  const keys = Float64Array.from(forecast.cells, (cell) => keyOfCell(cell, resolution));
  const of = { revision: 0, seq: 0, resolution, madeAt: at, asOf: at };
  const field = blankField(of, keys);
  field.profiles = forecast.profiles;
  field.peak = forecast.peak;
  field.profileOf = forecast.profileOf;
  field.peopleSeen14 = forecast.peopleSeen14;
  field.usualFrom = forecast.usualFrom;
  field.usualTo = forecast.usualTo;
  field.nightsLooked = forecast.nightsLooked;
  field.nightsFoundNobody = forecast.nightsFoundNobody;
  return encodeCellField(field);
}
