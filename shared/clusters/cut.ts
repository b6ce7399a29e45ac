// A group wider than allowed is cut at the longest edge of its minimum spanning tree, again and again,
// until no part is wider.
import { cartesian } from './space.ts';
import { spanningTree } from './spanning-tree.ts';
import type { SetOfPoints } from './spanning-tree.ts';
import type { GroupingOptions, PointColumns } from './point-columns.ts';

type CutOptions = Required<Omit<GroupingOptions, 'minPoints' | 'maxDiameterMeters'>> & {
  maxDiameterMeters: number;
};

/** Part of each point (any numbers; −1 stays −1), or null when no group is too wide. */
export function cutWideGroups(
  points: PointColumns,
  labels: Int32Array,
  groupCount: number,
  options: CutOptions,
): { labels: Int32Array; count: number } | null {
  const { members, start } = membersByGroup(labels, groupCount);
  const [x, y, z] = cartesian(points.x, points.y, options.surface) as [
    Float64Array,
    Float64Array,
    Float64Array?,
  ];
  const set: SetOfPoints = {
    x,
    y,
    z: z ?? new Float64Array(x.length),
    rank: points.rank ?? Int32Array.from(labels, (_, i) => i),
  };
  const narrow = new NarrowParts(set, options.maxDiameterMeters);
  let cut: Int32Array | null = null;
  let count = groupCount;
  for (let group = 0; group < groupCount; group++) {
    const own = members.subarray(start[group], start[group + 1]);
    if (narrow.surelyFits(own)) continue;
    const parts = narrow.split(own, spanningTree(set, own, options.epsMeters));
    if (parts === null) continue;
    cut ??= labels.slice();
    for (const part of parts) {
      for (const member of part) cut[member] = count;
      count++;
    }
  }
  return cut === null ? null : { labels: cut, count };
}

function membersByGroup(labels: Int32Array, groupCount: number) {
  const start = new Int32Array(groupCount + 1);
  for (const label of labels) if (label >= 0) start[label + 1]!++;
  for (let group = 0; group < groupCount; group++) start[group + 1]! += start[group]!;
  const cursor = start.slice();
  const members = new Int32Array(start[groupCount]!);
  for (let i = 0; i < labels.length; i++) if (labels[i]! >= 0) members[cursor[labels[i]!]!++] = i;
  return { members, start };
}

interface Part {
  members: number[];
  /** minX, minY, minZ, maxX, maxY, maxZ */
  box: number[];
  /** Its union with what it hangs on is too wide: it is a part of the result. */
  closed: boolean;
}

/**
 * Cutting from the top and joining from the bottom give the same parts: the tree's edges, shortest
 * first, join ever larger sets, and the last join of a set is the edge it would be cut at. A subset is
 * never wider than the whole, so the parts are the largest of these sets that fit, and joining finds
 * them without looking at a wide set more than once.
 */
class NarrowParts {
  readonly #set: SetOfPoints;
  readonly #limit: number;

  constructor(set: SetOfPoints, maxDiameterMeters: number) {
    this.#set = set;
    this.#limit = maxDiameterMeters * maxDiameterMeters;
  }

  surelyFits(members: Int32Array): boolean {
    if (members.length < 2) return true;
    const box = this.#boxOf(members[0]!);
    for (const member of members) grow(box, this.#boxOf(member));
    return diagonalSquared(box) <= this.#limit;
  }

  /** `edges`: pairs of point indexes, shortest first, ties the larger id pair first. Null: all one part. */
  split(members: Int32Array, edges: Int32Array): number[][] | null {
    const partOf = new Map<number, Part>();
    for (const i of members) partOf.set(i, { members: [i], box: this.#boxOf(i), closed: false });
    for (let e = 0; e < edges.length; e += 2) {
      const a = partOf.get(edges[e]!)!;
      const b = partOf.get(edges[e + 1]!)!;
      if (a.closed || b.closed || this.#tooWide(a, b)) {
        a.closed = true;
        b.closed = true;
        continue;
      }
      const [large, small] = a.members.length >= b.members.length ? [a, b] : [b, a];
      grow(large.box, small.box);
      for (const member of small.members) {
        large.members.push(member);
        partOf.set(member, large);
      }
    }
    const parts = new Set(partOf.values());
    return parts.size === 1 ? null : [...parts].map((part) => part.members);
  }

  /** Both fit alone: only pairs across can be too far apart. */
  #tooWide(a: Part, b: Part): boolean {
    const box = a.box.slice();
    grow(box, b.box);
    if (diagonalSquared(box) <= this.#limit) return false;
    for (let d = 0; d < 3; d++) if ((box[d + 3]! - box[d]!) ** 2 > this.#limit) return true;
    const [small, large] = a.members.length <= b.members.length ? [a, b] : [b, a];
    const { x, y, z } = this.#set;
    for (const i of small.members) {
      if (farthestSquared(x[i]!, y[i]!, z[i]!, large.box) <= this.#limit) continue;
      for (const j of large.members)
        if ((x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2 + (z[i]! - z[j]!) ** 2 > this.#limit)
          return true;
    }
    return false;
  }

  #boxOf(i: number): number[] {
    const { x, y, z } = this.#set;
    return [x[i]!, y[i]!, z[i]!, x[i]!, y[i]!, z[i]!];
  }
}

function grow(box: number[], other: number[]): void {
  for (let d = 0; d < 3; d++) {
    box[d] = Math.min(box[d]!, other[d]!);
    box[d + 3] = Math.max(box[d + 3]!, other[d + 3]!);
  }
}

function diagonalSquared(box: number[]): number {
  return (box[3]! - box[0]!) ** 2 + (box[4]! - box[1]!) ** 2 + (box[5]! - box[2]!) ** 2;
}

function farthestSquared(x: number, y: number, z: number, box: number[]): number {
  const dx = Math.max(x - box[0]!, box[3]! - x);
  const dy = Math.max(y - box[1]!, box[4]! - y);
  const dz = Math.max(z - box[2]!, box[5]! - z);
  return dx * dx + dy * dy + dz * dz;
}
