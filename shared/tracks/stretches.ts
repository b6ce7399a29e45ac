/** Sets of stretches of streets: unions and overlaps of intervals along numbered edges. */

/** Edge, and from where to where along it, in metres from its beginning; from < to. */
export type Stretch = [edge: number, fromMeters: number, toMeters: number];

const inOrder = (a: Stretch, b: Stretch): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** The same set without overlaps, in order: equal sets come out equal. */
export function unionOf(stretches: readonly Stretch[]): Stretch[] {
  const union: Stretch[] = [];
  for (const [edge, from, to] of stretches.toSorted(inOrder)) {
    const last = union.at(-1);
    if (last && last[0] === edge && from <= last[2]) last[2] = Math.max(last[2], to);
    else if (to > from) union.push([edge, from, to]);
  }
  return union;
}

/** What two sets have in common; both as `unionOf` makes them. */
export function overlapOf(one: readonly Stretch[], other: readonly Stretch[]): Stretch[] {
  const overlap: Stretch[] = [];
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    const a = one[i]!;
    const b = other[j]!;
    const from = Math.max(a[1], b[1]);
    const to = Math.min(a[2], b[2]);
    if (a[0] === b[0] && from < to) overlap.push([a[0], from, to]);
    if (a[0] < b[0] || (a[0] === b[0] && a[2] < b[2])) i += 1;
    else j += 1;
  }
  return overlap;
}

/** Of a set without overlaps. */
export const metersOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, [, from, to]) => sum + to - from, 0);
