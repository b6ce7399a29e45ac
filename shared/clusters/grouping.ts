// Which points form a group: exact DBSCAN over whole columns of coordinates, then groups that are too
// wide are cut. The result is a function of the set of points and their ids, not of their order.
import type { Cells } from './cells.ts';
import { cutWideGroups } from './cut.ts';
import { attachBorders, findCores, findRoot, linkCells } from './density.ts';
import { spaceOf } from './space.ts';
import type { GroupingOptions, PointColumns, Surface } from './point-columns.ts';

export interface Grouping {
  /** Group of each point, −1 for noise; numbered by the smallest id in the group. */
  labels: Int32Array;
  /** Group before wide ones were cut; the same array when none was. */
  components: Int32Array;
  core: Uint8Array;
  groupCount: number;
}

/** The place of each id among the sorted ids; ids compare by code unit. */
export function rankIds(ids: readonly string[]): Int32Array {
  const sorted = ids.map((_, i) => i).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const rank = new Int32Array(ids.length);
  sorted.forEach((i, place) => (rank[i] = place));
  return rank;
}

/** Throws RangeError on options or coordinates that make no sense. */
export function groupPoints(points: PointColumns, options: GroupingOptions): Grouping {
  const { epsMeters, minPoints = 1, maxDiameterMeters = null, surface = 'ellipsoid' } = options;
  checkOptions(options);
  checkColumns(points, surface);
  const n = points.x.length;
  if (n === 0) {
    const none = new Int32Array(0);
    return { labels: none, components: none, core: new Uint8Array(0), groupCount: 0 };
  }
  const rank = points.rank ?? null;
  if (rank !== null) checkRank(rank);
  const space = spaceOf(points.x, points.y, surface, epsMeters);
  const core = minPoints <= 1 ? null : findCores(space, minPoints, points.coreHint ?? null);
  const parent = linkCells(space, core);
  const ofSlot = core === null ? null : attachBorders(space, core, rank);
  const whole = labelPoints(space.cells, parent, ofSlot, rank);
  const components = whole.labels;
  const coreOfPoint = new Uint8Array(n).fill(core === null ? 1 : 0);
  if (core !== null)
    for (let slot = 0; slot < n; slot++) coreOfPoint[space.cells.order[slot]!] = core[slot]!;
  if (maxDiameterMeters === null)
    return { labels: components, components, core: coreOfPoint, groupCount: whole.count };
  const parts = cutWideGroups(points, components, whole.count, {
    epsMeters,
    maxDiameterMeters,
    surface,
  });
  const cut = parts === null ? whole : renumber(parts, rank);
  return { labels: cut.labels, components, core: coreOfPoint, groupCount: cut.count };
}

function checkOptions({ epsMeters, minPoints = 1, maxDiameterMeters = null }: GroupingOptions) {
  if (!(epsMeters >= 0.001 && epsMeters < Infinity))
    throw new RangeError(`epsMeters must be at least 0.001, not ${epsMeters}`);
  if (!Number.isInteger(minPoints) || minPoints < 1)
    throw new RangeError(`minPoints must be a whole number from 1, not ${minPoints}`);
  if (maxDiameterMeters !== null && !(maxDiameterMeters > 0))
    throw new RangeError(`maxDiameterMeters must be above 0, not ${maxDiameterMeters}`);
}

function checkColumns({ x, y, rank, coreHint }: PointColumns, surface: Surface) {
  const n = x.length;
  if (y.length !== n || (rank ?? x).length !== n || (coreHint ?? x).length !== n)
    throw new RangeError('the columns differ in length');
  const [maxX, maxY] = surface === 'plane' ? [Number.MAX_VALUE, Number.MAX_VALUE] : [180, 90];
  for (let i = 0; i < n; i++)
    if (!(Math.abs(x[i]!) <= maxX && Math.abs(y[i]!) <= maxY))
      throw new RangeError(`point ${i} is nowhere: ${x[i]}, ${y[i]}`);
}

function checkRank(rank: Int32Array): void {
  const seen = new Uint8Array(rank.length);
  for (const place of rank) {
    if (seen[place] !== 0) throw new RangeError('rank must give each point its own place');
    seen[place] = 1;
  }
}

/**
 * Labels by point. `parent` joins cells into groups; a slot is in the group of its own cell, or of that
 * in `cellOfSlot` where it is given (−1: noise).
 */
function labelPoints(
  cells: Cells,
  parent: Int32Array,
  cellOfSlot: Int32Array | null,
  rank: Int32Array | null,
): { labels: Int32Array; count: number } {
  const { order, start } = cells;
  const n = order.length;
  const rootOf = parent.slice();
  for (let c = 0; c < cells.count; c++) rootOf[c] = findRoot(parent, c);
  const first = new Int32Array(cells.count).fill(n);
  for (let c = 0; c < cells.count; c++)
    for (let slot = start[c]!; slot < start[c + 1]!; slot++) {
      const home = cellOfSlot === null ? c : cellOfSlot[slot]!;
      if (home < 0) continue;
      const i = order[slot]!;
      const place = rank === null ? i : rank[i]!;
      const root = rootOf[home]!;
      if (place < first[root]!) first[root] = place;
    }
  const { numberOf, count } = numberByFirst(first, n);
  const labels = new Int32Array(n);
  for (let c = 0; c < cells.count; c++)
    for (let slot = start[c]!; slot < start[c + 1]!; slot++) {
      const home = cellOfSlot === null ? c : cellOfSlot[slot]!;
      labels[order[slot]!] = home < 0 ? -1 : numberOf[rootOf[home]!]!;
    }
  return { labels, count };
}

/** Numbers groups 0, 1, 2… in the order of their smallest ids, given the place of that id (n: no group). */
function numberByFirst(first: Int32Array, n: number): { numberOf: Int32Array; count: number } {
  const groupAt = new Int32Array(n).fill(-1);
  for (let group = 0; group < first.length; group++)
    if (first[group]! < n) groupAt[first[group]!] = group;
  const numberOf = new Int32Array(first.length).fill(-1);
  let count = 0;
  for (let place = 0; place < n; place++)
    if (groupAt[place]! >= 0) numberOf[groupAt[place]!] = count++;
  return { numberOf, count };
}

function renumber(
  parts: { labels: Int32Array; count: number },
  rank: Int32Array | null,
): { labels: Int32Array; count: number } {
  const n = parts.labels.length;
  const first = new Int32Array(parts.count).fill(n);
  parts.labels.forEach((label, i) => {
    const place = rank === null ? i : rank[i]!;
    if (label >= 0 && place < first[label]!) first[label] = place;
  });
  const { numberOf, count } = numberByFirst(first, n);
  return { labels: parts.labels.map((label) => (label < 0 ? -1 : numberOf[label]!)), count };
}
