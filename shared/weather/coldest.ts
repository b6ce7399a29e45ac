import { hourAt, hourMs, floorToHour } from './hours.ts';
import { feltAt } from './measures.ts';
import type { HourSeries } from './schema.ts';

/** The hour that feels coldest, from the one `now` (ms) lies in to so many ahead; null where none is told. */
export function coldestAhead(
  series: HourSeries,
  now: number,
  hoursAhead: number,
): { at: string; feltCelsius: number } | null {
  let coldest: { at: string; feltCelsius: number } | null = null;
  for (let index = 0; index <= hoursAhead; index += 1) {
    const at = floorToHour(now) + index * hourMs;
    const { feltCelsius } = feltAt(hourAt(series, at));
    if (feltCelsius !== null && feltCelsius < (coldest?.feltCelsius ?? Infinity))
      coldest = { at: new Date(at).toISOString(), feltCelsius };
  }
  return coldest;
}
