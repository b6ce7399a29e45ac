// What a dispatcher decides by hand about one sighting holds against the automatic rule.

/** `apart`: a group of its own. `with`: in whatever group the anchor sighting is in. */
export type Placement = { kind: 'apart' } | { kind: 'with'; anchorId: string };

interface Placeable {
  id: string;
  placement: Placement | null;
}

/**
 * Group key (smallest member id) of every grouped sighting, given the automatic label of those that
 * were not placed (−1: noise). Rules: `with` follows a chain of anchors to its end; where the anchor
 * is not there, or the chain runs in a circle, the sighting stands alone; a noise point that something
 * was placed with makes a group with it.
 */
export function placeByHand(
  points: readonly Placeable[],
  automatic: ReadonlyMap<string, number>,
): Map<string, string> {
  const byId = new Map(points.map((point) => [point.id, point]));
  const ends = new Map<string, string>();
  const joined = new Set<string>();
  for (const point of points) {
    const end = endOfChain(point, byId, ends);
    if (end !== point.id) joined.add(end);
  }
  const keyOf = new Map<string, string>();
  const tokens = new Map<string, string>();
  for (const { id } of points) {
    const end = ends.get(id)!;
    const label = automatic.get(end);
    if (label === -1 && !joined.has(end)) continue;
    const token = label === undefined || label === -1 ? `sighting ${end}` : `group ${label}`;
    const first = keyOf.get(token);
    if (first === undefined || id < first) keyOf.set(token, id);
    tokens.set(id, token);
  }
  return new Map([...tokens].map(([id, token]) => [id, keyOf.get(token)!]));
}

/** The sighting whose group this one shares; fills `ends` for the whole chain. */
function endOfChain(
  point: Placeable,
  byId: ReadonlyMap<string, Placeable>,
  ends: Map<string, string>,
): string {
  const chain: string[] = [];
  const seen = new Set<string>();
  let at: Placeable = point;
  let end: string | undefined;
  for (;;) {
    end = ends.get(at.id);
    if (end !== undefined) break;
    if (seen.has(at.id)) {
      // A circle: everyone on it stands alone, what hangs on it joins where it meets it.
      const circle = chain.splice(chain.indexOf(at.id));
      for (const id of circle) ends.set(id, id);
      end = at.id;
      break;
    }
    seen.add(at.id);
    chain.push(at.id);
    const next = at.placement?.kind === 'with' ? byId.get(at.placement.anchorId) : undefined;
    if (next === undefined) {
      end = at.id;
      break;
    }
    at = next;
  }
  for (const id of chain) ends.set(id, end);
  return ends.get(point.id)!;
}
