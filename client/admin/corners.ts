/** An area as text, for who cannot draw: one corner per line. */
import { polygonSchema } from '../../shared/geo/position.ts';
import type { Polygon } from '../../shared/geo/position.ts';

const fewest = 3;

/** null for fewer than three corners or a line that is none; a ring left open is closed. */
export function readCorners(text: string): Polygon | null {
  const corners = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const parts = line.trim().split(/[\s,，;；]+/);
      return parts.length === 2 ? parts.map(Number) : [];
    });
  const [first] = corners;
  const last = corners.at(-1);
  if (!first || !last) return null;
  const isClosed = corners.length > 1 && first[0] === last[0] && first[1] === last[1];
  const open = isClosed ? corners.slice(0, -1) : corners;
  if (open.length < fewest) return null;
  const ring = [...open, first];
  return polygonSchema.safeParse({ type: 'Polygon', coordinates: [ring] }).data ?? null;
}

/** The outer ring, without the repeated first corner. */
export const writeCorners = (polygon: Polygon | null): string =>
  (polygon?.coordinates[0] ?? [])
    .slice(0, -1)
    .map(([lon, lat]) => `${lon}, ${lat}`)
    .join('\n');
