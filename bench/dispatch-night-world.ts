// One random winter night: who is on duty, who is reported when, and what will be found there. The same for every
// policy; shares are those of the field (shared reports of cities; see docs/planning.md).
import type { Skill } from '../shared/patrols/skills.ts';
import { prioritize } from '../shared/clusters/priority.ts';
import { hospitalFirst, mustBeEscorted } from '../shared/dispatch/rules.ts';
import type { NightStation } from '../shared/planning/night.ts';
import { likelyNeeds } from '../shared/planning/needs.ts';
import type { LikelyNeeds } from '../shared/planning/needs.ts';
import { jobWeight } from '../shared/planning/weight.ts';
import type { VulnerableFlag } from '../shared/sightings/schema.ts';
import type { BedKind } from '../shared/stations/schema.ts';
import { seededRandom } from './measure.ts';

/** Minutes. Reports come for eight hours; whoever isn't reached two hours later counts as outside until then. */
export const reportsUntil = 480;
export const nightEnds = 600;
export const feltCelsius = -12;
export const thresholds = [25, 50, 75] as const;

export interface WorldPlace {
  id: number;
  at: number;
  /** minutes after the night's beginning */
  reportedAt: number;
  flags: VulnerableFlag[];
  headcount: number;
  weight: number;
  likely: LikelyNeeds;
  /** hidden until somebody is there */
  outcome: 'not_found' | 'aided' | 'refused' | 'escorted' | 'hospital';
  bedKind: BedKind;
  /** minutes it will take */
  service: number;
  /** the way there takes so many times what was thought */
  wayNoise: number;
}

export interface WorldTeam {
  id: number;
  at: number;
  seats: number;
  wheelchairs: number;
  skills: Skill[];
  shiftEnds: number;
  breakFrom: number;
  breakMinutes: number;
  quilts: number;
}

export interface World {
  places: WorldPlace[];
  teams: WorldTeam[];
  stations: Pick<NightStation, 'at' | 'free' | 'unloadMinutes'>[];
}

export interface WorldSizes {
  teams: number;
  places: number;
  spots: number;
  seed: number;
}

/** Shares of the reports that carry a flag. */
const flagShares: readonly (readonly [VulnerableFlag, number])[] = [
  ['elderly', 0.2],
  ['thinly_dressed', 0.2],
  ['drunk', 0.1],
  ['ill', 0.06],
  ['limited_mobility', 0.05],
  ['disabled', 0.04],
  ['minor', 0.03],
  ['injured', 0.03],
  ['mental_disorder', 0.03],
  ['unresponsive', 0.01],
  ['with_infant', 0.01],
  ['alone', 0.4],
];

export function makeWorld({ teams, places, spots, seed }: WorldSizes): World {
  const random = seededRandom(seed * 7919 + 13);
  const below = (n: number): number => Math.floor(random() * n);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return {
    teams: Array.from({ length: teams }, (_, id) => ({
      id,
      at: below(spots),
      // A fifth are crews on foot patrol's cars and city management: no seat for anybody else.
      seats: id % 5 === 0 ? 0 : id % 5 < 4 ? 4 : 6,
      wheelchairs: id % 5 === 4 ? 1 : 0,
      skills: id % 4 === 1 ? ['medical' as const] : [],
      shiftEnds: id % 4 === 2 ? 330 + below(60) : nightEnds,
      breakFrom: 120 + below(180),
      breakMinutes: 30,
      quilts: 16 + below(15),
    })),
    places: Array.from({ length: places }, (_, id) =>
      makePlace(id, spots, { random, below, normal }),
    ),
    stations: [
      { at: below(spots), free: { men: 30, women: 10, general: 4 }, unloadMinutes: 8 },
      {
        at: below(spots),
        free: { men: 16, women: 12, family: 6, wheelchair: 4 },
        unloadMinutes: 8,
      },
      { at: below(spots), free: { general: 24, minors: 6, wheelchair: 3 }, unloadMinutes: 8 },
      { at: below(spots), free: { men: 12, general: 6 }, unloadMinutes: 8 },
    ],
  };
}

interface Draw {
  random(): number;
  below(n: number): number;
  normal(): number;
}

function makePlace(id: number, spots: number, { random, below, normal }: Draw): WorldPlace {
  const flags = flagShares.filter(([, share]) => random() < share).map(([flag]) => flag);
  const drawn = random();
  const headcount = drawn < 0.78 ? 1 : drawn < 0.94 ? 2 : 3;
  const likely = likelyNeeds({ flags, needs: [], headcount, feltCelsius });
  const { score } = prioritize(
    {
      flags,
      reportCount: 1 + below(3),
      headcountLikely: headcount,
      firstSeenAt: new Date(0).toISOString(),
      attendedAt: null,
      notFoundCount: 0,
    },
    { feltCelsius, now: new Date(0).toISOString(), thresholds },
  );
  const outcome = outcomeOf(flags, random());
  // Two thirds of the reports come in the first half of the night.
  const half = reportsUntil / 2;
  const reportedAt = random() < 2 / 3 ? half * random() : half + half * random();
  return {
    id,
    at: below(spots),
    reportedAt,
    flags,
    headcount,
    weight: jobWeight(score, feltCelsius),
    likely,
    outcome,
    bedKind: likely.beds?.kinds[0] ?? (random() < 0.75 ? 'men' : 'women'),
    // What is thought beforehand is the mean of finding somebody and of finding nobody.
    service: (outcome === 'not_found' ? 8 : likely.serviceMinutes + 4) * Math.exp(0.3 * normal()),
    wayNoise: Math.exp(0.2 * normal()),
  };
}

/** Not there: 36 %. Of those met one in six comes along; most who have to be escorted do. */
function outcomeOf(flags: readonly VulnerableFlag[], drawn: number): WorldPlace['outcome'] {
  if (drawn < 0.36) return 'not_found';
  const met = (drawn - 0.36) / 0.64;
  if (hospitalFirst(flags)) return met < 0.7 ? 'hospital' : 'aided';
  if (mustBeEscorted(flags)) return met < 0.85 ? 'escorted' : 'refused';
  return met < 0.16 ? 'escorted' : met < 0.8 ? 'aided' : 'refused';
}
