/** How cold it is somewhere at some hour: as its weather was told, else as the night was declared, else unknown. */
import type { Position } from '../../shared/geo/position.ts';
import type { WeatherView } from '../../shared/weather/schema.ts';
import { weatherAt } from '../../shared/weather/where.ts';
import type { FeltThere } from './picture.ts';

/** @param feltCelsius of the night in force, or of this hour; null = nobody said */
export function feltThereOf(view: WeatherView | null, feltCelsius: number | null): FeltThere {
  return (position: Position, atMs: number) => {
    const told = view === null ? null : weatherAt(view, position, new Date(atMs).toISOString());
    if (told !== null) return { feltCelsius: told.feltCelsius, wet: told.wet === true, told: true };
    return feltCelsius === null ? null : { feltCelsius, wet: false, told: false };
  };
}
