// The definition of a group written down word for word, slow and without tricks: what the fast code is
// tested against.
import { toEcef } from '../geo/ellipsoid.ts';
import type { Position } from '../geo/position.ts';

export interface NaiveOptions {
  epsMeters: number;
  minPoints: number;
  maxDiameterMeters: number | null;
}

export type SquaredMeters = (i: number, j: number) => number;

/** On the ellipsoid, between positions. */
export function squaredBetween(positions: readonly Position[]): SquaredMeters {
  const places = positions.map((position) => toEcef(position));
  return (i, j) => {
    const [p, q] = [places[i]!, places[j]!];
    return (p.x - q.x) ** 2 + (p.y - q.y) ** 2 + (p.z - q.z) ** 2;
  };
}

/** Points 0…n−1, the index being the rank of the id. Groups as sorted lists, in the order of their first members. */
export function groupNaively(n: number, squared: SquaredMeters, options: NaiveOptions) {
  const { epsMeters, minPoints, maxDiameterMeters } = options;
  const all = Array.from({ length: n }, (_, i) => i);
  const near = all.map((i) => all.filter((j) => squared(i, j) <= epsMeters * epsMeters));
  const core = all.map((i) => near[i]!.length >= minPoints);
  const home = all.map(() => -1);
  for (const i of all) {
    if (!core[i] || home[i] !== -1) continue;
    const queue = [i];
    home[i] = i;
    for (let at = queue.pop(); at !== undefined; at = queue.pop())
      for (const j of near[at]!)
        if (core[j] && home[j] === -1) {
          home[j] = i;
          queue.push(j);
        }
  }
  for (const i of all) {
    if (core[i]) continue;
    let nearest = -1;
    for (const j of near[i]!)
      if (core[j] && (nearest < 0 || squared(i, j) < squared(i, nearest))) nearest = j;
    if (nearest >= 0) home[i] = home[nearest]!;
  }
  const components = [...new Set(home.filter((h) => h >= 0))].map((h) =>
    all.filter((i) => home[i] === h),
  );
  const groups =
    maxDiameterMeters === null
      ? components
      : components.flatMap((members) => cutNaively(members, squared, maxDiameterMeters));
  return { core, components: inOrder(components), groups: inOrder(groups) };
}

function inOrder(groups: number[][]): number[][] {
  return groups.map((group) => group.toSorted((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);
}

function cutNaively(members: number[], squared: SquaredMeters, limit: number): number[][] {
  if (members.every((i) => members.every((j) => squared(i, j) <= limit * limit))) return [members];
  type Edge = readonly [number, number];
  const byPair = (e: Edge, f: Edge) => e[0] - f[0] || e[1] - f[1];
  const pairs = members.flatMap((i) => members.filter((j) => i < j).map((j): Edge => [i, j]));
  pairs.sort((e, f) => squared(...e) - squared(...f) || byPair(e, f));
  const label = new Map(members.map((i) => [i, i]));
  const tree: Edge[] = [];
  for (const [i, j] of pairs) {
    const [from, to] = [label.get(i)!, label.get(j)!];
    if (from === to) continue;
    for (const [k, l] of label) if (l === from) label.set(k, to);
    tree.push([i, j]);
  }
  tree.sort((e, f) => squared(...f) - squared(...e) || byPair(e, f));
  const kept = tree.slice(1);
  const side = new Set([tree[0]![0]]);
  for (let grew = true; grew;) {
    grew = false;
    for (const [i, j] of kept)
      if (side.has(i) !== side.has(j)) {
        side.add(i);
        side.add(j);
        grew = true;
      }
  }
  return [members.filter((i) => side.has(i)), members.filter((i) => !side.has(i))].flatMap((part) =>
    cutNaively(part, squared, limit),
  );
}
