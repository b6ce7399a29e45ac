/** Places with reports and visits that are owed, as the planner's jobs. */
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { prioritize } from '../../shared/clusters/priority.ts';
import type { DispatchView, RecheckView } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { NightJob } from '../../shared/planning/night.ts';
import { likelyNeeds } from '../../shared/planning/needs.ts';
import { jobWeight } from '../../shared/planning/weight.ts';
import type { JobId } from '../../shared/planning/schema.ts';
import { isReal } from '../../shared/response/rules.ts';
import type { Need, VulnerableFlag } from '../../shared/sightings/schema.ts';
import type { NightFacts } from './facts.ts';
import { jobIdOf } from './queries.ts';

/** A job before it has its number in the travel tables. */
export type PlacedJob = Omit<NightJob, 'at'> & { position: Position };

const minuteMs = 60_000;
/** A visit that is owed is planned for this long before it is due. */
const recheckAheadMs = 180 * minuteMs;
/** Where a team looked and found nobody, nobody looks again before this, unless it is reported again. */
const lookAgainMs = 30 * minuteMs;
/** More than any city has on a night; the least urgent are left out. */
const mostJobs = 600;
/** Who has to be reached by their deadline: the others are only late after it. */
const hardFlags: readonly VulnerableFlag[] = [
  'minor',
  'with_infant',
  'ill',
  'injured',
  'unresponsive',
];

interface Origin {
  clusterId: string;
  recheckId: string | null;
  position: Position;
  flags: VulnerableFlag[];
  needs: Need[];
  headcount: number;
  score: number;
  since: number;
  notBefore: number;
}

export function jobsOf(facts: NightFacts): PlacedJob[] {
  const now = Date.parse(facts.now);
  const origins = new Map<JobId, Origin>();
  const add = (origin: Origin) => origins.set(jobIdOf(origin), origin);
  for (const cluster of facts.clusters) add(ofCluster(facts, cluster));
  const owed = new Map(facts.rechecks.map((recheck) => [recheck.id, recheck]));
  for (const recheck of facts.rechecks)
    if (Date.parse(recheck.dueAt) <= now + recheckAheadMs) add(ofRecheck(facts, recheck));
  const sent = new Set<JobId>();
  for (const dispatch of facts.dispatches) {
    const id = jobIdOf(dispatch);
    sent.add(id);
    if (origins.has(id)) continue;
    // Told to a team before it is near its time, or settled by another team meanwhile.
    const recheck = dispatch.recheckId === null ? undefined : owed.get(dispatch.recheckId);
    add(recheck ? ofRecheck(facts, recheck) : ofDispatch(dispatch));
  }
  const kept = new Set([...sent, ...facts.pins.map(({ jobId }) => jobId)]);
  const jobs = [...origins].map(([id, origin]) => jobOf(facts, id, origin));
  if (jobs.length <= mostJobs) return jobs;
  return jobs
    .toSorted((a, b) => Number(kept.has(b.id)) - Number(kept.has(a.id)) || b.weight - a.weight || 0)
    .slice(0, mostJobs);
}

function scoreOf(facts: NightFacts, of: Parameters<typeof prioritize>[0]): number {
  return prioritize(of, {
    feltCelsius: facts.feltCelsius,
    now: facts.now,
    thresholds: facts.settings.priorityThresholds,
  }).score;
}

function ofCluster(facts: NightFacts, cluster: ClusterView): Origin {
  const { attendedAt, firstSeenAt, lastSeenAt, lon, lat } = cluster;
  const left = attendedAt !== null && attendedAt > firstSeenAt ? attendedAt : null;
  const lookedInVain = left !== null && cluster.notFoundCount > 0 && lastSeenAt <= left;
  return {
    clusterId: cluster.id,
    recheckId: null,
    position: { lon, lat },
    flags: cluster.flags,
    needs: cluster.needs,
    headcount: Math.max(1, cluster.headcountLikely),
    score: scoreOf(facts, cluster),
    since: Date.parse(left ?? firstSeenAt),
    notBefore: lookedInVain ? Date.parse(left) + lookAgainMs : 0,
  };
}

function ofRecheck(facts: NightFacts, recheck: RecheckView): Origin {
  const { id, clusterId, dueAt, flags, lon, lat } = recheck;
  return {
    clusterId,
    recheckId: id,
    position: { lon, lat },
    flags,
    needs: [],
    headcount: 1,
    score: scoreOf(facts, {
      flags,
      reportCount: 1,
      headcountLikely: 1,
      firstSeenAt: dueAt,
      attendedAt: null,
      notFoundCount: 0,
    }),
    since: Date.parse(dueAt),
    notBefore: Date.parse(dueAt),
  };
}

/** What the dispatch was for is over by itself; its team is still on it. */
const ofDispatch = ({ clusterId, recheckId, target, offeredAt }: DispatchView): Origin => ({
  clusterId,
  recheckId,
  position: target,
  flags: [],
  needs: [],
  headcount: 1,
  score: 0,
  since: Date.parse(offeredAt),
  notBefore: 0,
});

function jobOf(facts: NightFacts, id: JobId, origin: Origin): PlacedJob {
  const { clusterId, recheckId, position, flags, needs, headcount, score, since } = origin;
  const { activation, feltCelsius } = facts;
  const atLevel = isReal(activation) ? activation.effects?.weightFactor : undefined;
  const likely = likelyNeeds({ flags, needs, headcount, feltCelsius });
  const hardDeadline = flags.some((flag) => hardFlags.includes(flag));
  const within = facts.settings.planning.deadlineMinutes * minuteMs;
  const pin = facts.pins.find(({ jobId }) => jobId === id);
  return {
    id,
    clusterId,
    recheckId,
    position,
    score,
    weight: jobWeight(score, feltCelsius, atLevel),
    since,
    notBefore: origin.notBefore,
    deadline: hardDeadline ? since + within : null,
    hardDeadline,
    headcount,
    flags,
    feltCelsius,
    serviceMinutes: likely.serviceMinutes,
    skills: likely.skills,
    items: likely.items,
    beds: likely.beds,
    wheelchair: likely.wheelchair,
    pinned: pin ? { teamId: pin.teamId, beforeJobId: pin.beforeJobId } : null,
    dismissed: teamsOf(facts.dismissals, ({ jobId }) => jobId === id),
    declined: teamsOf(facts.declines, (decline) => jobIdOf(decline) === id),
  };
}

const teamsOf = <T extends { teamId: string }>(all: readonly T[], of: (one: T) => boolean) =>
  all.filter(of).map(({ teamId }) => teamId);
