/**
 * The weather of the simulated night: a mild wet day, then a front with storm and snow, two bitter nights, and back to
 * rain, over five days again and again. A function of the seed, the place and the time alone.
 */
import type { Position } from '../../shared/geo/position.ts';
import { dice } from './dice.ts';
import { metersBetween } from './plane.ts';

export interface Sky {
  seed: number;
  /** ms since 1970: then the first front comes; the days before it are like the one before */
  beganMs: number;
  center: Position;
}

/** One moment at one place; water in mm per hour. */
export interface Air {
  temperatureCelsius: number;
  windKmh: number;
  waterMm: number;
}

const hourMs = 3_600_000;
/** How long the whole takes, from one front to the next. */
const roundHours = 120;

type Curve = readonly (readonly [hours: number, value: number])[];
/** Of the air, without day and night; hours since the beginning of a round. */
const temperature: Curve = [
  [0, 1.5],
  [2, -1.5],
  [6, -7],
  [12, -14.5],
  [18, -18],
  [44, -19],
  [60, -13],
  [84, -4],
  [108, 1],
  [120, 1.5],
];
const wind: Curve = [
  [0, 14],
  [1, 24],
  [3, 46],
  [14, 54],
  [20, 42],
  [30, 26],
  [44, 12],
  [84, 9],
  [120, 14],
];
const water: Curve = [
  [0, 0.8],
  [2, 1.4],
  [6, 0.9],
  [9, 0.2],
  [10, 0],
  [98, 0],
  [100, 0.5],
  [112, 0.3],
  [120, 0.8],
];
/** Half the difference between day and night. */
const swingCelsius = 1.8;
/** Solar time; the coldest hour is twelve hours away. */
const warmestHour = 15;

export function airAt(sky: Sky, place: Position, atMs: number): Air {
  const hours = (atMs - sky.beganMs) / hourMs;
  // Before the first front the weather of the day before it goes on.
  const turn = hours < 0 ? roundHours : hours % roundHours;
  const solarHour = (atMs / hourMs + place.lon / 15) % 24;
  const sun = swingCelsius * Math.cos(((solarHour - warmestHour) * Math.PI) / 12);
  const { warmer, windier } = localOf(sky, place);
  const showers = hours < 0 ? showersBefore(hours) : 1;
  return {
    temperatureCelsius: along(temperature, turn) + sun + warmer,
    windKmh: along(wind, turn) * windier,
    waterMm: along(water, turn) * showers,
  };
}

/** It doesn't rain all the time. */
const showersBefore = (hours: number): number =>
  hours > -7 || Math.sin(hours / 3.4) > 0.2 ? 1 : 0;

/** Built-up streets are warmer; towards the heights in the north-west it is colder, along the river windier. */
function localOf({ seed, center }: Sky, place: Position): { warmer: number; windier: number } {
  const fromCenter = metersBetween(center, place) / 1_000;
  const up = (place.lat - center.lat - (place.lon - center.lon) / 1.3) * 111;
  const heights = Math.max(-1, Math.min(1, up / 9));
  const chance = dice(`${seed}/air/${place.lon.toFixed(2)}/${place.lat.toFixed(2)}`);
  return {
    warmer: 1.6 * Math.exp(-((fromCenter / 4) ** 2)) - 1.7 * heights + chance.between(-0.3, 0.3),
    windier:
      1 - 0.16 * Math.exp(-((fromCenter / 3) ** 2)) - 0.1 * heights + chance.between(-0.05, 0.05),
  };
}

function along(curve: Curve, hours: number): number {
  const after = curve.findIndex(([at]) => at > hours);
  const [toHours, to] = curve.at(after)!;
  const [fromHours, from] = after < 1 ? curve.at(-2)! : curve[after - 1]!;
  return from + ((to - from) * (hours - fromHours)) / (toHours - fromHours);
}
