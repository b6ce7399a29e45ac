import { describe, expect, it } from 'vitest';
import { costOf } from './cost.ts';
import type { Night } from './night.ts';
import { planNight } from './plan-night.ts';
import type { PlanStop, PlanView, VisitStop } from './schema.ts';
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
import { tryPlacing } from './try-placing.ts';
import { viewOf } from './view.ts';

const rounds = { budgetMs: Infinity, rounds: 50 };
const base = randomNight({ teams: 1, jobs: 0, stations: 0, rich: false });

/** Two teams at 0 and 10 minutes on a line, a house at 20, jobs where they are put. */
function lineNight(xs: readonly number[], change: (night: Night) => void = () => undefined): Night {
  const spots = [0, 10, 20, ...xs].map((x) => ({ x, y: 0 }));
  const night: Night = {
    ...base,
    places: spots.map(({ x }) => ({ lon: x, lat: 0 })),
    teams: [plainTeam(0, 0), plainTeam(1, 1)],
    spareTeamIds: [],
    stations: [plainStation(0, 2, { women: 1 })],
    jobs: xs.map((_, n) => plainJob(n, 3 + n)),
    travel: { van: gridOf(spots) },
  };
  change(night);
  return night;
}
const view = (night: Night): PlanView => viewOf(planNight(night, rounds), night, 3);
type Visit = PlanStop & VisitStop;
const visits = ({ lanes }: PlanView): Visit[] =>
  lanes.flatMap(({ stops }) => stops.filter((stop) => stop.kind === 'visit'));
const visitOf = (plan: PlanView, n: number): Visit =>
  visits(plan).find((stop) => stop.jobId === jobId(n))!;
const codes = (reasons: readonly { code: string }[]) => reasons.map(({ code }) => code);

describe('the view of a plan', () => {
  it('says when the nearest team is there, and by how much the other is further', () => {
    const stop = visitOf(view(lineNight([12])), 0);
    expect(stop).toMatchObject({
      arriveAt: '2026-01-05T18:02:00.000Z',
      leaveAt: '2026-01-05T18:12:00.000Z',
      wayMinutes: 2,
      wayMeters: 800,
      lon: 12,
      state: 'proposed',
      change: null,
    });
    expect(stop.reasons[0]).toEqual({ code: 'soonest', minutes: 2 });
    expect(stop.reasons).toContainEqual({ code: 'waiting', minutes: 20 });
    expect(stop.alternatives).toEqual([
      {
        teamId: teamId(0),
        arriveAt: '2026-01-05T18:12:00.000Z',
        against: [{ code: 'further', minutes: 10 }],
      },
    ]);
  });

  it('names what rules a team out: seats, skill, shift', () => {
    const seats = lineNight([12], ({ teams, jobs }) => {
      teams[1]!.seats = 0;
      jobs[0]!.beds = { kinds: ['women'], places: 1 };
    });
    const stop = visitOf(view(seats), 0);
    expect(stop.reasons[0]).toEqual({ code: 'only_one_able' });
    expect(stop.alternatives[0]).toMatchObject({
      teamId: teamId(1),
      arriveAt: null,
      against: [{ code: 'no_seat', needed: 1, seats: 0 }],
    });
    expect(stop.bed).toEqual({ stationId: stationId(0), kind: 'women', places: 1, holdId: null });
    expect(stop.reasons).toContainEqual({
      code: 'bed_free',
      stationId: stationId(0),
      kind: 'women',
      free: 1,
    });
    const skill = lineNight([12], ({ teams, jobs }) => {
      teams[0]!.skills = ['medical'];
      jobs[0]!.skills = ['medical'];
    });
    expect(visitOf(view(skill), 0).alternatives[0]!.against).toEqual([
      { code: 'no_skill', skill: 'medical' },
    ]);
    const shift = lineNight([12], ({ teams }) => {
      teams[1]!.shiftEndsAt = nightNow + 7 * minute;
    });
    expect(visitOf(view(shift), 0).alternatives[0]!.against).toEqual([
      { code: 'shift_ends', minutes: 5 },
    ]);
  });

  it('keeps a team that was sent and proposes another only for enough gain', () => {
    const night = lineNight([11], ({ teams }) => {
      teams[0]!.sent = [
        { jobId: jobId(0), dispatchId: 'd', underway: false, onScene: false, holdId: null },
      ];
    });
    const sent = view(night);
    expect(sent.lanes[0]!.stops).toHaveLength(1);
    const stop = visitOf(sent, 0);
    expect(stop).toMatchObject({ state: 'sent', dispatchId: 'd' });
    // 10 minutes sooner × weight 2, and 10 minutes less driving: as good as 11 minutes sooner.
    expect(stop.change).toEqual({ toTeamId: teamId(1), gainMinutes: 11 });
    night.settings = { ...night.settings, changeGain: 50 };
    expect(visitOf(view(night), 0).change).toBeNull();
  });

  it('says what is missing and which shelter would help', () => {
    const night = lineNight([12, 13], ({ jobs, stations }) => {
      for (const job of jobs) job.beds = { kinds: ['women'], places: 1 };
      stations.push({
        ...plainStation(1, 2, { women: 5 }),
        shelter: true,
        open: false,
        setUpMinutes: 40,
      });
    });
    expect(view(night).shortfalls).toEqual([
      expect.objectContaining({
        what: 'beds',
        bedKind: 'women',
        missing: 1,
        remedies: [{ code: 'open_shelter', stationId: stationId(1), places: 1, minutes: 40 }],
      }),
    ]);
  });

  it('names a quilt that is short and who has one to spare', () => {
    const night = lineNight([1], ({ teams, jobs }) => {
      teams[0]!.stock = {};
      teams[1]!.unable = 'off_duty';
      jobs[0]!.items = { quilt: 1 };
    });
    const plan = view(night);
    expect(visitOf(plan, 0).reasons).toContainEqual({ code: 'no_items', items: ['quilt'] });
    expect(plan.shortfalls).toEqual([
      expect.objectContaining({
        what: 'items',
        item: 'quilt',
        remedies: [
          {
            code: 'transfer',
            fromTeamId: teamId(1),
            toTeamId: teamId(0),
            item: 'quilt',
            quantity: 1,
          },
        ],
      }),
    ]);
  });

  it('calls the spare team where nobody can go, and says of the others why not', () => {
    const night = lineNight([12], ({ teams, spareTeamIds }) => {
      teams[0]!.unable = 'off_duty';
      teams[1]!.unable = 'vehicle_broken';
      spareTeamIds.push(teamId(0));
    });
    const plan = view(night);
    expect(plan.unserved).toHaveLength(1);
    expect(plan.unserved[0]!.against.flatMap(({ against }) => codes(against))).toEqual([
      'vehicle_broken',
    ]);
    // Who was told nothing has no lane.
    expect(plan.lanes.map((lane) => lane.teamId)).toEqual([teamId(1)]);
    expect(plan.shortfalls[0]).toMatchObject({
      what: 'teams',
      missing: 1,
      remedies: [{ code: 'call_team', teamId: teamId(0) }],
    });
  });

  it('puts the break where it is taken', () => {
    const night = lineNight([12, 14], ({ teams }) => {
      teams[0]!.unable = 'off_duty';
      Object.assign(teams[1]!, { breakFrom: nightNow + 5 * minute, breakMinutes: 20 });
    });
    const { stops } = view(night).lanes[1]!;
    expect(stops.map(({ kind }) => kind)).toEqual(['visit', 'break', 'visit']);
    expect(stops[1]).toMatchObject({
      arriveAt: '2026-01-05T18:12:00.000Z',
      leaveAt: '2026-01-05T18:32:00.000Z',
    });
  });

  it('adds up to the same cost as the plan', () => {
    const night = randomNight({ teams: 6, jobs: 20, stations: 3, seed: 5 });
    const plan = planNight(night, rounds);
    const { cost } = viewOf(plan, night, 1);
    expect(cost).toEqual(costOf(plan, night));
    const { settings } = night;
    expect(
      settings.outside * cost.outside +
        settings.late * cost.late +
        cost.unserved +
        settings.travel * cost.travelMinutes +
        settings.fairness * cost.unevenness,
    ).toBeCloseTo(cost.total, 6);
  });
});

describe('trying a job elsewhere', () => {
  it('says by how much it and the others would be reached later', () => {
    const night = lineNight([12, 2]);
    const plan = planNight(night, rounds);
    const effect = tryPlacing(plan, night, {
      jobId: jobId(0),
      teamId: teamId(0),
      beforeJobId: jobId(1),
    });
    expect(effect).toMatchObject({ possible: true, deltaMinutes: 10, breaks: [] });
    // 12 there, 10 with them, 10 back, against 2.
    expect(effect.others).toEqual([{ jobId: jobId(1), deltaMinutes: 30 }]);
    expect(effect.outsideDelta).toBe(2 * 10 + 2 * 30);
  });

  it('says what would break, and that it is not possible', () => {
    const night = lineNight([12], ({ teams }) => {
      teams[0]!.shiftEndsAt = nightNow + 12 * minute;
    });
    const plan = planNight(night, rounds);
    const effect = tryPlacing(plan, night, {
      jobId: jobId(0),
      teamId: teamId(0),
      beforeJobId: null,
    });
    expect(effect).toMatchObject({
      possible: false,
      breaks: [{ code: 'shift_ends', minutes: 10 }],
    });
  });

  it('agrees with the view of the plan in which it was done', () => {
    const night = lineNight([12, 2, 15, 7]);
    const plan = planNight(night, rounds);
    const job = jobId(0);
    const effect = tryPlacing(plan, night, { jobId: job, teamId: teamId(0), beforeJobId: null });
    const moved = {
      ...plan,
      lanes: plan.lanes.map(({ teamId: id, stops }) => {
        const kept = stops.filter((stop) => stop.kind !== 'visit' || stop.jobId !== job);
        const visit = { kind: 'visit', jobId: job, bed: null } as const;
        return { teamId: id, stops: id === teamId(0) ? [...kept, visit] : kept };
      }),
    };
    const before = costOf(plan, night);
    const after = costOf(moved, night);
    expect(effect.outsideDelta).toBe(Math.round(after.outside - before.outside));
  });
});
