/** Cuts street lines where water, railway and parks are, finds where they cross, and writes the ways. */
import type { OsmSink } from './osm-sink.ts';
import type { Point } from './plan.ts';
import { groundAt } from './terrain.ts';
import type { StreetLine } from './street-lines.ts';
import { streetTags } from './street-tags.ts';
import type { Run, Structure } from './street-tags.ts';

const STEP = 8;
/** Shorter leftovers between two obstacles are not streets. */
const SHORTEST = 35;
/** Ends stick out this far over the street they meet, so that the crossing is found. */
const OVERSHOOT = 4;
const SNAP = 9;
/** A small street's end beyond its last crossing, in metres: shorter ones are cut off. */
const SHORTEST_END = 75;

export function drawStreets(sink: OsmSink, lines: StreetLine[]): Run[] {
  const runs = lines.flatMap(cutLine);
  const crossings = findCrossings(runs);
  const registry = new NodeRegistry(sink);
  // Crossings first: streets bend to them, not to each other's ends.
  for (const list of crossings) for (const { point } of list) registry.at(point, SNAP);
  runs.forEach((run, i) => drawRun(sink, registry, run, crossings[i] ?? []));
  return runs;
}

/** Walks along in small steps; a change of ground ends one run and begins the next. */
function cutLine(line: StreetLine): Run[] {
  const runs: Run[] = [];
  const points = densify(line.points);
  const structures = points.map((point) => structureAt(line, point));
  points.forEach((point, i) => {
    const structure = structures[i] ?? null;
    const before = structures[i - 1] ?? null;
    if (structure === null) return;
    if (before === structure) runs.at(-1)?.points.push(point);
    else {
      // A bridge starts at the very point where the street ends.
      const joint = before === null ? [] : points.slice(i - 1, i);
      runs.push({ line, structure, points: [...joint, point] });
    }
  });
  return runs
    .filter((run) => run.structure !== 'ground' || lengthOf(run.points) > SHORTEST)
    .map((run) => ({ ...run, points: thin(run.points) }));
}

function structureAt(line: StreetLine, point: Point): Structure | null {
  if (line.oneWay) return 'ground';
  const ground = groundAt(point);
  if (ground === 'free') return 'ground';
  if (ground === 'water') return line.bridge ? 'bridge' : null;
  if (ground === 'rail') return line.over ? 'bridge' : line.underpass ? 'underpass' : null;
  // The long underpass of the avenue through the station's yard.
  return line.underpass && isYard(point) ? 'underpass' : null;
}

function isYard([u, v]: Point): boolean {
  return u > -2700 && u < -2255 && v > -190 && v < 910;
}

function densify(points: Point[]): Point[] {
  const dense: Point[] = [];
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before) {
      const steps = Math.max(
        1,
        Math.ceil(Math.hypot(point[0] - before[0], point[1] - before[1]) / STEP),
      );
      for (let k = 1; k < steps; k++) {
        dense.push([
          before[0] + ((point[0] - before[0]) * k) / steps,
          before[1] + ((point[1] - before[1]) * k) / steps,
        ]);
      }
    }
    dense.push(point);
  });
  return dense;
}

/** Back to a point every 50 m or so; the ends stay. */
function thin(points: Point[]): Point[] {
  const kept: Point[] = [];
  let since = Infinity;
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before) since += Math.hypot(point[0] - before[0], point[1] - before[1]);
    if (since >= 48 || i === points.length - 1) {
      kept.push(point);
      since = 0;
    }
  });
  return kept;
}

export function lengthOf(points: Point[]): number {
  return points.reduce((sum, point, i) => {
    const before = points[i - 1];
    return before ? sum + Math.hypot(point[0] - before[0], point[1] - before[1]) : sum;
  }, 0);
}

interface Crossing {
  /** Segment number plus the share along it. */
  at: number;
  point: Point;
}

interface Segment {
  run: number;
  index: number;
  a: Point;
  b: Point;
}

const CELL = 120;

function findCrossings(runs: Run[]): Crossing[][] {
  const crossings: Crossing[][] = runs.map(() => []);
  const grid = new Map<number, Segment[]>();
  runs.forEach(({ structure, points }, run) => {
    for (let index = 1; index < points.length; index++) {
      const [a, b] = stretched(points, index, structure);
      const segment: Segment = { run, index, a, b };
      const met = new Set<Segment>();
      for (const key of cellsOf(a, b)) {
        const list = grid.get(key);
        for (const other of list ?? []) if (other.run !== run) met.add(other);
        if (list) list.push(segment);
        else grid.set(key, [segment]);
      }
      for (const other of met) cross(segment, other, crossings);
    }
  });
  for (const list of crossings) list.sort((x, y) => x.at - y.at);
  return crossings;
}

function stretched(points: Point[], index: number, structure: Structure): [Point, Point] {
  let a = points[index - 1] ?? [0, 0];
  let b = points[index] ?? [0, 0];
  if (structure !== 'ground') return [a, b];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const du = ((b[0] - a[0]) / length) * OVERSHOOT;
  const dv = ((b[1] - a[1]) / length) * OVERSHOOT;
  if (index === 1) a = [a[0] - du, a[1] - dv];
  if (index === points.length - 1) b = [b[0] + du, b[1] + dv];
  return [a, b];
}

function cellsOf(a: Point, b: Point): number[] {
  const keys: number[] = [];
  const range = (x: number, y: number): [number, number] => [
    Math.floor(Math.min(x, y) / CELL),
    Math.floor(Math.max(x, y) / CELL),
  ];
  const [u0, u1] = range(a[0], b[0]);
  const [v0, v1] = range(a[1], b[1]);
  for (let u = u0; u <= u1; u++)
    for (let v = v0; v <= v1; v++) keys.push((u + 1000) * 10_000 + v + 1000);
  return keys;
}

function cross(one: Segment, two: Segment, crossings: Crossing[][]): void {
  const rU = one.b[0] - one.a[0];
  const rV = one.b[1] - one.a[1];
  const sU = two.b[0] - two.a[0];
  const sV = two.b[1] - two.a[1];
  const denominator = rU * sV - rV * sU;
  if (Math.abs(denominator) < 1e-9) return;
  const qU = two.a[0] - one.a[0];
  const qV = two.a[1] - one.a[1];
  const t = (qU * sV - qV * sU) / denominator;
  const s = (qU * rV - qV * rU) / denominator;
  if (t < 0 || t > 1 || s < 0 || s > 1) return;
  const point: Point = [one.a[0] + rU * t, one.a[1] + rV * t];
  crossings[one.run]?.push({ at: one.index - 1 + t, point });
  crossings[two.run]?.push({ at: two.index - 1 + s, point });
}

class NodeRegistry {
  private readonly grid = new Map<string, { point: Point; id: number }[]>();
  private readonly sink: OsmSink;

  constructor(sink: OsmSink) {
    this.sink = sink;
  }

  /** The node here, or a new one. */
  at(point: Point, reach: number): number {
    const u = Math.floor(point[0] / SNAP);
    const v = Math.floor(point[1] / SNAP);
    for (let du = -1; du <= 1; du++) {
      for (let dv = -1; dv <= 1; dv++) {
        const near = this.grid
          .get(`${u + du}/${v + dv}`)
          ?.find(
            (other) => Math.hypot(other.point[0] - point[0], other.point[1] - point[1]) <= reach,
          );
        if (near) return near.id;
      }
    }
    const id = this.sink.node(point);
    const key = `${u}/${v}`;
    const list = this.grid.get(key);
    if (list) list.push({ point, id });
    else this.grid.set(key, [{ point, id }]);
    return id;
  }
}

function drawRun(sink: OsmSink, registry: NodeRegistry, run: Run, crossings: Crossing[]): void {
  const last = run.points.length - 1;
  const [from, to] = trimmed(run, crossings);
  // A bend right beside a crossing would only make a kink.
  const bends = run.points
    .map((point, i): Crossing => ({ at: i, point }))
    .filter(({ at }) => at >= from && at <= to)
    .filter(
      ({ at, point }) =>
        at === 0 ||
        at === last ||
        !crossings.some((crossing) => near(crossing.point, point, 2 * SNAP)),
    );
  const isCrossing = new Set(crossings);
  const refs: number[] = [];
  for (const stop of [...bends, ...crossings].sort((x, y) => x.at - y.at)) {
    const isEnd = stop.at === 0 || stop.at === last;
    const id =
      isCrossing.has(stop) || isEnd ? registry.at(stop.point, SNAP) : sink.node(stop.point);
    if (refs.at(-1) !== id) refs.push(id);
  }
  if (refs.length < 2) return;
  if (run.line.oneWay && refs[0] !== refs.at(-1)) refs.push(refs[0] ?? 0);
  sink.way(refs, streetTags(run));
}

/** A small street ends at the last one it meets, not a few steps further at the water or a fence. */
function trimmed(
  { line, points, structure }: Run,
  crossings: Crossing[],
): [from: number, to: number] {
  const last = points.length - 1;
  const first = crossings[0];
  const final = crossings.at(-1);
  if (line.class !== 'residential' && line.class !== 'tertiary') return [0, last];
  if (structure !== 'ground' || !first || !final || first === final) return [0, last];
  const head = lengthOf([...points.slice(0, Math.ceil(first.at)), first.point]);
  const tail = lengthOf([final.point, ...points.slice(Math.floor(final.at) + 1)]);
  return [head < SHORTEST_END ? first.at : 0, tail < SHORTEST_END ? final.at : last];
}

function near(a: Point, b: Point, reach: number): boolean {
  return Math.hypot(a[0] - b[0], a[1] - b[1]) <= reach;
}
