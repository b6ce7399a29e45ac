import type { Bounds } from '../../shared/basemap/schema.ts';
import type { Position } from '../../shared/geo/position.ts';

const shareOfOutliers = 0.01;
const padding = 0.25;
const leastPaddingDegrees = 0.02;

/** The box that holds all but the outermost hundredth on each side, with room around it: a mistyped coordinate doesn't stretch a city over an ocean. */
export function boundsOfRecords(positions: readonly Position[]): Bounds {
  const [west, east] = spanOf(
    positions.map(({ lon }) => lon),
    180,
  );
  const [south, north] = spanOf(
    positions.map(({ lat }) => lat),
    85,
  );
  return [west, south, east, north];
}

function spanOf(values: number[], limit: number): [number, number] {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)]!;
  const [low, high] = [at(shareOfOutliers), at(1 - shareOfOutliers)];
  const room = Math.max(leastPaddingDegrees, (high - low) * padding);
  const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;
  return [Math.max(-limit, round(low - room)), Math.min(limit, round(high + room))];
}
