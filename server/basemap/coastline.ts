/**
 * Turns coastline ways into areas of sea inside a box. The rule of the data: land lies to the left
 * of a coastline, water to its right. Each stretch of coast inside the box is followed to where it
 * leaves, then the edge of the box clockwise (keeping water on the right) to where the next enters.
 */
import type { Box, Path } from './geometry.ts';
import { contains, signedArea } from './geometry.ts';

type Point = [number, number];

/** @param coasts joined coastlines in data direction, in the unit square (y downwards) */
export function seaAreas(coasts: Path[], box: Box): Path[][] {
  const closed: Point[][] = [];
  const open: Point[][] = [];
  for (const coast of coasts) {
    for (const piece of clipToBox(toPoints(coast), box)) {
      const first = piece[0];
      const last = piece.at(-1);
      if (!first || !last || piece.length < 2) continue;
      if (first[0] === last[0] && first[1] === last[1] && piece.length > 3) closed.push(piece);
      else open.push([nearestEdge(first, box), ...piece, nearestEdge(last, box)]);
    }
  }
  const islands: Path[] = [];
  const seas: Path[] = [];
  for (const ring of closed) {
    const path = toPath(ring);
    // Clockwise on the screen has its right-hand side, the water, inside.
    if (signedArea(path) > 0) seas.push(path);
    else islands.push(path);
  }
  seas.push(...followEdges(open, box));
  if (seas.length === 0 && islands.length > 0)
    seas.push(toPath([...corners(box), [box[0], box[1]]]));
  return seas.map((sea) => [
    sea,
    ...islands.filter((island) => contains(sea, island[0] ?? 0, island[1] ?? 0)),
  ]);
}

function toPoints(path: Path): Point[] {
  return Array.from({ length: path.length / 2 }, (_, i): Point => [
    path[2 * i] ?? 0,
    path[2 * i + 1] ?? 0,
  ]);
}

function toPath(points: Point[]): Path {
  return points.flat();
}

function corners([minX, minY, maxX, maxY]: Box): Point[] {
  return [
    [minX, minY],
    [maxX, minY],
    [maxX, maxY],
    [minX, maxY],
  ];
}

/** Cuts a line into its stretches inside the box; each cut end lies on the edge. */
function clipToBox(points: Point[], box: Box): Point[][] {
  const pieces: Point[][] = [];
  let current: Point[] = [];
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1];
    const b = points[i];
    if (!a || !b) continue;
    const cut = clipSegment(a, b, box);
    if (!cut) {
      if (current.length > 1) pieces.push(current);
      current = [];
      continue;
    }
    if (current.length === 0) current.push(cut[0]);
    current.push(cut[1]);
    if (cut[1] !== b) {
      pieces.push(current);
      current = [];
    }
  }
  if (current.length > 1) pieces.push(current);
  return joinAround(pieces, points);
}

/** A closed line cut somewhere else than at its first point begins with the end of its last piece. */
function joinAround(pieces: Point[][], points: Point[]): Point[][] {
  const first = pieces[0];
  const last = pieces.at(-1);
  const start = points[0];
  const end = points.at(-1);
  if (!first || !last || first === last || !start || !end) return pieces;
  if (start[0] !== end[0] || start[1] !== end[1]) return pieces;
  if (first[0] !== start || last.at(-1) !== end) return pieces;
  return [[...last, ...first.slice(1)], ...pieces.slice(1, -1)];
}

/** Liang–Barsky; unchanged ends keep their identity. */
function clipSegment(a: Point, b: Point, [minX, minY, maxX, maxY]: Box): [Point, Point] | null {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  let from = 0;
  let to = 1;
  const sides: [number, number][] = [
    [-dx, a[0] - minX],
    [dx, maxX - a[0]],
    [-dy, a[1] - minY],
    [dy, maxY - a[1]],
  ];
  for (const [step, room] of sides) {
    if (step === 0) {
      if (room < 0) return null;
      continue;
    }
    const at = room / step;
    if (step < 0) from = Math.max(from, at);
    else to = Math.min(to, at);
  }
  if (from > to) return null;
  return [
    from === 0 ? a : [a[0] + dx * from, a[1] + dy * from],
    to === 1 ? b : [a[0] + dx * to, a[1] + dy * to],
  ];
}

/** Where a coast ends inside the box, data are missing: it is led to the nearest edge. */
function nearestEdge([x, y]: Point, [minX, minY, maxX, maxY]: Box): Point {
  const options: [number, Point][] = [
    [x - minX, [minX, y]],
    [maxX - x, [maxX, y]],
    [y - minY, [x, minY]],
    [maxY - y, [x, maxY]],
  ];
  return options.reduce((best, option) => (option[0] < best[0] ? option : best))[1];
}

/** Distance along the edge, clockwise on the screen from the upper left corner, 0…4. */
function along([x, y]: Point, [minX, minY, maxX, maxY]: Box): number {
  const u = (x - minX) / (maxX - minX);
  const v = (y - minY) / (maxY - minY);
  const gaps = [Math.abs(v), Math.abs(1 - u), Math.abs(1 - v), Math.abs(u)];
  const side = gaps.indexOf(Math.min(...gaps));
  return [u, 1 + v, 3 - u, (4 - v) % 4][side] ?? 0;
}

function followEdges(open: Point[][], box: Box): Path[] {
  const starts = open.map((piece) => along(piece[0] ?? [0, 0], box));
  const used = new Uint8Array(open.length);
  const rings: Path[] = [];
  const edge = corners(box);
  for (let seed = 0; seed < open.length; seed++) {
    if (used[seed]) continue;
    const ring: Point[] = [];
    let index = seed;
    while (!used[index]) {
      used[index] = 1;
      const piece = open[index] ?? [];
      ring.push(...piece);
      const exit = along(piece.at(-1) ?? [0, 0], box);
      let nearest = seed;
      let shortest = Infinity;
      for (let candidate = 0; candidate < open.length; candidate++) {
        if (used[candidate] && candidate !== seed) continue;
        const distance = ((starts[candidate] ?? 0) - exit + 4) % 4;
        if (distance < shortest) {
          shortest = distance;
          nearest = candidate;
        }
      }
      for (let step = Math.floor(exit) + 1; step < exit + shortest; step++) {
        const corner = edge[step % 4];
        if (corner) ring.push(corner);
      }
      index = nearest;
    }
    const first = ring[0];
    if (first) rings.push(toPath([...ring, first]));
  }
  return rings;
}
