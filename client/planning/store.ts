import { create } from 'zustand';
import type { PlanNews, PlanView } from '../../shared/planning/schema.ts';
import type { Fault } from '../kernel/fault.ts';

/** That there is a plan, and which: `planning.read` tells it. */
export const usePlanNews = create<{ news: PlanNews | null }>(() => ({ news: null }));

interface PlanStore {
  /** the last that was read; it stays on screen while the next is on its way, and when that doesn't come */
  plan: PlanView | null;
  /** when it was read, ms since 1970 */
  readAt: number | null;
  /** why the newest could not be read */
  fault: Fault | null;
  /** nothing has been answered yet */
  first: boolean;
}

export const nothingRead: PlanStore = { plan: null, readAt: null, fault: null, first: true };

/** The plan this screen shows; filled by `useFollowPlan()`. */
export const usePlan = create<PlanStore>(() => nothingRead);
