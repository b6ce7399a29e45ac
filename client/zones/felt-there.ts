/** How cold it is somewhere at some hour: as its weather was told, else as the night was declared, else unknown. */
import type { Position } from '../../shared/geo/position.ts';
import type { WeatherView } from '../../shared/weather/schema.ts';
import { feltOf, weatherAt } from '../../shared/weather/where.ts';
import type { FeltThere } from './picture.ts';

/**
 * @param feltCelsius of the night in force, or of this hour; null = nobody said
 * @param nowMs what was told too long before it doesn't count
 */
export function feltThereOf(
  view: WeatherView | null,
  feltCelsius: number | null,
  nowMs: number,
): FeltThere {
  return (position: Position, atMs: number) => {
    const at = new Date(atMs).toISOString();
    const told = view === null ? null : weatherAt(view, position, at, nowMs);
    if (told !== null)
      return { feltCelsius: feltOf(told, feltCelsius), wet: told.wet === true, told: true };
    return feltCelsius === null ? null : { feltCelsius, wet: false, told: false };
  };
}
