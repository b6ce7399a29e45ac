/** The cost of the best plan of a plain night, by trying all: with arithmetic of its own, for jobs without beds. */
import type { Night, NightJob, NightTeam } from '../night.ts';

export function brute(night: Night): number {
  return best(
    night,
    night.jobs,
    night.teams.map(() => []),
  );
}

/** Every job into every place of every lane, or left out. */
function best(night: Night, open: readonly NightJob[], lanes: readonly NightJob[][]): number {
  const [job, ...rest] = open;
  const { settings } = night;
  if (!job) return lanes.reduce((sum, lane, t) => sum + costOf(night, night.teams[t]!, lane), 0);
  let least = best(night, rest, lanes) + settings.unserved * job.weight;
  lanes.forEach((lane, t) => {
    for (let at = 0; at <= lane.length; at++)
      least = Math.min(least, best(night, rest, lanes.with(t, lane.toSpliced(at, 0, job))));
  });
  return least;
}

function costOf(
  { travel, settings, now }: Night,
  team: NightTeam,
  lane: readonly NightJob[],
): number {
  const grid = travel[team.mode]!;
  let clock = 0;
  let place = team.at;
  let driven = 0;
  let served = 0;
  let outside = 0;
  for (const job of lane) {
    const way = grid.seconds[place * grid.size + job.at]! / 60;
    driven += way;
    clock = Math.max(clock + way, (job.notBefore - now) / 60_000);
    outside += job.weight * clock;
    clock += job.serviceMinutes;
    served += job.serviceMinutes;
    place = job.at;
  }
  return (
    settings.outside * outside +
    settings.travel * driven +
    (settings.fairness * (driven + served) ** 2) / 1000
  );
}
