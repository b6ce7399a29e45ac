import { create } from 'zustand';
import type { PlanNews } from '../../shared/planning/schema.ts';

/** That there is a plan, and which: `planning.read` tells it. */
export const usePlanNews = create<{ news: PlanNews | null }>(() => ({ news: null }));
