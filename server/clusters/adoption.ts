// A place without reports that is kept open for a team on its way takes in what is newly reported there:
// the team is driving to just these people. How sightings are grouped stays untouched; the group only bears
// the name of the place that waited.
import { chordMeters } from '../../shared/geo/ellipsoid.ts';
import type { LiveSighting } from './neighbourhood.ts';
import type { FormerCluster } from './queries.ts';

/** Open, with nobody reported any more, and somebody on the way. */
const isWaiting = ({ reportCount, dispatches }: FormerCluster): boolean =>
  reportCount === 0 && dispatches.length > 0;

/**
 * By waiting cluster the sightings that no cluster has had yet and that lie within `epsMeters` of where its
 * team is going, or of its centre. Each goes to the nearest one (tie: smallest id), so that two teams on
 * their way to two places aren't made to meet at one.
 */
export function newcomersAt(
  formers: readonly FormerCluster[],
  members: readonly LiveSighting[],
  epsMeters: number,
): Map<string, string[]> {
  const waiting = formers.filter(isWaiting).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const newcomers = new Map<string, string[]>();
  if (waiting.length === 0) return newcomers;
  for (const member of members) {
    if (member.view.clusterId !== null) continue;
    let nearest: FormerCluster | null = null;
    let least = epsMeters;
    for (const cluster of waiting) {
      const meters = metersTo(cluster, member);
      if (meters > least || (nearest !== null && meters === least)) continue;
      nearest = cluster;
      least = meters;
    }
    if (nearest === null) continue;
    newcomers.set(nearest.id, [...(newcomers.get(nearest.id) ?? []), member.id]);
  }
  return newcomers;
}

const metersTo = (cluster: FormerCluster, member: LiveSighting): number =>
  Math.min(...[cluster, ...cluster.dispatches].map((place) => chordMeters(place, member)));
