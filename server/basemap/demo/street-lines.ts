/** The lines of the streets before they are cut and joined: avenues, rings, diagonals, banks, the small grid. */
import type { Name, NameSupply, StreetDirection } from './names.ts';
import {
  BANK_ROAD_GAP,
  DIAGONALS,
  EAST_WEST,
  HALF_HEIGHT,
  HALF_WIDTH,
  NORTH_SOUTH,
  RINGS,
  riverMiddle,
} from './plan.ts';
import { SQUARE } from './plan-places.ts';
import type { Avenue, Point, Ring, StreetClass } from './plan.ts';
import { riverBank } from './terrain.ts';
import type { Random } from './random.ts';

export interface StreetLine {
  class: StreetClass;
  name: Name | null;
  points: Point[];
  bridge?: Name | undefined;
  /** Passes the railway underneath; rings pass over it. */
  underpass?: Name | undefined;
  over?: boolean;
  oneWay?: boolean;
}

export interface Grid {
  /** Every north–south line, then every east–west line, ascending. */
  us: number[];
  vs: number[];
}

const SAMPLE = 60;

export function straight(from: Point, to: Point): Point[] {
  const steps = Math.max(1, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / SAMPLE));
  return Array.from({ length: steps + 1 }, (_, i): Point => [
    from[0] + ((to[0] - from[0]) * i) / steps,
    from[1] + ((to[1] - from[1]) * i) / steps,
  ]);
}

export function streetLines(
  random: Random,
  names: NameSupply,
): { lines: StreetLine[]; grid: Grid } {
  const us = subdivide(NORTH_SOUTH, HALF_WIDTH - 150, random);
  const vs = subdivide(EAST_WEST, HALF_HEIGHT - 150, random);
  const lines: StreetLine[] = [
    ...NORTH_SOUTH.map((avenue) => avenueLine(avenue, 'north-south')),
    ...EAST_WEST.map((avenue) => avenueLine(avenue, 'east-west')),
    ...RINGS.flatMap(ringLines),
    ...DIAGONALS.map(({ from, to, ...rest }) => ({ ...rest, points: straight(from, to) })),
    ...bankRoads(),
    squareRing(),
  ];
  lines.push(...smallStreets(us, vs, random, names));
  return { lines, grid: { us, vs } };
}

function avenueLine(avenue: Avenue, direction: StreetDirection): StreetLine {
  const { at, name, bridge, underpass } = avenue;
  const reach = direction === 'north-south' ? HALF_HEIGHT - 120 : HALF_WIDTH - 120;
  const points =
    direction === 'north-south'
      ? straight([at, -reach], [at, reach])
      : straight([-reach, at], [reach, at]);
  return { class: avenue.class, name, points, bridge, underpass };
}

/** Four sides, cut at the corners' middles, so that each has its own name. */
function ringLines(ring: Ring): StreetLine[] {
  const { center, half, radius } = ring;
  const outline: Point[] = [];
  const corners: [number, number, number][] = [
    [1, 1, 0],
    [-1, 1, 90],
    [-1, -1, 180],
    [1, -1, 270],
  ];
  for (const [su, sv, start] of corners) {
    for (let degrees = 0; degrees <= 90; degrees += 6) {
      const angle = ((start + degrees) * Math.PI) / 180;
      outline.push([
        center[0] + su * (half[0] - radius) + radius * Math.cos(angle),
        center[1] + sv * (half[1] - radius) + radius * Math.sin(angle),
      ]);
    }
  }
  const perCorner = 16;
  // The outline runs counter-clockwise from the east: north, west, south, east.
  return [0, 3, 2, 1].map((nameIndex, side) => {
    const first = side * perCorner + perCorner / 2;
    const part = Array.from(
      { length: perCorner + 1 },
      (_, i) => outline[(first + i) % outline.length] ?? center,
    );
    const points = part.flatMap((point, i) =>
      i === 0 ? [point] : straight(part[i - 1] ?? point, point).slice(1),
    );
    const bridge =
      nameIndex === 0 ? ring.bridges[0] : nameIndex === 2 ? ring.bridges[1] : undefined;
    return { class: ring.class, name: ring.names[nameIndex] ?? null, points, bridge, over: true };
  });
}

function bankRoads(): StreetLine[] {
  const reach = HALF_HEIGHT - 200;
  return [
    {
      class: 'tertiary',
      name: { zh: '滨河西路', en: 'West Riverside Road' },
      points: riverBank(-1, BANK_ROAD_GAP, -reach, reach, 45),
    },
    {
      class: 'tertiary',
      name: { zh: '滨河东路', en: 'East Riverside Road' },
      points: riverBank(1, BANK_ROAD_GAP, -reach, reach, 45),
    },
  ];
}

function squareRing(): StreetLine {
  const points: Point[] = [];
  for (let i = 0; i <= 36; i++) {
    const angle = (i / 36) * 2 * Math.PI;
    points.push([
      SQUARE.center[0] + SQUARE.radius * Math.cos(angle),
      SQUARE.center[1] + SQUARE.radius * Math.sin(angle),
    ]);
  }
  return { class: 'primary', name: SQUARE.name, points, oneWay: true };
}

/** Small streets between avenues: closer together near the middle. */
function subdivide(avenues: Avenue[], edge: number, random: Random): number[] {
  const fixed = [-edge, ...avenues.map(({ at }) => at).sort((a, b) => a - b), edge];
  const all: number[] = [];
  fixed.forEach((at, i) => {
    if (i > 0) {
      const before = fixed[i - 1] ?? at;
      const middle = Math.abs((before + at) / 2);
      const wanted = middle < 1800 ? 195 : middle < 3500 ? 250 : 330;
      const count = Math.max(1, Math.round((at - before) / wanted));
      for (let k = 1; k < count; k++)
        all.push(before + ((at - before) * (k + random.between(-0.13, 0.13))) / count);
    }
    if (Math.abs(at) !== edge) all.push(at);
  });
  return all;
}

/** Outside the rings most blocks are larger: a stretch between two avenues is built, or it isn't. */
function builtShare(u: number, v: number): number {
  const far = Math.max(Math.abs(u) / 5450, Math.abs(v) / 4450);
  if (far > 1) return 0.06;
  return far < 0.42 ? 0.9 : far < 0.72 ? 0.74 : 0.5;
}

function smallStreets(us: number[], vs: number[], random: Random, names: NameSupply): StreetLine[] {
  const avenueUs = new Set(NORTH_SOUTH.map(({ at }) => at));
  const avenueVs = new Set(EAST_WEST.map(({ at }) => at));
  const lines: StreetLine[] = [];
  const add = (direction: StreetDirection, at: number, stops: number[]): void => {
    const tertiary = random.chance(0.22);
    for (const [from, to] of stretches(direction, at, stops, random)) {
      const ends: [Point, Point] =
        direction === 'north-south'
          ? [
              [at, from],
              [at, to],
            ]
          : [
              [from, at],
              [to, at],
            ];
      const long = to - from > 900;
      lines.push({
        class: tertiary && long ? 'tertiary' : 'residential',
        name: names.left > 130 ? names.street(direction) : null,
        points: straight(...ends),
      });
    }
  };
  const vStops = [-HALF_HEIGHT + 250, ...vs.filter((v) => avenueVs.has(v)), HALF_HEIGHT - 250];
  const uStops = [-HALF_WIDTH + 250, ...us.filter((u) => avenueUs.has(u)), HALF_WIDTH - 250];
  // The middle first: where names run out, it is at the edge.
  const inward = (values: number[]): number[] =>
    values.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  for (const u of inward(us)) if (!avenueUs.has(u)) add('north-south', u, vStops);
  for (const v of inward(vs)) if (!avenueVs.has(v)) add('east-west', v, uStops);
  return lines;
}

function stretches(
  direction: StreetDirection,
  at: number,
  stops: number[],
  random: Random,
): [number, number][] {
  const found: [number, number][] = [];
  let start: number | null = null;
  for (let i = 1; i < stops.length; i++) {
    const from = stops[i - 1] ?? 0;
    const to = stops[i] ?? 0;
    const middle = (from + to) / 2;
    const [u, v] = direction === 'north-south' ? [at, middle] : [middle, at];
    const built = random.chance(builtShare(u, v));
    if (built) start ??= from;
    // A street that has crossed the river or the railway is another street.
    const barrier =
      direction === 'east-west' && (crosses(riverMiddle(at), from, to) || crosses(-2500, from, to));
    const ends = !built || barrier || i === stops.length - 1 || random.chance(0.12);
    if (start !== null && ends) {
      found.push([start, built ? to : from]);
      start = null;
    }
  }
  return found.flatMap((stretch) =>
    direction === 'east-west' ? splitAtBarriers(stretch, at) : [stretch],
  );
}

function crosses(barrier: number, from: number, to: number): boolean {
  return barrier > from && barrier < to;
}

function splitAtBarriers([from, to]: [number, number], v: number): [number, number][] {
  const cuts = [-2500, riverMiddle(v)].filter((barrier) => crosses(barrier, from, to));
  const edges = [from, ...cuts, to];
  return edges.slice(1).map((end, i): [number, number] => [edges[i] ?? from, end]);
}
