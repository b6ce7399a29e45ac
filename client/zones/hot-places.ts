/**
 * "Where to go now": the cells where most is owed, each with the neighbours that a team there would look at as well, as
 * one place. Pure; the same cells give the same places in whatever order they come.
 */
import { cellToLatLng, gridDisk } from 'h3-js';
import type { Position } from '../../shared/geo/position.ts';
import { indexOfCell } from '../../shared/zones/cell-field.ts';
import type { CellStep } from '../../shared/zones/schema.ts';
import type { ColdPicture } from './picture.ts';

export interface HotPlace {
  /** the cell of the place where most is owed */
  id: string;
  /** its step and score: what is said of a place is true of a cell */
  step: CellStep;
  score: number;
  /** into the field: that cell first, then the neighbours that owe something */
  indices: number[];
  position: Position;
}

type Scored = Pick<ColdPicture, 'field' | 'scores' | 'steps'>;

/** A cell and the ring around it: about 900 m across at resolution 9. */
const ring = 1;
const cellsInPlace = 7;

/**
 * @param most how many places at most, the one that owes most first; equals in the order of their cells
 * @param isAsked whether a cell may be one of them; without it all may
 */
export function hotPlaces(
  picture: Scored,
  most: number,
  isAsked: (index: number) => boolean = () => true,
): HotPlace[] {
  const { field, scores, steps } = picture;
  const taken = new Set<number>();
  const places: HotPlace[] = [];
  for (const index of mostOwed(picture, most * cellsInPlace, isAsked)) {
    if (places.length === most) break;
    if (taken.has(index)) continue;
    const id = field.cells[index]!;
    const neighbours = gridDisk(id, ring)
      .map((cell) => indexOfCell(field, cell))
      .filter((at) => at >= 0 && at !== index && steps[at]! > 0 && !taken.has(at))
      .sort((a, b) => scores[b]! - scores[a]! || a - b);
    const indices = [index, ...neighbours];
    for (const at of indices) taken.add(at);
    const [lat, lon] = cellToLatLng(id);
    const step = steps[index]! as CellStep;
    places.push({ id, step, score: scores[index]!, indices, position: { lon, lat } });
  }
  return places;
}

/** The place that a chosen cell belongs to: one of these, else the cell by itself. */
export function placeOfCell(
  picture: Scored,
  places: readonly HotPlace[],
  cell: string,
): HotPlace | null {
  const index = indexOfCell(picture.field, cell);
  if (index < 0) return null;
  const listed = places.find(({ id }) => id === cell);
  if (listed) return listed;
  const [lat, lon] = cellToLatLng(cell);
  return {
    id: cell,
    step: picture.steps[index]! as CellStep,
    score: picture.scores[index]!,
    indices: [index],
    position: { lon, lat },
  };
}

/** So many cells with the highest scores, and those as high as the last of them; all of step 1 or more. */
function mostOwed(
  { scores, steps }: Scored,
  count: number,
  isAsked: (index: number) => boolean,
): number[] {
  const owing: number[] = [];
  for (let index = 0; index < steps.length; index++)
    if (steps[index]! > 0 && isAsked(index)) owing.push(index);
  if (owing.length > count) {
    // Numbers sort many times faster than things: the lowest score that counts comes first.
    const sorted = Float32Array.from(owing, (index) => scores[index]!).sort();
    const least = sorted[sorted.length - count]!;
    return byScore(
      owing.filter((index) => scores[index]! >= least),
      scores,
    );
  }
  return byScore(owing, scores);
}

const byScore = (indices: number[], scores: Float32Array): number[] =>
  indices.sort((a, b) => scores[b]! - scores[a]! || a - b);
