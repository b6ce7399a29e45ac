/** What cells and drawn zones go by: how dangerous a cold is, and the hours a zone counts in. */
import type { ZoneView } from './schema.ts';

/** Felt °C → factor; straight between the knots, which are the bounds of the wind-chill bands. */
const dangerKnots: readonly (readonly [number, number])[] = [
  [15, 0.25],
  [5, 0.75],
  [0, 1],
  [-10, 2],
  [-28, 3.5],
  [-40, 5],
  [-48, 6],
  [-55, 8],
];
/** Wet through near zero kills as a dry −10 °C does. */
const wetFeltCelsius = -10;

/** Factor of a felt temperature, 0.25–8, never smaller when it is colder; 1 while it isn't known. */
export function dangerOf(feltCelsius: number | null, wet = false): number {
  const felt = feltCelsius ?? 0;
  const counted = wet ? Math.min(felt, wetFeltCelsius) : felt;
  let [warmer, before] = dangerKnots[0]!;
  if (counted >= warmer) return before;
  for (const [colder, factor] of dangerKnots) {
    if (counted >= colder) {
      return before + ((warmer - counted) / (warmer - colder)) * (factor - before);
    }
    [warmer, before] = [colder, factor];
  }
  return before;
}

/** Whether a zone counts at this local hour; its hours may run over midnight, equal ends are the whole day. */
export function countsAtHour(zone: Pick<ZoneView, 'fromHour' | 'toHour'>, hour: number): boolean {
  if (zone.fromHour === zone.toHour) return true;
  return zone.fromHour < zone.toHour
    ? hour >= zone.fromHour && hour < zone.toHour
    : hour >= zone.fromHour || hour < zone.toHour;
}

export function localHour(now: string, timeZone: string): number {
  const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone });
  return Number(hour.format(new Date(now)));
}
