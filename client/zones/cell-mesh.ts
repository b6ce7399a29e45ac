/**
 * The shapes of many cells as one buffer of numbers for the graphics card, made once for a field. Cells in the order of
 * their index lie near each other, so runs of them are blocks with a small box: what is out of view isn't drawn.
 */
import { cellToBoundary, cellToLatLng } from 'h3-js';

/** Per cell: middle, then six corners, x and y each. */
export const floatsPerCell = 14;
const cornersPerCell = 6;
const cellsPerBlock = 512;
/** So many at a time, then the page may do something else. */
const cellsPerTurn = 4_000;

interface MeshBlock {
  first: number;
  count: number;
  /** west, north, east, south relative to the origin */
  box: [number, number, number, number];
}

export interface CellMesh {
  count: number;
  /** web Mercator in 0…1; the shapes are relative to it: 32 bits reach for centimetres only near to where they count from */
  origin: { x: number; y: number };
  shapes: Float32Array;
  blocks: MeshBlock[];
  /** from a cell's middle to its corner, in Mercator units */
  reach: number;
}

const mercatorX = (lon: number): number => (180 + lon) / 360;
const mercatorY = (lat: number): number =>
  (180 - (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))) / 360;

/** @param cells sorted H3 indexes of one resolution */
export async function buildMesh(
  cells: readonly string[],
  breathe: () => Promise<void>,
): Promise<CellMesh> {
  const shapes = new Float32Array(cells.length * floatsPerCell);
  const [lat, lon] = cells.length === 0 ? [0, 0] : cellToLatLng(cells[cells.length >> 1]!);
  const origin = { x: mercatorX(lon), y: mercatorY(lat) };
  const blocks: MeshBlock[] = [];
  for (let first = 0; first < cells.length; first += cellsPerBlock) {
    if (first > 0 && first % cellsPerTurn < cellsPerBlock) await breathe();
    const count = Math.min(cellsPerBlock, cells.length - first);
    const box: MeshBlock['box'] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let index = first; index < first + count; index++)
      writeShape(cells[index]!, shapes, index * floatsPerCell, origin, box);
    blocks.push({ first, count, box });
  }
  const reach = Math.hypot(
    (shapes[2] ?? 0) - (shapes[0] ?? 0),
    (shapes[3] ?? 0) - (shapes[1] ?? 0),
  );
  return { count: cells.length, origin, shapes, blocks, reach };
}

function writeShape(
  cell: string,
  shapes: Float32Array,
  at: number,
  origin: CellMesh['origin'],
  box: MeshBlock['box'],
): void {
  const [lat, lon] = cellToLatLng(cell);
  shapes[at] = mercatorX(lon) - origin.x;
  shapes[at + 1] = mercatorY(lat) - origin.y;
  const ring = cellToBoundary(cell);
  for (let corner = 0; corner < cornersPerCell; corner++) {
    // A pentagon, or an edge that bends where two faces meet, still has six: some alike, or one left out.
    const [cornerLat, cornerLon] = ring[Math.floor((corner * ring.length) / cornersPerCell)]!;
    const x = mercatorX(cornerLon) - origin.x;
    const y = mercatorY(cornerLat) - origin.y;
    shapes[at + 2 + corner * 2] = x;
    shapes[at + 3 + corner * 2] = y;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
}

/** The runs of cells whose boxes touch the view, neighbours joined. @param view west, north, east, south in Mercator */
export function runsInView(
  { blocks, origin }: CellMesh,
  [west, north, east, south]: readonly [number, number, number, number],
): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const { first, count, box } of blocks) {
    const apart =
      box[0] > east - origin.x ||
      box[2] < west - origin.x ||
      box[1] > south - origin.y ||
      box[3] < north - origin.y;
    if (apart) continue;
    const last = runs.at(-1);
    if (last && last.first + last.count === first) last.count += count;
    else runs.push({ first, count });
  }
  return runs;
}
