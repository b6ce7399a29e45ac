/** Reads the plan when there is news of another: one question at a time, not more often than it can be looked at. */
import { useEffect } from 'react';
import type { PlanView } from '../../shared/planning/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { nothingRead, usePlan, usePlanNews } from './store.ts';

/** A plan may be repaired several times a second; eyes need less. */
export const leastMs = 1_500;
export const againMs = 8_000;

export interface PlanFollower {
  /** the revision there is news of; null = there is no plan */
  hear: (revision: number | null) => void;
  readNow: () => void;
  stop: () => void;
}

export function followPlan(read: () => Promise<PlanView | null>): PlanFollower {
  let wanted: number | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const outdated = () => wanted !== null && usePlan.getState().plan?.revision !== wanted;
  const ask = async () => {
    timer = undefined;
    asking = true;
    askedAt = Date.now();
    const about = wanted;
    let failed = false;
    try {
      const plan = await read();
      if (!stopped) usePlan.setState({ plan, readAt: Date.now(), fault: null, first: false });
      // What was read may be newer than the news, which then is still on its way: that is no reason to ask again.
      if (plan !== null && about !== null && wanted === about && plan.revision > about)
        wanted = plan.revision;
    } catch (error) {
      failed = true;
      if (!stopped) usePlan.setState({ fault: faultOf(error), first: false });
    } finally {
      asking = false;
    }
    if (stopped) return;
    if (failed) askIn(againMs);
    else if (outdated()) askIn(usePlan.getState().plan === null ? againMs : leastMs);
  };
  const askIn = (ms: number) => {
    if (asking || stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), Math.max(0, ms - (Date.now() - askedAt)));
  };
  return {
    hear: (revision) => {
      wanted = revision;
      if (revision === null) usePlan.setState({ ...nothingRead, first: false });
      else if (outdated()) askIn(leastMs);
    },
    readNow: () => {
      if (asking || stopped) return;
      clearTimeout(timer);
      void ask();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

let current: PlanFollower | null = null;

/** Asks again at once, e.g. after something was changed by hand. */
export const readPlanNow = (): void => current?.readNow();

/** Once per screen that shows the plan. `seen`: whether it is known yet if there is any. */
export function useFollowPlan(seen: boolean): void {
  const revision = usePlanNews((store) => store.news?.revision ?? null);
  useEffect(() => {
    current = followPlan(() => api.planning.read.query());
    return () => {
      current?.stop();
      current = null;
      usePlan.setState(nothingRead);
    };
  }, []);
  useEffect(() => {
    if (seen) current?.hear(revision);
  }, [seen, revision]);
}
