import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPlan } from './check.ts';
import { costOf } from './cost.ts';
import type { Night } from './night.ts';
import type { Plan } from './plan.ts';
import { planNight } from './plan-night.ts';
import { repairPlan } from './repair.ts';
import { brute } from './testing/brute-force.ts';
import { minute, plainTeam, randomNight } from './testing/make-night.ts';

const rounds = (count: number) => ({ budgetMs: Infinity, rounds: count });
const nights = fc
  .record({
    teams: fc.integer({ min: 1, max: 5 }),
    jobs: fc.integer({ min: 0, max: 12 }),
    stations: fc.integer({ min: 0, max: 3 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    rich: fc.boolean(),
  })
  .map(randomNight);
const runs = { numRuns: 60 };

const withoutJobs = (night: Night, some: (n: number) => boolean): Night => ({
  ...night,
  jobs: night.jobs.filter(
    ({ id }, n) => !some(n) || night.teams.some((t) => t.sent[0]?.jobId === id),
  ),
});
const places = (plan: Plan) =>
  plan.lanes.flatMap(({ teamId, stops }) =>
    stops.flatMap((stop) => (stop.kind === 'visit' ? [`${teamId} ${stop.jobId}`] : [])),
  );

describe('a plan', () => {
  it('keeps every rule, whatever the night', () => {
    fc.assert(
      fc.property(nights, (night) => {
        expect(checkPlan(planNight(night, rounds(20)), night)).toEqual([]);
      }),
      runs,
    );
  });

  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(nights, (night) => {
        const options = { ...rounds(15), seed: 7 };
        expect(planNight(night, options)).toEqual(planNight(night, options));
      }),
      { numRuns: 15 },
    );
  });

  it('gets no worse by a search, nor by another team', () => {
    fc.assert(
      fc.property(nights, (night) => {
        const first = planNight(night, rounds(0));
        const more = { ...night, teams: [...night.teams, { ...plainTeam(90, 0), seats: 0 }] };
        const cost = costOf(first, night).total;
        expect(costOf(repairPlan(first, night, rounds(20)), night).total).toBeLessThanOrEqual(
          cost + 1e-6,
        );
        expect(costOf(repairPlan(first, more, rounds(20)), more).total).toBeLessThanOrEqual(
          cost + 1e-6,
        );
      }),
      runs,
    );
  });

  it("doesn't hang on the order in which teams and jobs are told", () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 1_000_000 })
          .map((seed) => randomNight({ teams: 2, jobs: 4, seed, rich: false })),
        (night) => {
          const turned = {
            ...night,
            teams: night.teams.toReversed(),
            jobs: night.jobs.toReversed(),
          };
          const one = costOf(planNight(night, rounds(300)), night).total;
          const other = costOf(planNight(turned, rounds(300)), turned).total;
          expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-6 + 0.01 * one);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('costs what the best of all plans costs, where all can be tried', () => {
    fc.assert(
      fc.property(
        fc.record({
          teams: fc.integer({ min: 1, max: 2 }),
          jobs: fc.integer({ min: 1, max: 5 }),
          seed: fc.integer({ min: 1, max: 1_000_000 }),
        }),
        (sizes) => {
          const night = randomNight({ ...sizes, stations: 0, rich: false });
          const cost = costOf(planNight(night, rounds(400)), night).total;
          expect(cost).toBeCloseTo(brute(night), 4);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a repair', () => {
  it('changes nothing where nothing changed', () => {
    fc.assert(
      fc.property(nights, (night) => {
        const plan = planNight(night, rounds(30));
        expect(repairPlan(plan, night, rounds(0))).toEqual(plan);
      }),
      runs,
    );
  });

  it('is never worse than putting the new jobs into the plan of before', () => {
    fc.assert(
      fc.property(nights, (night) => {
        const before = planNight(
          withoutJobs(night, (n) => n % 3 === 2),
          rounds(10),
        );
        const inserted = repairPlan(before, night, rounds(0));
        const repaired = repairPlan(before, night, rounds(20));
        expect(checkPlan(inserted, night)).toEqual([]);
        expect(checkPlan(repaired, night)).toEqual([]);
        expect(costOf(repaired, night).total).toBeLessThanOrEqual(
          costOf(inserted, night).total + 1e-6,
        );
      }),
      runs,
    );
  });

  it('holds to every rule when jobs go, a van breaks down, a station fills up and time passes', () => {
    fc.assert(
      fc.property(nights, fc.integer({ min: 0, max: 90 }), (night, minutes) => {
        const plan = planNight(night, rounds(10));
        const later: Night = {
          ...withoutJobs(night, (n) => n % 4 === 1),
          now: night.now + minutes * minute,
          teams: night.teams.map((team, t) =>
            t === 0 ? { ...team, unable: 'vehicle_broken' } : team,
          ),
          stations: night.stations.map((station) => ({ ...station, free: { men: 1 } })),
        };
        expect(checkPlan(repairPlan(plan, later, rounds(10)), later)).toEqual([]);
      }),
      runs,
    );
  });

  it('leaves with their team those that were sent', () => {
    fc.assert(
      fc.property(nights, (night) => {
        const repaired = repairPlan(planNight(night, rounds(5)), night, rounds(20));
        for (const team of night.teams)
          for (const { jobId } of team.sent)
            expect(places(repaired)).toContain(`${team.id} ${jobId}`);
      }),
      runs,
    );
  });
});
