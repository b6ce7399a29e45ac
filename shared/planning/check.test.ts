import { expect, it } from 'vitest';
import { checkPlan } from './check.ts';
import type { Night } from './night.ts';
import type { Plan, PlannedStop } from './plan.ts';
import {
  gridOf,
  jobId,
  minute,
  nightNow,
  plainJob,
  plainStation,
  plainTeam,
  randomNight,
  stationId,
  teamId,
} from './testing/make-night.ts';

/** A team at 0, a job at 10 and one at 20 who should have a bed, a house at 30 with one place. */
function makeNight(change: (night: Night) => void = () => undefined): Night {
  const night: Night = {
    ...randomNight({ teams: 1, jobs: 0, stations: 0, rich: false }),
    teams: [plainTeam(0, 0)],
    jobs: [plainJob(0, 1), { ...plainJob(1, 2), beds: { kinds: ['men'], places: 1 } }],
    stations: [plainStation(0, 3, { men: 1 })],
    travel: { van: gridOf([0, 10, 20, 30].map((x) => ({ x, y: 0 }))) },
  };
  change(night);
  return night;
}
const visit = (n: number, kind: 'men' | 'women' | null = null): PlannedStop => ({
  kind: 'visit',
  jobId: jobId(n),
  bed: kind && { stationId: stationId(0), kind },
});
const house: PlannedStop = { kind: 'station', stationId: stationId(0) };
const planOf = (...stops: PlannedStop[]): Plan => ({
  madeAt: nightNow,
  lanes: [{ teamId: teamId(0), stops }],
  unserved: [],
});
const good = planOf(visit(0), visit(1, 'men'), house);

it('finds nothing wrong with a plan that keeps the rules', () => {
  expect(checkPlan(good, makeNight())).toEqual([]);
});

it.each<[string, Plan, (night: Night) => void, RegExp]>([
  ['a job twice', planOf(visit(0), visit(0), visit(1)), () => undefined, /2 times/],
  ['a job nowhere', planOf(visit(0)), () => undefined, /0 times/],
  ['a bed twice', good, ({ stations }) => void (stations[0]!.free = {}), /overbooked/],
  ['a closed house', good, ({ stations }) => void (stations[0]!.open = false), /isn't open/],
  [
    'a house after its hours',
    good,
    ({ stations }) => void (stations[0]!.openUntil = nightNow + 40 * minute),
    /is closed/,
  ],
  ['a bed that does not fit', planOf(visit(0), visit(1, 'women'), house), () => undefined, /fit/],
  ['nobody brought in', planOf(visit(0), visit(1, 'men')), () => undefined, /never brought/],
  [
    'no seat',
    good,
    ({ teams, stations }) => {
      teams[0]!.aboard = [
        { jobId: jobId(7), people: 4, stationId: stationId(0), wheelchair: false },
      ];
      stations[0]!.free = { men: 5 };
    },
    /no seat left/,
  ],
  [
    'a skill that another has',
    good,
    ({ teams, jobs }) => {
      jobs[0]!.skills = ['medical'];
      teams.push({ ...plainTeam(1, 0), skills: ['medical'] });
    },
    /lacks medical/,
  ],
  [
    'the end of a shift',
    good,
    ({ teams }) => void (teams[0]!.shiftEndsAt = nightNow + 54 * minute),
    /shift is over/,
  ],
  [
    'what was sent in second place',
    good,
    ({ teams }) =>
      void (teams[0]!.sent = [
        { jobId: jobId(1), dispatchId: 'd', underway: true, onScene: false, holdId: null },
      ]),
    /isn't first/,
  ],
  ['a team that said no', good, ({ jobs }) => void jobs[0]!.declined.push(teamId(0)), /ruled out/],
])('finds %s', (_, plan, change, words) => {
  expect(checkPlan(plan, makeNight(change)).join('; ')).toMatch(words);
});
