/** How cold it is now, for every rule and every screen that asks for one number. */
import type { WeatherNews } from '../weather/schema.ts';
import { isReal } from './rules.ts';
import type { ActivationView } from './schema.ts';

/**
 * Felt °C of this hour where a source told of it lately; else what was typed when the night was declared; null where
 * neither is known. What is typed for a drill is nobody's weather.
 */
export function feltNow(
  news: WeatherNews | null,
  activation: ActivationView | null,
): number | null {
  if (news !== null && !news.stale && news.now !== null) return news.now.feltCelsius;
  return isReal(activation) ? activation.feltCelsius : null;
}
