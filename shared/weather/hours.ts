/** Reading and making rows of hours. */
import { hourTold } from './measures.ts';
import type { HourTold } from './measures.ts';
import type { HourSeries } from './schema.ts';

export const hourMs = 3_600_000;
export const floorToHour = (ms: number): number => Math.floor(ms / hourMs) * hourMs;

export const untold: HourTold = {
  temperatureCelsius: null,
  windKmh: null,
  precipitationMm: null,
  falling: null,
};

/** The hour that the moment lies in; nothing told outside of the series. */
export function hourAt(series: HourSeries, ms: number): HourTold {
  return hourTold(series, Math.floor((ms - Date.parse(series.fromAt)) / hourMs));
}

/** @param fromMs start of the first hour */
export const seriesOf = (fromMs: number, hours: readonly HourTold[]): HourSeries => ({
  fromAt: new Date(fromMs).toISOString(),
  temperatureCelsius: hours.map((hour) => hour.temperatureCelsius),
  windKmh: hours.map((hour) => hour.windKmh),
  precipitationMm: hours.map((hour) => hour.precipitationMm),
  falling: hours.map((hour) => hour.falling),
});

/** Start of the first hour after the series. */
export const endOf = (series: HourSeries): number =>
  Date.parse(series.fromAt) + series.temperatureCelsius.length * hourMs;
