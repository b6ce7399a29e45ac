/** Which team may go to which job at all: by what it is, and by what people have said. */
import { skills } from '../patrols/skills.ts';
import type { Skill } from '../patrols/skills.ts';
import type { Night } from './night.ts';

/** What of a night's model this reads and fills. */
interface Abilities {
  night: Night;
  teams: readonly { size: number }[];
  jobCount: number;
  places: Int32Array;
  chair: Uint8Array;
  sentTo: Int32Array;
  pinnedTo: Int32Array;
  pinnedBefore: Int32Array;
  able: Uint8Array;
  skillsOnDuty: ReadonlySet<Skill>;
  jobIndex: ReadonlyMap<string, number>;
  teamIndex: ReadonlyMap<string, number>;
}

/** What rules a team out for a job whatever else it does. */
export const fits = 0;
export const ruledOut = {
  unable: 1,
  dismissed: 2,
  declined: 3,
  pinnedElsewhere: 4,
  skill: 5,
  seats: 6,
  chair: 7,
} as const;

/** What nobody on duty could do rules nobody out: somebody goes all the same, and the lack is named. */
export function addAbilities(model: Abilities): void {
  const { jobs, teams } = model.night;
  jobs.forEach((job, j) => {
    const wanted = wantedSkills(model, j);
    const pin = job.pinned ? model.teamIndex.get(job.pinned.teamId) : undefined;
    // Whoever was chosen and can't go any more is no reason that nobody goes.
    if (pin !== undefined && teams[pin]!.unable === null && model.sentTo[j] === -1) {
      model.pinnedTo[j] = pin;
      const before = job.pinned!.beforeJobId;
      model.pinnedBefore[j] = before === null ? -1 : (model.jobIndex.get(before) ?? -1);
    }
    teams.forEach((_, t) => {
      model.able[t * model.jobCount + j] = verdict(model, j, t, wanted, model.pinnedTo[j]!);
    });
  });
}

export const wantedSkills = (model: Abilities, j: number): Skill[] =>
  skills.filter(
    (skill) => model.night.jobs[j]!.skills.includes(skill) && model.skillsOnDuty.has(skill),
  );

/** What rules the team out for the job; `pin`: whose it is by hand, or −1. */
export function verdict(
  model: Abilities,
  j: number,
  t: number,
  wanted: readonly Skill[],
  pin: number,
): number {
  const job = model.night.jobs[j]!;
  const team = model.night.teams[t]!;
  if (team.unable !== null || model.teams[t]!.size === 0) return ruledOut.unable;
  if (pin !== -1 && pin !== t) return ruledOut.pinnedElsewhere;
  if (pin !== t) {
    if (job.dismissed.includes(team.id)) return ruledOut.dismissed;
    if (job.declined.includes(team.id)) return ruledOut.declined;
  }
  if (wanted.some((skill) => !team.skills.includes(skill))) return ruledOut.skill;
  if (model.places[j]! > team.seats) return ruledOut.seats;
  if (model.chair[j]! > team.wheelchairs) return ruledOut.chair;
  return fits;
}
