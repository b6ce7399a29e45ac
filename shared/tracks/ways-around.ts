/**
 * The shortest ways from one junction to all within a reach. A patrol comes by the same junctions again and again,
 * so what was once found is kept until there is too much of it.
 */

/** From one junction: of each other one the metres there, and the last edge and junction on the way. */
export interface Ways {
  meters: ReadonlyMap<number, number>;
  lastEdge: ReadonlyMap<number, number>;
}

/** How far ways are known from a junction at once; the second only where fixes lie far apart. */
const reaches = [
  { meters: 300, most: 10_000 },
  { meters: 1_500, most: 300 },
] as const;
export const farthestMeters = reaches[1].meters;

export class WaysAround {
  private readonly firstArc: Int32Array;
  private readonly arcEdge: Int32Array;
  private readonly edgeFrom: Int32Array;
  private readonly edgeTo: Int32Array;
  private readonly edgeMeters: Float64Array;
  private readonly known = reaches.map(() => new Map<number, Ways>());

  /** Streets may be gone both ways: a crew on foot heeds no one-way sign, and the reverse gear exists. */
  constructor(
    junctions: number,
    edgeFrom: Int32Array,
    edgeTo: Int32Array,
    edgeMeters: Float64Array,
  ) {
    this.edgeFrom = edgeFrom;
    this.edgeTo = edgeTo;
    this.edgeMeters = edgeMeters;
    this.firstArc = new Int32Array(junctions + 1);
    this.arcEdge = new Int32Array(2 * edgeFrom.length);
    for (const ends of [edgeFrom, edgeTo])
      for (const junction of ends) this.firstArc[junction + 1]! += 1;
    for (let i = 0; i < junctions; i += 1) this.firstArc[i + 1]! += this.firstArc[i]!;
    const next = this.firstArc.slice();
    for (let edge = 0; edge < edgeFrom.length; edge += 1)
      for (const ends of [edgeFrom, edgeTo]) this.arcEdge[next[ends[edge]!]!++] = edge;
  }

  from(junction: number, needMeters: number): Ways {
    const level = needMeters <= reaches[0].meters ? 0 : 1;
    const known = this.known[level]!;
    const hit = known.get(junction);
    if (hit) return hit;
    if (known.size >= reaches[level].most) known.clear();
    const ways = this.search(junction, reaches[level].meters);
    known.set(junction, ways);
    return ways;
  }

  /** Edges from the searched junction to this one, in the order of the way. */
  edgesTo(ways: Ways, junction: number): number[] {
    const edges: number[] = [];
    for (let at = junction; ;) {
      const edge = ways.lastEdge.get(at);
      if (edge === undefined) return edges.reverse();
      edges.push(edge);
      at = this.otherEnd(edge, at);
    }
  }

  /** The junctions on both ends of an edge that joins `junction` with another. */
  otherEnd(edge: number, junction: number): number {
    return this.edgeFrom[edge] === junction ? this.edgeTo[edge]! : this.edgeFrom[edge]!;
  }

  /** Other junctions that an edge of this one leads to, and the edges there. */
  edgesAt(junction: number): Int32Array {
    return this.arcEdge.subarray(this.firstArc[junction], this.firstArc[junction + 1]);
  }

  private search(start: number, reachMeters: number): Ways {
    const meters = new Map<number, number>([[start, 0]]);
    const lastEdge = new Map<number, number>();
    const done = new Set<number>();
    const queue = new NearestFirst();
    queue.push(start, 0);
    for (let at = queue.pop(); at >= 0; at = queue.pop()) {
      if (done.has(at)) continue;
      done.add(at);
      const soFar = meters.get(at)!;
      for (const edge of this.edgesAt(at)) {
        const to = this.otherEnd(edge, at);
        const there = soFar + this.edgeMeters[edge]!;
        if (there > reachMeters || there >= (meters.get(to) ?? Infinity)) continue;
        meters.set(to, there);
        lastEdge.set(to, edge);
        queue.push(to, there);
      }
    }
    return { meters, lastEdge };
  }
}

/** A binary heap of junctions by distance; −1 when it is empty. */
class NearestFirst {
  private readonly items: number[] = [];
  private readonly costs: number[] = [];

  push(item: number, cost: number): void {
    let at = this.items.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.costs[parent]! <= cost) break;
      this.items[at] = this.items[parent]!;
      this.costs[at] = this.costs[parent]!;
      at = parent;
    }
    this.items[at] = item;
    this.costs[at] = cost;
  }

  pop(): number {
    const top = this.items[0];
    if (top === undefined) return -1;
    const item = this.items.pop()!;
    const cost = this.costs.pop()!;
    const size = this.items.length;
    if (size === 0) return top;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.costs[child + 1]! < this.costs[child]!) child += 1;
      if (this.costs[child]! >= cost) break;
      this.items[at] = this.items[child]!;
      this.costs[at] = this.costs[child]!;
      at = child;
    }
    this.items[at] = item;
    this.costs[at] = cost;
    return top;
  }
}
