/** Which part of the city a patrol follows: what its map shows, its own area, its surroundings and its tasks. */
import { gridDisk, latLngToCell, polygonToCellsExperimental } from 'h3-js';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { Polygon, Position } from '../../shared/geo/position.ts';
import { maxViewCells, viewResolution } from '../../shared/realtime/view.ts';

export interface Followed {
  view: Bounds | null;
  area: Polygon | null;
  /** own position and the places this team is sent to */
  places: readonly Position[];
}

const touching = (rings: number[][][]): string[] =>
  polygonToCellsExperimental(rings, viewResolution, 'containmentOverlapping', true);

function ringOf([west, south, east, north]: Bounds): number[][] {
  // Room around the view, so that a short move asks for nothing.
  const lon = (east - west) * 0.25;
  const lat = (north - south) * 0.25;
  const [w, s, e, n] = [west - lon, south - lat, east + lon, north + lat];
  return [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ];
}

/** Sorted resolution-6 cells, or null (the whole city) when the view is too wide for a list. */
export function cellsToWatch({ view, area, places }: Followed): string[] | null {
  if (view === null) return null;
  const [west, south, east, north] = view;
  // About 30 km² a cell: a box of more than two degrees has too many to count.
  if ((east - west) * (north - south) > 2) return null;
  const cells = new Set(touching([ringOf(view)]));
  if (area !== null) for (const cell of touching(area.coordinates)) cells.add(cell);
  for (const { lon, lat } of places)
    for (const cell of gridDisk(latLngToCell(lat, lon, viewResolution), 1)) cells.add(cell);
  return cells.size > maxViewCells ? null : [...cells].sort();
}
