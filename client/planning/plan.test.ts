import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlanView } from '../../shared/planning/schema.ts';
import type { TravelMode, TravelRoute } from '../../shared/roads/schema.ts';
import {
  clusterOf,
  jobOf,
  laneOf,
  planNow,
  planOf,
  twoTeams,
  visitAt,
} from '../testing/plan-night.ts';
import { againMs, followPlan, leastMs } from './follow-plan.ts';
import { createRouteReader, legKey, missingRuns, pointsOf, useLegs } from './lane-routes.ts';
import { dropBefore, findVisit, nextJobOf, proposalsOf, visitsTo } from './plan-stops.ts';
import { emphasisedTeam } from './screen-store.ts';
import { nothingRead, usePlan } from './store.ts';
import { axisHours, axisOf, momentAt, shareOf, spanOf, ticksOf } from './time-axis.ts';

vi.mock('../kernel/api.ts', () => ({ api: {} }));

describe('looking things up in a plan', () => {
  const plan = twoTeams();
  it('numbers a team’s visits and finds a job and a place', () => {
    expect(findVisit(plan, jobOf('b'))).toMatchObject({ teamId: 'north', number: 2 });
    expect(findVisit(plan, jobOf('e'))).toBeNull();
    expect(visitsTo(plan, clusterOf('d'))).toMatchObject([{ teamId: 'south', number: 2 }]);
  });
  it('tells what can be sent now from what comes later and from changes', () => {
    const found = proposalsOf(plan);
    expect(found.now.map(({ stop }) => stop.jobId)).toEqual([jobOf('a')]);
    expect(found.later.map(({ stop }) => stop.jobId)).toEqual([jobOf('d'), jobOf('b')]);
    expect(found.changes).toEqual([]);
    const better = planOf([
      laneOf('north', [
        visitAt('a', 5, 9, { state: 'sent', change: { toTeamId: 'south', gainMinutes: 20 } }),
      ]),
    ]);
    expect(proposalsOf(better).changes).toHaveLength(1);
    expect(proposalsOf(better).now).toEqual([]);
  });
  it('puts a dropped job before the first proposed visit whose middle is later', () => {
    const [north, south] = plan.lanes;
    const at = (minutes: number) => planNow + minutes * 60_000;
    expect(dropBefore(north!, jobOf('d'), at(12))).toBe(jobOf('a'));
    expect(dropBefore(north!, jobOf('d'), at(30))).toBe(jobOf('b'));
    expect(dropBefore(north!, jobOf('d'), at(80))).toBeNull();
    // never before what a team was told already
    expect(dropBefore(south!, jobOf('a'), at(0))).toBe(jobOf('d'));
    expect(nextJobOf(north!, jobOf('a'))).toBe(jobOf('b'));
    expect(nextJobOf(north!, jobOf('b'))).toBeNull();
  });
  it('emphasises the team of the chosen place before the one chosen by name', () => {
    expect(emphasisedTeam(plan, clusterOf('d'), 'north')).toBe('south');
    expect(emphasisedTeam(plan, clusterOf('e'), 'north')).toBe('north');
    expect(emphasisedTeam(null, null, null)).toBeNull();
  });
});

describe('the time axis', () => {
  it('shows a little of what was, and moments go there and back', () => {
    const axis = axisOf(planNow, 4);
    expect(axis).toEqual({ from: planNow - 15 * 60_000, to: planNow + 4 * 3_600_000 });
    expect(momentAt(axis, shareOf(axis, planNow))).toBeCloseTo(planNow, -1);
  });
  it('cuts what reaches beyond it and leaves out what is not on it', () => {
    const axis = axisOf(planNow, 2);
    const at = (minutes: number) => planNow + minutes * 60_000;
    expect(spanOf(axis, at(-60), at(-30))).toBeNull();
    expect(spanOf(axis, at(200), at(210))).toBeNull();
    expect(spanOf(axis, at(-60), at(10))?.left).toBe(0);
    const last = spanOf(axis, at(110), at(300))!;
    expect(last.left + last.width).toBeCloseTo(1);
  });
  it('has five to ten marks at full steps', () => {
    for (const hours of axisHours) {
      const ticks = ticksOf(axisOf(planNow + 123_456, hours), hours);
      expect(ticks.length).toBeGreaterThanOrEqual(5);
      expect(ticks.length).toBeLessThanOrEqual(10);
      expect(ticks.every((tick) => tick % (15 * 60_000) === 0)).toBe(true);
    }
  });
});

describe('following the plan', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: planNow });
    usePlan.setState(nothingRead);
  });
  afterEach(() => vi.useRealTimers());
  const answering = (revisions: number[]) =>
    vi.fn(async (): Promise<PlanView | null> => {
      const revision = revisions.shift();
      if (revision === undefined) throw new Error('away');
      return planOf([], { revision });
    });

  it('reads at once, then for each piece of news, though not more often than eyes need', async () => {
    const read = answering([1, 4, 5]);
    const follower = followPlan(read);
    follower.hear(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(usePlan.getState().plan?.revision).toBe(1);
    follower.hear(2);
    follower.hear(3);
    follower.hear(4);
    await vi.advanceTimersByTimeAsync(leastMs - 1);
    expect(read).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(read).toHaveBeenCalledTimes(2);
    expect(usePlan.getState().plan?.revision).toBe(4);
    follower.hear(4);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(read).toHaveBeenCalledTimes(2);
    follower.stop();
  });
  it('reads again for news that came while it was reading', async () => {
    const read = answering([1, 2]);
    const follower = followPlan(read);
    follower.hear(1);
    follower.hear(2);
    await vi.advanceTimersByTimeAsync(leastMs);
    expect(usePlan.getState().plan?.revision).toBe(2);
    follower.stop();
  });
  it('keeps the old plan when the new one doesn’t come, says so, and tries again', async () => {
    const read = answering([1]);
    const follower = followPlan(read);
    follower.hear(1);
    await vi.advanceTimersByTimeAsync(0);
    follower.hear(2);
    await vi.advanceTimersByTimeAsync(leastMs);
    expect(usePlan.getState()).toMatchObject({
      plan: { revision: 1 },
      fault: { code: 'unexpected' },
    });
    read.mockResolvedValueOnce(planOf([], { revision: 2 }));
    await vi.advanceTimersByTimeAsync(againMs);
    expect(usePlan.getState()).toMatchObject({ plan: { revision: 2 }, fault: null });
    follower.stop();
  });
  it('shows nothing when there is no plan, and says nothing after it was stopped', async () => {
    const read = answering([1]);
    const follower = followPlan(read);
    follower.hear(null);
    expect(usePlan.getState()).toMatchObject({ plan: null, first: false });
    follower.hear(1);
    follower.stop();
    await vi.advanceTimersByTimeAsync(againMs);
    expect(usePlan.getState().plan).toBeNull();
  });
});

describe('the ways of the lanes', () => {
  beforeEach(() => useLegs.setState({ legs: new Map() }));
  const lane = laneOf('north', [
    visitAt('a', 10, 20, { lon: 125.31, lat: 43.91 }),
    visitAt('b', 30, 40, { lon: 125.32, lat: 43.92 }),
    visitAt('c', 50, 60, { lon: 125.33, lat: 43.93 }),
  ]);
  const points = pointsOf(lane);

  it('are asked where they are not known, in as few questions as there are gaps', () => {
    expect(missingRuns(lane, 'van', () => false)).toEqual([{ mode: 'van', points }]);
    const middle = legKey('van', points[1]!, points[2]!);
    expect(missingRuns(lane, 'van', (key) => key === middle)).toEqual([
      { mode: 'van', points: points.slice(0, 2) },
      { mode: 'van', points: points.slice(2, 4) },
    ]);
    expect(missingRuns(lane, 'van', () => true)).toEqual([]);
  });
  it('start where the team is to some hundred metres, so that driving asks nothing', () => {
    const moved = { ...lane, lon: lane.lon + 0.0002 };
    expect(pointsOf(moved)[0]).toEqual(points[0]);
  });
  it('are kept leg by leg, and a failed question leaves the straight line', async () => {
    const ask = vi.fn(
      async (_mode: TravelMode, stops: { lon: number; lat: number }[]): Promise<TravelRoute> => ({
        legs: stops.slice(1).map(({ lon, lat }) => ({
          seconds: 60,
          meters: 500,
          line: [[lon, lat]],
          manoeuvres: [],
        })),
        seconds: 60,
        meters: 500,
        estimated: false,
      }),
    );
    const reader = createRouteReader(ask);
    reader.want([lane], () => 'van');
    await vi.waitFor(() => expect(useLegs.getState().legs.size).toBe(3));
    reader.want([lane], () => 'van');
    expect(ask).toHaveBeenCalledTimes(1);
    reader.forget();
    ask.mockRejectedValueOnce(new Error('away'));
    reader.want([lane], () => 'van');
    await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(useLegs.getState().legs.size).toBe(0);
    reader.stop();
  });
});
