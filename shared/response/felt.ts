/** How cold it is now, for every rule and every screen that asks for one number. */
import type { WeatherNews } from '../weather/schema.ts';
import { isReal } from './rules.ts';
import type { ActivationView } from './schema.ts';

/**
 * Felt °C of this hour where a source told of it lately; else what was typed when the night was declared; null where
 * neither is known. Air without wind is felt as cold as it is at least: the colder of it and what was typed counts. What
 * is typed for a drill is nobody's weather.
 */
export function feltNow(
  news: WeatherNews | null,
  activation: ActivationView | null,
): number | null {
  const fresh = news?.stale === false ? news : null;
  if (fresh?.now) return fresh.now.feltCelsius;
  const air = fresh?.airCelsius ?? null;
  const typed = isReal(activation) ? activation.feltCelsius : null;
  return air === null || typed === null ? (air ?? typed) : Math.min(air, typed);
}
