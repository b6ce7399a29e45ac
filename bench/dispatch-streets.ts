// Travel times between spots on a real street network: Dijkstra over the streets of an extract, at the posted speeds.
import { readExtract } from '../server/basemap/extract.ts';
import { buildStreets } from '../server/basemap/streets.ts';
import type { TravelGrid } from '../shared/planning/night.ts';
import { seededRandom } from './measure.ts';

/** What a vehicle makes of the posted speed over a whole way, lights and turns included, on a winter night. */
const shareOfSpeed = 0.65;

export interface Ground {
  grid: TravelGrid;
  /** [lon, lat] of each spot */
  spots: { lon: number; lat: number }[];
  kilometers: number;
}

interface Graph {
  nodes: number;
  /** first arc of each node; arcs to, seconds, metres */
  first: Int32Array;
  to: Int32Array;
  seconds: Float64Array;
  meters: Float64Array;
}

/** So many junctions, drawn anew for each seed, every one of which can be reached from every other. */
export async function readGround(extract: string, count: number, seed: number): Promise<Ground> {
  const streets = buildStreets(await readExtract(extract, { maxNodes: 5_000_000 }));
  const forward = graphOf(streets.edges, streets.nodes.length / 2, false);
  const backward = graphOf(streets.edges, streets.nodes.length / 2, true);
  const joined = largestPart(forward, backward);
  const random = seededRandom(seed);
  const nodes = Array.from({ length: count }, () => joined[Math.floor(random() * joined.length)]!);
  const grid: TravelGrid = {
    size: count,
    seconds: new Float64Array(count * count),
    meters: new Float64Array(count * count),
    estimated: new Uint8Array(count * count),
  };
  nodes.forEach((node, row) => {
    const ways = shortestFrom(forward, node);
    nodes.forEach((other, col) => {
      grid.seconds[row * count + col] = ways.seconds[other]!;
      grid.meters[row * count + col] = ways.meters[other]!;
    });
  });
  return {
    grid,
    spots: nodes.map((node) => ({
      lon: streets.nodes[2 * node]! / 1e6,
      lat: streets.nodes[2 * node + 1]! / 1e6,
    })),
    kilometers: forward.meters.reduce((sum, meters) => sum + meters, 0) / 1000,
  };
}

function graphOf(edges: readonly number[], nodes: number, backwards: boolean): Graph {
  const arcs: [from: number, to: number, meters: number, seconds: number][] = [];
  for (let e = 0; e < edges.length; e += 6) {
    const [from, to, decimeters, , oneWay, speed] = edges.slice(e, e + 6);
    const meters = decimeters! / 10;
    const seconds = meters / ((speed! / 3.6) * shareOfSpeed);
    arcs.push(backwards ? [to!, from!, meters, seconds] : [from!, to!, meters, seconds]);
    if (!oneWay)
      arcs.push(backwards ? [from!, to!, meters, seconds] : [to!, from!, meters, seconds]);
  }
  arcs.sort((a, b) => a[0] - b[0]);
  const first = new Int32Array(nodes + 1);
  for (const [from] of arcs) first[from + 1]! += 1;
  for (let n = 0; n < nodes; n++) first[n + 1]! += first[n]!;
  return {
    nodes,
    first,
    to: Int32Array.from(arcs, (arc) => arc[1]),
    meters: Float64Array.from(arcs, (arc) => arc[2]),
    seconds: Float64Array.from(arcs, (arc) => arc[3]),
  };
}

/** Nodes that can be reached from the best joined of some, and from which it can be reached. */
function largestPart(forward: Graph, backward: Graph): number[] {
  let best: number[] = [];
  for (let start = 0; start < forward.nodes; start += Math.ceil(forward.nodes / 8)) {
    const there = shortestFrom(forward, start).seconds;
    const back = shortestFrom(backward, start).seconds;
    const part: number[] = [];
    for (let n = 0; n < forward.nodes; n++)
      if (there[n]! < Infinity && back[n]! < Infinity) part.push(n);
    if (part.length > best.length) best = part;
  }
  return best;
}

function shortestFrom(
  graph: Graph,
  start: number,
): { seconds: Float64Array; meters: Float64Array } {
  const seconds = new Float64Array(graph.nodes).fill(Infinity);
  const meters = new Float64Array(graph.nodes).fill(Infinity);
  const heap: [number, number][] = [[0, start]];
  seconds[start] = 0;
  meters[start] = 0;
  while (heap.length > 0) {
    const [time, node] = pop(heap);
    if (time > seconds[node]!) continue;
    for (let arc = graph.first[node]!; arc < graph.first[node + 1]!; arc++) {
      const next = graph.to[arc]!;
      const at = time + graph.seconds[arc]!;
      if (at >= seconds[next]!) continue;
      seconds[next] = at;
      meters[next] = meters[node]! + graph.meters[arc]!;
      push(heap, [at, next]);
    }
  }
  return { seconds, meters };
}

function push(heap: [number, number][], entry: [number, number]): void {
  let at = heap.push(entry) - 1;
  while (at > 0 && heap[(at - 1) >> 1]![0] > heap[at]![0]) {
    const up = (at - 1) >> 1;
    [heap[up], heap[at]] = [heap[at]!, heap[up]!];
    at = up;
  }
}

function pop(heap: [number, number][]): [number, number] {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  heap[0] = last;
  for (let at = 0; ;) {
    const left = 2 * at + 1;
    if (left >= heap.length) return top;
    const right = left + 1;
    const least = right < heap.length && heap[right]![0] < heap[left]![0] ? right : left;
    if (heap[least]![0] >= heap[at]![0]) return top;
    [heap[least], heap[at]] = [heap[at]!, heap[least]!];
    at = least;
  }
}
