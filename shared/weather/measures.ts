/** What the hours of a series mean for somebody outside: felt temperature with wet, wind forces, falls of the minimum. */
import type { Falling, HourSeries } from './schema.ts';
import { feltTemperature } from './wind-chill.ts';

/** No colder, and rain or snow wets nobody (ours, from the field's rule). */
const wetUpToCelsius = 3;
/** Snow that falls in colder air than this is dry (ours). */
const wetSnowAboveCelsius = -2;
/** The skin of somebody dry at rest, where loss is counted from: Siple and Passel 1945. */
const skinCelsius = 33;
/** Somebody wet loses so many times the heat of somebody dry (ours). */
const wetLoss = 1.3;

/** One hour as a source tells it; null = not told. */
export interface HourTold {
  temperatureCelsius: number | null;
  windKmh: number | null;
  precipitationMm: number | null;
  falling: Falling | null;
}
export interface Felt {
  /** null: temperature or wind aren't told */
  feltCelsius: number | null;
  /** null: not told, and it could be */
  wet: boolean | null;
}

/**
 * Rain, sleet, freezing rain, or snow above −2 °C, in air of 3 °C or less. Where water is told and not its kind, it is
 * wet above −2 °C and dry snow below. Where nothing is told of what falls, it is only known that colder air than that
 * is dry, and warmer air than 3 °C doesn't matter; between the two it is null: not known.
 */
export function wetAt(hour: HourTold, upToCelsius = wetUpToCelsius): boolean | null {
  const { temperatureCelsius: t, precipitationMm, falling } = hour;
  const liquid = falling === 'rain' || falling === 'sleet' || falling === 'freezing_rain';
  const untold = precipitationMm === null && falling === null;
  const nothing = !untold && (precipitationMm ?? 0) === 0 && (falling ?? 'none') === 'none';
  if (nothing) return false;
  if (t === null) return null;
  if (t > upToCelsius) return false;
  if (liquid) return true;
  if (t <= wetSnowAboveCelsius) return false;
  return untold ? null : true;
}

/**
 * What it feels like to somebody outside who gets wet when it is wet.
 *
 * Dry: the wind chill (see wind-chill.ts). Wet: the air temperature at which somebody dry, in the same wind, would lose
 * as much heat. What is lost is counted as in Siple and Passel's formula of 1945, in proportion to 33 °C (skin) minus
 * what is felt: `33 − 1.3 · (33 − wind chill)`. That a wet person loses 1.3 times as much is **ours**: how much more it
 * is depends on clothes and how wet they are, and there is no accepted index for it; 1.3 is meant as the least. 0 °C and
 * 20 km/h feel like −5.2 dry and −16.7 wet. It wasn't checked against casualties. Nobody wet ever feels milder than dry.
 *
 * What isn't told stays null. With `wet` null the felt temperature is that of somebody dry: it may be worse.
 */
export function feltAt(hour: HourTold): Felt {
  const { temperatureCelsius, windKmh } = hour;
  const wet = wetAt(hour);
  if (temperatureCelsius === null || windKmh === null) return { feltCelsius: null, wet };
  const dry = feltTemperature(temperatureCelsius, windKmh);
  return { feltCelsius: wet ? skinCelsius - wetLoss * (skinCelsius - dry) : dry, wet };
}

/** No number at all compares as mild. */
const numberOf = (value: number | null | undefined): number | null =>
  Number.isFinite(value) ? value! : null;

/** The hour at this place of a series; nothing told where the series doesn't reach. */
export const hourTold = (hours: HourSeries, index: number): HourTold => ({
  temperatureCelsius: numberOf(hours.temperatureCelsius[index]),
  windKmh: numberOf(hours.windKmh[index]),
  precipitationMm: numberOf(hours.precipitationMm[index]),
  falling: hours.falling[index] ?? null,
});

/**
 * The least mean wind, in m/s, of the forces 0–12: Beaufort's scale as the WMO (Manual on Codes, table 1100) and
 * China's GB/T 28591 give it.
 */
const leastOfForce = [0, 0.3, 1.6, 3.4, 5.5, 8, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7] as const;

/** The least mean wind of a force, 0–12, in km/h. */
export const leastKmhOf = (force: number): number =>
  Math.round((leastOfForce[force] ?? Infinity) * 36) / 10;

/** The force of a mean wind in km/h, 0–12. */
export const beaufortOf = (windKmh: number): number =>
  leastOfForce.findLastIndex((_, force) => leastKmhOf(force) <= windKmh);

/**
 * By how much the daily minimum falls within 24 or 48 h, as the signals of the China Meteorological Administration
 * count: the minimum of this day against that of the day before, or for 48 h the warmer one of the two days before.
 * Negative: it rises. Null when a minimum that is needed isn't known.
 * @param before minima of the days before, the latest first
 */
export function fallOfMinimum(
  minimum: number | null,
  before: readonly (number | null)[],
  windowHours: 24 | 48,
): number | null {
  const known = before.slice(0, windowHours / 24).filter((value) => value !== null);
  if (minimum === null || known.length === 0) return null;
  return Math.max(...known) - minimum;
}
