// Which sightings have to be looked at when some changed. Asks for them in steps, so that a database
// and a map in memory can answer alike.
//
// Why this is enough. Let P be the changed positions, old and new.
// minPoints = 1: a link appears or goes only at a changed sighting, whose neighbours lie within eps of P.
// minPoints > 1: being a core point changes only within eps of P; so a link between core points changes
// only where both lie within 2·eps of P; a border point can change its core point only where it lies
// within 2·eps of P, and the core points it can choose from lie within 3·eps.
// So take as seeds all within that radius, and the whole former components of the seeds. A link between
// a loaded and an unloaded sighting would be an unchanged one: both were in one component already, and
// it was loaded whole. The cut for width sees whole components, so it sees all it depends on.
import type { Position } from '../geo/position.ts';
import { MARGIN_METERS } from './regroup.ts';
import type { Change, Member, RegroupOptions } from './regroup.ts';

/** Rows are live sightings with their state as it is after the change; repeated rows do no harm. */
export type LoadRequest =
  /** Not placed by hand, within the radius of any position (more do no harm). */
  | { kind: 'near'; positions: readonly Position[]; radiusMeters: number }
  /** Stored with one of these component keys. */
  | { kind: 'components'; keys: readonly string[] }
  /** With these ids. */
  | { kind: 'sightings'; ids: readonly string[] }
  /** Placed with one of these, whether that one is live or not. */
  | { kind: 'placedWith'; anchorIds: readonly string[] };

/** Metres around a changed position within which other sightings can be concerned. */
export function neighbourhoodRadius(
  options: Pick<RegroupOptions, 'epsMeters' | 'minPoints'>,
): number {
  return (options.minPoints > 1 ? 3 : 1) * options.epsMeters + MARGIN_METERS;
}

/**
 * All sightings `regroup` must see: 1. those near a change, the changed ones and their anchors; then,
 * until nothing new comes: 2. the former components of what was loaded, 3. what was placed with any of
 * it, 4. the anchors of what was placed. The result holds every group it touches as a whole.
 */
export function* collectNeighbourhood(
  changes: readonly Change[],
  options: RegroupOptions,
): Generator<LoadRequest, Member[], readonly Member[]> {
  const members = new Map<string, Member>();
  const asked = {
    components: new Set<string>(),
    sightings: new Set<string>(),
    placedWith: new Set<string>(),
  };
  const fresh = (kind: keyof typeof asked, wanted: readonly string[]): string[] => {
    const left = [...new Set(wanted)].filter((key) => !asked[kind].has(key));
    for (const key of left) asked[kind].add(key);
    return left;
  };
  const keep = (rows: readonly Member[]): Member[] => {
    const added = rows.filter((row) => !members.has(row.id));
    for (const row of added) members.set(row.id, row);
    return added;
  };

  const positions = changes.flatMap((change) => change.positions);
  let news: Member[] = [];
  if (positions.length > 0)
    news = keep(yield { kind: 'near', positions, radiusMeters: neighbourhoodRadius(options) });
  let ids = changes.flatMap((change) => [change.id, ...change.anchorIds]);
  let anchorIds = ids;
  for (;;) {
    const next: Member[] = [];
    const keys = fresh(
      'components',
      news.flatMap((member) => member.componentKey ?? []),
    );
    if (keys.length > 0) next.push(...keep(yield { kind: 'components', keys }));
    const hangingOn = fresh('placedWith', [...anchorIds, ...news.map((member) => member.id)]);
    if (hangingOn.length > 0)
      next.push(...keep(yield { kind: 'placedWith', anchorIds: hangingOn }));
    const missing = fresh('sightings', [...ids, ...anchorsOf(news)]).filter(
      (id) => !members.has(id),
    );
    if (missing.length > 0) next.push(...keep(yield { kind: 'sightings', ids: missing }));
    if (next.length === 0) return [...members.values()];
    news = next;
    ids = [];
    anchorIds = [];
  }
}

function anchorsOf(members: readonly Member[]): string[] {
  return members.flatMap(({ placement }) =>
    placement?.kind === 'with' ? [placement.anchorId] : [],
  );
}
