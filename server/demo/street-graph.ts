/** The streets of a city as a graph that simulated teams drive on, and the quickest way through it. */
import type { StreetsFile } from '../../shared/basemap/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { metersBetween } from './plane.ts';

/** An arc is one edge in one direction; those of junction `i` are `firstArc[i]` to `firstArc[i + 1] − 1`. */
export interface StreetGraph {
  junctions: readonly Position[];
  firstArc: Int32Array;
  arcTo: Int32Array;
  arcSeconds: Float64Array;
  /** the bends of the arc between its ends, in driving direction */
  arcBends: readonly (readonly Position[])[];
  grid: ReadonlyMap<string, readonly number[]>;
}

/** A patrol looks around while it drives: this share of the signed speed, and never faster than this. */
const shareOfSpeed = 0.75;
const fastestKmh = 55;
/** The quickest anyone gets anywhere; keeps the search's estimate below the truth. */
export const fastestMetersPerSecond = fastestKmh / 3.6;
const gridDegrees = 0.005;

const gridKey = (lon: number, lat: number): string =>
  `${Math.floor(lon / gridDegrees)}/${Math.floor(lat / gridDegrees)}`;

export function buildStreetGraph(file: StreetsFile): StreetGraph {
  const junctions: Position[] = [];
  for (let i = 0; i < file.nodes.length; i += 2)
    junctions.push({ lon: file.nodes[i]! / 1e6, lat: file.nodes[i + 1]! / 1e6 });
  const arcs: { from: number; to: number; seconds: number; bends: Position[] }[] = [];
  for (let edge = 0; edge < file.edgeNames.length; edge++) {
    const [from, to, decimeters, , oneWay, kmh] = file.edges.slice(6 * edge, 6 * edge + 6);
    const speed = Math.min(fastestKmh, Math.max(8, kmh! * shareOfSpeed)) / 3.6;
    const seconds = decimeters! / 10 / speed;
    const bends = bendsOf(file, edge, from!);
    arcs.push({ from: from!, to: to!, seconds, bends });
    if (oneWay === 0) arcs.push({ from: to!, to: from!, seconds, bends: bends.toReversed() });
  }
  arcs.sort((a, b) => a.from - b.from);
  const firstArc = new Int32Array(junctions.length + 1);
  for (const { from } of arcs) firstArc[from + 1]! += 1;
  for (let i = 0; i < junctions.length; i++) firstArc[i + 1]! += firstArc[i]!;
  const grid = new Map<string, number[]>();
  junctions.forEach(({ lon, lat }, index) => {
    const key = gridKey(lon, lat);
    const cell = grid.get(key);
    if (cell) cell.push(index);
    else grid.set(key, [index]);
  });
  return {
    junctions,
    firstArc,
    arcTo: Int32Array.from(arcs, (arc) => arc.to),
    arcSeconds: Float64Array.from(arcs, (arc) => arc.seconds),
    arcBends: arcs.map((arc) => arc.bends),
    grid,
  };
}

function bendsOf(file: StreetsFile, edge: number, from: number): Position[] {
  let lon = file.nodes[2 * from]!;
  let lat = file.nodes[2 * from + 1]!;
  const bends: Position[] = [];
  const steps = file.shapes[edge]!;
  for (let i = 0; i < steps.length; i += 2) {
    lon += steps[i]!;
    lat += steps[i + 1]!;
    bends.push({ lon: lon / 1e6, lat: lat / 1e6 });
  }
  return bends;
}

/** The junction nearest to a position, or null in a graph without any. */
export function nearestJunction(graph: StreetGraph, position: Position): number | null {
  const column = Math.floor(position.lon / gridDegrees);
  const row = Math.floor(position.lat / gridDegrees);
  for (let reach = 1; reach <= 64; reach *= 2) {
    let best: number | null = null;
    let bestMeters = Infinity;
    for (let x = column - reach; x <= column + reach; x++)
      for (let y = row - reach; y <= row + reach; y++)
        for (const index of graph.grid.get(`${x}/${y}`) ?? []) {
          const meters = metersBetween(position, graph.junctions[index]!);
          if (meters < bestMeters) [best, bestMeters] = [index, meters];
        }
    if (best !== null) return best;
  }
  return null;
}

/** A way in points, with the seconds at which each is reached. */
export interface Way {
  points: Position[];
  atSeconds: number[];
}

/** A*: the quickest way from one junction to another; null when there is none. */
export function quickestWay(graph: StreetGraph, start: number, goal: number): Way | null {
  const target = graph.junctions[goal]!;
  const estimate = (index: number): number =>
    metersBetween(graph.junctions[index]!, target) / fastestMetersPerSecond;
  const best = new Map<number, number>([[start, 0]]);
  const cameBy = new Map<number, { arc: number; from: number }>();
  const done = new Set<number>();
  const queue = new CheapestFirst();
  queue.push(start, estimate(start));
  for (let at = queue.pop(); at !== null; at = queue.pop()) {
    if (at === goal) return unrollWay(graph, start, goal, cameBy);
    if (done.has(at)) continue;
    done.add(at);
    const soFar = best.get(at)!;
    for (let arc = graph.firstArc[at]!; arc < graph.firstArc[at + 1]!; arc++) {
      const to = graph.arcTo[arc]!;
      const seconds = soFar + graph.arcSeconds[arc]!;
      if (seconds >= (best.get(to) ?? Infinity)) continue;
      best.set(to, seconds);
      cameBy.set(to, { arc, from: at });
      queue.push(to, seconds + estimate(to));
    }
  }
  return null;
}

function unrollWay(
  graph: StreetGraph,
  start: number,
  goal: number,
  cameBy: ReadonlyMap<number, { arc: number; from: number }>,
): Way {
  const arcs: number[] = [];
  for (let at = goal; at !== start;) {
    const { arc, from } = cameBy.get(at)!;
    arcs.push(arc);
    at = from;
  }
  const way: Way = { points: [graph.junctions[start]!], atSeconds: [0] };
  for (const arc of arcs.reverse())
    extendWay(
      way,
      [...graph.arcBends[arc]!, graph.junctions[graph.arcTo[arc]!]!],
      graph.arcSeconds[arc]!,
    );
  return way;
}

/** Adds points to a way; the seconds are spread over them by distance. */
export function extendWay(way: Way, points: readonly Position[], seconds: number): void {
  const steps: number[] = [];
  let last = way.points.at(-1)!;
  for (const point of points) {
    steps.push(metersBetween(last, point));
    last = point;
  }
  const meters = steps.reduce((sum, step) => sum + step, 0);
  let at = way.atSeconds.at(-1)!;
  points.forEach((point, i) => {
    at += meters === 0 ? seconds / points.length : (steps[i]! / meters) * seconds;
    way.points.push(point);
    way.atSeconds.push(at);
  });
}

/** A binary heap of junctions by cost. */
class CheapestFirst {
  private readonly items: number[] = [];
  private readonly costs: number[] = [];

  push(item: number, cost: number): void {
    let at = this.items.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.costs[parent]! <= cost) break;
      this.move(parent, at);
      at = parent;
    }
    this.items[at] = item;
    this.costs[at] = cost;
  }

  pop(): number | null {
    if (this.items.length === 0) return null;
    const top = this.items[0]!;
    const item = this.items.pop()!;
    const cost = this.costs.pop()!;
    const size = this.items.length;
    if (size === 0) return top;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.costs[child + 1]! < this.costs[child]!) child += 1;
      if (this.costs[child]! >= cost) break;
      this.move(child, at);
      at = child;
    }
    this.items[at] = item;
    this.costs[at] = cost;
    return top;
  }

  private move(from: number, to: number): void {
    this.items[to] = this.items[from]!;
    this.costs[to] = this.costs[from]!;
  }
}
