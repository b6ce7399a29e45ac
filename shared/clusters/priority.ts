// How urgent a place is, and why: a pure function of its facts, the felt temperature and the clock.
// The formula with its reasons is in docs/priority.md.
import type { VulnerableFlag } from '../sightings/schema.ts';
import type { ClusterView } from './schema.ts';

export type PriorityFacts = Pick<
  ClusterView,
  'flags' | 'reportCount' | 'headcountLikely' | 'firstSeenAt' | 'attendedAt' | 'notFoundCount'
>;

export interface PriorityConditions {
  /** null = no cold night declared, nothing is known */
  feltCelsius: number | null;
  now: string;
  /** Scores from which a place is of level 2, 3, 4 (`CitySettings.priorityThresholds`). */
  thresholds: readonly [number, number, number];
}

export type PriorityReason = { points: number } & (
  | { code: 'flag'; flag: VulnerableFlag }
  | { code: 'felt'; celsius: number }
  | { code: 'reported'; times: number }
  | { code: 'headcount'; people: number }
  | { code: 'unattended'; minutes: number }
  | { code: 'not_found'; times: number }
  | { code: 'attended'; minutesAgo: number }
);

export type PriorityLevel = 1 | 2 | 3 | 4;
export interface Priority {
  /** 0–100 */
  score: number;
  level: PriorityLevel;
  /** Somebody may be dying: the screen says "call 120 now" before anything else. */
  emergency: boolean;
  /** Heaviest first; negative points lower the score. */
  reasons: PriorityReason[];
}

export const basePoints = 10;
export const flagPoints: Readonly<Record<VulnerableFlag, number>> = {
  unresponsive: 80,
  minor: 34,
  with_infant: 34,
  injured: 30,
  pregnant: 26,
  ill: 24,
  elderly: 20,
  drunk: 16,
  thinly_dressed: 16,
  disabled: 14,
  limited_mobility: 14,
  mental_disorder: 14,
  alone: 6,
};
/** `[felt temperature in °C at or below, points]`, coldest first. */
export const feltBands: readonly (readonly [number, number])[] = [
  [-55, 44],
  [-48, 40],
  [-40, 36],
  [-28, 28],
  [-10, 18],
  [0, 12],
  [10, 6],
];
const pointsPerDoubling = 4;
const pointsPerFurtherPerson = 3;
const mostForReports = 12;
const mostForHeadcount = 12;
const minutesPerPoint = 10;
const mostForWaiting = 24;
const pointsPerNotFound = -8;
const leastForNotFound = -16;
const attendedPoints = -20;
/** The visit counts fully for this long, then less and less until twice as long. */
const attendedMinutes = 60;
/** What moves the score by less is no reason worth a word. */
const leastToSay = 0.5;

export function prioritize(facts: PriorityFacts, conditions: PriorityConditions): Priority {
  const reasons = [
    ...flagReasons(facts),
    ...countReasons(facts),
    ...timeReasons(facts, conditions.now),
  ];
  const { feltCelsius } = conditions;
  if (feltCelsius !== null) {
    reasons.push({ code: 'felt', celsius: feltCelsius, points: feltPoints(feltCelsius) });
  }
  const counted = reasons
    .filter(({ points }) => Math.abs(points) >= leastToSay)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const sum = counted.reduce((total, { points }) => total + points, basePoints);
  const score = Math.min(100, Math.max(0, Math.round(sum)));
  const emergency = facts.flags.includes('unresponsive');
  return {
    score,
    level: emergency ? 4 : levelOf(score, conditions.thresholds),
    emergency,
    reasons: counted,
  };
}

/** Points for how cold it feels. */
export function feltPoints(feltCelsius: number): number {
  return feltBands.find(([atOrBelow]) => feltCelsius <= atOrBelow)?.[1] ?? 0;
}

function levelOf(
  score: number,
  [two, three, four]: PriorityConditions['thresholds'],
): PriorityLevel {
  if (score >= four) return 4;
  if (score >= three) return 3;
  return score >= two ? 2 : 1;
}

function flagReasons({ flags }: PriorityFacts): PriorityReason[] {
  return [...new Set(flags)].map((flag) => ({ code: 'flag', flag, points: flagPoints[flag] }));
}

function countReasons({
  reportCount,
  headcountLikely,
  notFoundCount,
}: PriorityFacts): PriorityReason[] {
  const doublings = Math.log2(Math.max(1, reportCount));
  return [
    {
      code: 'reported',
      times: reportCount,
      points: Math.min(mostForReports, pointsPerDoubling * doublings),
    },
    {
      code: 'headcount',
      people: headcountLikely,
      points: Math.min(mostForHeadcount, pointsPerFurtherPerson * Math.max(0, headcountLikely - 1)),
    },
    {
      code: 'not_found',
      times: notFoundCount,
      points: Math.max(leastForNotFound, pointsPerNotFound * notFoundCount),
    },
  ];
}

function timeReasons({ firstSeenAt, attendedAt }: PriorityFacts, now: string): PriorityReason[] {
  const minutesSince = (at: string) => Math.max(0, (Date.parse(now) - Date.parse(at)) / 60_000);
  const since = attendedAt !== null && attendedAt > firstSeenAt ? attendedAt : firstSeenAt;
  const minutes = minutesSince(since);
  const waiting: PriorityReason = {
    code: 'unattended',
    minutes: Math.floor(minutes),
    points: Math.min(mostForWaiting, minutes / minutesPerPoint),
  };
  if (attendedAt === null) return [waiting];
  const minutesAgo = minutesSince(attendedAt);
  const share = Math.min(1, Math.max(0, 2 - minutesAgo / attendedMinutes));
  return [
    waiting,
    { code: 'attended', minutesAgo: Math.floor(minutesAgo), points: attendedPoints * share },
  ];
}
