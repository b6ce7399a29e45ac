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
  const byRank = pointsByRank(points.rank, n);
  const space = spaceOf(points.x, points.y, surface, epsMeters);
  const core = minPoints <= 1 ? null : findCores(space, minPoints, points.coreHint ?? null);
  const parent = linkCells(space, core);
  const ofSlot = core === null ? null : attachBorders(space, core, points.rank ?? null);
  const roots = rootsOfPoints(space.cells, parent, ofSlot);
  const whole = numberGroups(roots, byRank, space.cells.count);
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
  const cut = parts === null ? whole : numberGroups(parts.labels, byRank, parts.count);
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

function pointsByRank(rank: Int32Array | undefined, n: number): Int32Array | null {
  if (rank === undefined) return null;
  const byRank = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) byRank[rank[i]!] = i;
  if (byRank.includes(-1)) throw new RangeError('rank must give each point its own place');
  return byRank;
}

/** The cell each point's group hangs on; −1 for noise. */
function rootsOfPoints(
  cells: Cells,
  parent: Int32Array,
  cellOfSlot: Int32Array | null,
): Int32Array {
  const { order, start } = cells;
  const roots = new Int32Array(order.length);
  for (let c = 0; c < cells.count; c++)
    for (let slot = start[c]!; slot < start[c + 1]!; slot++) {
      const home = cellOfSlot === null ? c : cellOfSlot[slot]!;
      roots[order[slot]!] = home < 0 ? -1 : findRoot(parent, home);
    }
  return roots;
}

/** Numbers groups 0, 1, 2… in the order of their smallest ids. */
function numberGroups(roots: Int32Array, byRank: Int32Array | null, rootCount: number) {
  const numberOf = new Int32Array(rootCount).fill(-1);
  const labels = new Int32Array(roots.length);
  let count = 0;
  for (let place = 0; place < roots.length; place++) {
    const i = byRank === null ? place : byRank[place]!;
    const root = roots[i]!;
    if (root < 0) labels[i] = -1;
    else {
      if (numberOf[root]! < 0) numberOf[root] = count++;
      labels[i] = numberOf[root]!;
    }
  }
  return { labels, count };
}
