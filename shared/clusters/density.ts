// The three passes of DBSCAN over cells whose points are all linked with each other: who is a core
// point, which cells hang together, where border points belong.
import type { Space } from './space.ts';

/** A core hint: not known, to be counted. */
export const UNKNOWN_CORE = 2;

/** Core flag of each slot; `hint` is by point. */
export function findCores(space: Space, minPoints: number, hint: Uint8Array | null): Uint8Array {
  const { start, order } = space.cells;
  const near = countNeighbours(space, minPoints);
  const core = new Uint8Array(order.length);
  for (let slot = 0; slot < order.length; slot++) {
    const known = hint === null ? UNKNOWN_CORE : hint[order[slot]!]!;
    core[slot] = known === UNKNOWN_CORE ? Number(near[slot]! >= minPoints) : known;
  }
  return start.length > 0 ? core : new Uint8Array(0);
}

/** Points within eps of each slot, itself counted; exact only below `enough`. */
function countNeighbours(space: Space, enough: number): Int32Array {
  const { count, start, order, ranges, from, to } = space.cells;
  const near = new Int32Array(order.length);
  for (let c = 0; c < count; c++) near.fill(start[c + 1]! - start[c]!, start[c], start[c + 1]);
  for (let c = 0; c < count; c++) {
    const full = start[c + 1]! - start[c]! >= enough;
    for (let r = ranges[c]!; r < ranges[c + 1]!; r++)
      for (let d = from[r]!; d < to[r]!; d++) {
        if (full && start[d + 1]! - start[d]! >= enough) continue;
        for (let i = start[c]!; i < start[c + 1]!; i++)
          for (let j = start[d]!; j < start[d + 1]!; j++)
            if ((near[i]! < enough || near[j]! < enough) && space.within(i, j)) {
              near[i]!++;
              near[j]!++;
            }
      }
  }
  return near;
}

export function findRoot(parent: Int32Array, node: number): number {
  let at = node;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}

/** Joins cells that have core points within eps of each other; `core` null: every point is one. */
export function linkCells(space: Space, core: Uint8Array | null): Int32Array {
  const { count, start, ranges, from, to } = space.cells;
  const parent = new Int32Array(count);
  for (let c = 0; c < count; c++) parent[c] = c;
  for (let c = 0; c < count; c++) {
    let root = findRoot(parent, c);
    for (let r = ranges[c]!; r < ranges[c + 1]!; r++)
      for (let d = from[r]!; d < to[r]!; d++) {
        const other = findRoot(parent, d);
        if (other === root) continue;
        if (!touch(space, core, start[c]!, start[c + 1]!, start[d]!, start[d + 1]!)) continue;
        if (other < root) {
          parent[root] = other;
          root = other;
        } else parent[other] = root;
      }
  }
  return parent;
}

function touch(
  space: Space,
  core: Uint8Array | null,
  fromI: number,
  toI: number,
  fromJ: number,
  toJ: number,
): boolean {
  for (let i = fromI; i < toI; i++) {
    if (core !== null && core[i] === 0) continue;
    for (let j = fromJ; j < toJ; j++)
      if ((core === null || core[j] === 1) && space.within(i, j)) return true;
  }
  return false;
}

/**
 * The cell whose group each slot belongs to: its own for a core point, that of its nearest core point
 * within eps for a border point (tie: the smaller rank), −1 for noise.
 */
export function attachBorders(space: Space, core: Uint8Array, rank: Int32Array | null): Int32Array {
  const { count, start, order, ranges, from, to } = space.cells;
  const home = new Int32Array(order.length).fill(-1);
  const nearest = new Int32Array(order.length).fill(-1);
  const squared = new Float64Array(order.length).fill(Infinity);
  const rankOf = (slot: number) => (rank === null ? order[slot]! : rank[order[slot]!]!);
  const offer = (border: number, candidate: number, cell: number) => {
    const distance = space.squaredMeters(border, candidate);
    if (distance > squared[border]!) return;
    if (distance === squared[border] && rankOf(candidate) > rankOf(nearest[border]!)) return;
    squared[border] = distance;
    nearest[border] = candidate;
    home[border] = cell;
  };
  for (let c = 0; c < count; c++) {
    for (let i = start[c]!; i < start[c + 1]!; i++) {
      if (core[i] === 1) home[i] = c;
      else for (let j = start[c]!; j < start[c + 1]!; j++) if (core[j] === 1) offer(i, j, c);
    }
    for (let r = ranges[c]!; r < ranges[c + 1]!; r++)
      for (let d = from[r]!; d < to[r]!; d++)
        for (let i = start[c]!; i < start[c + 1]!; i++)
          for (let j = start[d]!; j < start[d + 1]!; j++)
            if (core[i] !== core[j] && space.within(i, j)) {
              if (core[i] === 1) offer(j, i, c);
              else offer(i, j, d);
            }
  }
  return home;
}
