import type { Position } from '../../shared/geo/position.ts';
import { headingOf, metersBetween } from './plane.ts';
import { extendWay, nearestJunction, quickestWay } from './street-graph.ts';
import type { StreetGraph, Way } from './street-graph.ts';

/** Between a street and a place beside it, and where a city has no streets on file. */
const offStreetMetersPerSecond = 4;
const straightMetersPerSecond = 8;

/** The quickest way between any two places: to the next junction, along the streets, and over to the place. */
export function wayBetween(streets: StreetGraph | null, from: Position, to: Position): Way {
  const way: Way = { points: [from], atSeconds: [0] };
  const start = streets && nearestJunction(streets, from);
  const goal = streets && nearestJunction(streets, to);
  if (streets === null || start === null || goal === null || start === goal) {
    extendWay(way, [to], metersBetween(from, to) / straightMetersPerSecond);
    return way;
  }
  const onStreets = quickestWay(streets, start, goal);
  if (!onStreets) {
    extendWay(way, [to], metersBetween(from, to) / straightMetersPerSecond);
    return way;
  }
  const first = onStreets.points[0]!;
  const last = onStreets.points.at(-1)!;
  extendWay(way, [first], metersBetween(from, first) / offStreetMetersPerSecond);
  const begun = way.atSeconds.at(-1)!;
  onStreets.points.slice(1).forEach((point, i) => {
    way.points.push(point);
    way.atSeconds.push(begun + onStreets.atSeconds[i + 1]!);
  });
  extendWay(way, [to], metersBetween(last, to) / offStreetMetersPerSecond);
  return way;
}

export interface OnTheWay {
  position: Position;
  headingDegrees: number | null;
  arrived: boolean;
}

/** Where a vehicle is after so many seconds on its way. */
export function alongWay(way: Way, seconds: number): OnTheWay {
  const end = way.points.length - 1;
  if (seconds >= way.atSeconds[end]!) {
    const headingDegrees = end === 0 ? null : headingOf(way.points[end - 1]!, way.points[end]!);
    return { position: way.points[end]!, headingDegrees, arrived: true };
  }
  let low = 0;
  let high = end;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (way.atSeconds[middle]! <= seconds) low = middle;
    else high = middle;
  }
  const from = way.points[low]!;
  const to = way.points[high]!;
  const span = way.atSeconds[high]! - way.atSeconds[low]!;
  const share = span === 0 ? 1 : Math.max(0, seconds - way.atSeconds[low]!) / span;
  return {
    position: {
      lon: from.lon + (to.lon - from.lon) * share,
      lat: from.lat + (to.lat - from.lat) * share,
    },
    headingDegrees: headingOf(from, to),
    arrived: false,
  };
}

export const durationOf = (way: Way): number => way.atSeconds.at(-1)!;
