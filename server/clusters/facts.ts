// What a cluster shows of its live sightings.
import { centreOf } from '../../shared/clusters/centre.ts';
import { estimateHeadcount } from '../../shared/clusters/headcount.ts';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { needs, vulnerableFlags } from '../../shared/sightings/schema.ts';
import type { LiveSighting } from './neighbourhood.ts';

export type MemberFacts = Pick<
  ClusterView,
  | 'lon'
  | 'lat'
  | 'radiusMeters'
  | 'headcountLow'
  | 'headcountLikely'
  | 'reportCount'
  | 'reportsByKind'
  | 'flags'
  | 'needs'
  | 'firstSeenAt'
  | 'lastSeenAt'
  | 'byHand'
>;

/** `members` must not be empty. The same in any order of them. */
export function factsOf(members: readonly LiveSighting[]): MemberFacts {
  const views = members.map(({ view }) => view);
  const { lon, lat, radiusMeters } = centreOf(views);
  const { low, likely } = estimateHeadcount(views);
  const flags = new Set(views.flatMap((view) => view.flags));
  const wanted = new Set(members.flatMap((member) => member.needs));
  const seen = views.map(({ seenAt }) => seenAt).toSorted();
  const reportsByKind: ClusterView['reportsByKind'] = {};
  for (const { reporterKind } of views) {
    reportsByKind[reporterKind] = (reportsByKind[reporterKind] ?? 0) + 1;
  }
  return {
    lon,
    lat,
    // To the decimetre: a single-precision column gives back just what was written.
    radiusMeters: Math.round(radiusMeters * 10) / 10,
    headcountLow: low,
    headcountLikely: likely,
    reportCount: views.length,
    reportsByKind,
    flags: vulnerableFlags.filter((flag) => flags.has(flag)),
    needs: needs.filter((need) => wanted.has(need)),
    firstSeenAt: seen[0]!,
    lastSeenAt: seen.at(-1)!,
    byHand: members.some(({ placement }) => placement !== null),
  };
}
