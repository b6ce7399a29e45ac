/** How a house stands, in one of four words: on the board, for the public, and in the machine-readable list. */
import type { StationLight, StationView } from './schema.ts';

export type { StationLight } from './schema.ts';

/** Fewer than this, or than this share of all, are few. */
const few = 3;
const fewShare = 0.1;

/** @param localHour 0–23 in the city's time; equal hours mean day and night */
export const isOpenAt = (
  { open, fromHour, toHour }: Pick<StationView, 'open' | 'fromHour' | 'toHour'>,
  localHour: number,
): boolean => {
  if (!open) return false;
  if (fromHour === toHour) return true;
  return fromHour < toHour
    ? localHour >= fromHour && localHour < toHour
    : localHour >= fromHour || localHour < toHour;
};

export function lightOf(
  station: Pick<StationView, 'open' | 'bedsFree' | 'bedsTotal'>,
  openNow: boolean = station.open,
): StationLight {
  if (!openNow) return 'shut';
  if (station.bedsFree === 0) return 'full';
  return station.bedsFree < Math.max(few, station.bedsTotal * fewShare) ? 'few' : 'free';
}

/** From the minute a number changed one could tell when somebody was brought in, and who: a quarter of an hour can't. */
const roundMs = 15 * 60_000;
/** When its numbers changed, as everybody may know it. */
export const roundedDown = (at: string): string =>
  new Date(Math.floor(Date.parse(at) / roundMs) * roundMs).toISOString();
