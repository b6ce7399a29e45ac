// The minimum spanning tree of one group, exact and unique: edges compare by length, then by the
// smaller id, then by the larger one.
import { findRoot } from './density.ts';
import { hashedCells } from './cells.ts';

/** Cartesian metres; the other modules' indexes of points apply. */
export interface SetOfPoints {
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  rank: Int32Array;
}

/** Above this the tree is grown from sorted short edges instead of from all pairs. */
const ALL_PAIRS_UP_TO = 2000;

/**
 * Edges as index pairs, in the order in which they join the parts of a group: shortest first, of
 * equally long ones the larger id pair first, so that the *last* edge is the one to cut first: the
 * longest, of equally long ones that with the smaller id pair. Members must hang together by steps
 * of at most `epsMeters`.
 */
export function spanningTree(set: SetOfPoints, members: Int32Array, epsMeters: number): Int32Array {
  const { distinct, twins } = withoutTwins(set, members);
  const edges =
    distinct.length <= ALL_PAIRS_UP_TO
      ? growTree(set, distinct)
      : joinShortest(set, distinct, epsMeters);
  const tree = [...twins, ...edges];
  tree.sort((e, f) => lengthOf(set, e) - lengthOf(set, f) || comparePairs(set, f, e));
  return Int32Array.from(tree.flat());
}

type Edge = readonly [number, number];

function squared(set: SetOfPoints, i: number, j: number): number {
  const dx = set.x[i]! - set.x[j]!;
  const dy = set.y[i]! - set.y[j]!;
  const dz = set.z[i]! - set.z[j]!;
  return dx * dx + dy * dy + dz * dz;
}

const lengthOf = (set: SetOfPoints, [i, j]: Edge) => squared(set, i, j);

function comparePairs({ rank }: SetOfPoints, [a, b]: Edge, [c, d]: Edge): number {
  const [p, q, r, s] = [rank[a]!, rank[b]!, rank[c]!, rank[d]!];
  return Math.min(p, q) - Math.min(r, s) || Math.max(p, q) - Math.max(r, s);
}

/**
 * Points at the very same place hang on the smallest id among them, by edges of length 0; any other
 * edge of theirs would lose to the same edge of that one. So only one of each place is left to join.
 */
function withoutTwins(set: SetOfPoints, members: Int32Array) {
  const { x, y, z, rank } = set;
  const sorted = members
    .slice()
    .sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]! || z[i]! - z[j]! || rank[i]! - rank[j]!);
  const distinct: number[] = [];
  const twins: Edge[] = [];
  for (const i of sorted) {
    const first = distinct.at(-1);
    if (first !== undefined && squared(set, first, i) === 0) twins.push([first, i]);
    else distinct.push(i);
  }
  return { distinct: Int32Array.from(distinct), twins };
}

/** Prim's algorithm over all pairs. */
function growTree(set: SetOfPoints, members: Int32Array): Edge[] {
  const n = members.length;
  const { x, y, z } = set;
  const best = new Float64Array(n).fill(Infinity);
  const hook = new Int32Array(n);
  const waiting = Int32Array.from(members, (_, k) => k);
  const edges: Edge[] = [];
  let left = n - 1;
  let added = members[waiting[left]!]!;
  while (left > 0) {
    let next = -1;
    for (let w = 0; w < left; w++) {
      const k = waiting[w]!;
      const i = members[k]!;
      const dx = x[i]! - x[added]!;
      const dy = y[i]! - y[added]!;
      const dz = z[i]! - z[added]!;
      const d = dx * dx + dy * dy + dz * dz;
      if (d < best[k]! || (d === best[k] && comparePairs(set, [i, added], [i, hook[k]!]) < 0)) {
        best[k] = d;
        hook[k] = added;
      }
      if (next < 0) next = w;
      else {
        const leader = waiting[next]!;
        if (
          best[k]! < best[leader]! ||
          (best[k] === best[leader] &&
            comparePairs(set, [i, hook[k]!], [members[leader]!, hook[leader]!]) < 0)
        )
          next = w;
      }
    }
    const chosen = waiting[next]!;
    waiting[next] = waiting[--left]!;
    added = members[chosen]!;
    edges.push([added, hook[chosen]!]);
  }
  return edges;
}

/**
 * Kruskal's algorithm in bands of length: only edges between parts that shorter ones have not yet
 * joined are listed, and a band with too many is halved, so that dense places cost no memory.
 */
function joinShortest(set: SetOfPoints, members: Int32Array, epsMeters: number): Edge[] {
  const enough = 4 * members.length;
  const parent = Int32Array.from(members, (_, k) => k);
  const tree: Edge[] = [];
  let done = 0;
  let upTo = epsMeters;
  while (tree.length < members.length - 1) {
    const atLimit = upTo - done <= epsMeters * 1e-9;
    const band = listEdges(set, members, parent, upTo, atLimit ? Infinity : enough);
    if (band === null) {
      upTo = done + (upTo - done) / 2;
      continue;
    }
    const order = band
      .map(([a, b]): { edge: Edge; a: number; b: number; length: number } => {
        const edge: Edge = [members[a]!, members[b]!];
        return { edge, a, b, length: lengthOf(set, edge) };
      })
      .sort((e, f) => e.length - f.length || comparePairs(set, e.edge, f.edge));
    for (const { edge, a, b } of order) {
      const [p, q] = [findRoot(parent, a), findRoot(parent, b)];
      if (p === q) continue;
      parent[p] = q;
      tree.push(edge);
    }
    if (upTo >= epsMeters && tree.length < members.length - 1)
      throw new RangeError('the members of a group do not hang together');
    done = upTo;
    upTo = Math.min(epsMeters, upTo * 2);
  }
  return tree;
}

/** Pairs (places in `members`) within `upTo` metres that are not yet joined; null when over `enough`. */
function listEdges(
  set: SetOfPoints,
  members: Int32Array,
  parent: Int32Array,
  upTo: number,
  enough: number,
): [number, number][] | null {
  const pick = (column: Float64Array) => Float64Array.from(members, (i) => column[i]!);
  const cells = hashedCells([pick(set.x), pick(set.y), pick(set.z)], upTo);
  const { order, start } = cells;
  const limit = upTo * upTo;
  const root = Int32Array.from(members, (_, k) => findRoot(parent, k));
  const uniform = new Int32Array(cells.count);
  for (let c = 0; c < cells.count; c++) {
    uniform[c] = root[order[start[c]!]!]!;
    for (let slot = start[c]! + 1; slot < start[c + 1]!; slot++)
      if (root[order[slot]!] !== uniform[c]) uniform[c] = -1;
  }
  const edges: [number, number][] = [];
  const listBetween = (c: number, d: number): boolean => {
    if (uniform[c]! >= 0 && uniform[c] === uniform[d]) return true;
    for (let s = start[c]!; s < start[c + 1]!; s++)
      for (let t = c === d ? s + 1 : start[d]!; t < start[d + 1]!; t++) {
        const [a, b] = [order[s]!, order[t]!];
        if (root[a] === root[b] || squared(set, members[a]!, members[b]!) > limit) continue;
        if (edges.length >= enough) return false;
        edges.push([a, b]);
      }
    return true;
  };
  for (let c = 0; c < cells.count; c++) {
    if (!listBetween(c, c)) return null;
    for (let r = cells.ranges[c]!; r < cells.ranges[c + 1]!; r++)
      for (let d = cells.from[r]!; d < cells.to[r]!; d++) if (!listBetween(c, d)) return null;
  }
  return edges;
}
