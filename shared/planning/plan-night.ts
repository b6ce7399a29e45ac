/** The plan of a night made from nothing. The formula is in docs/planning.md. */
import { careful, Inserter } from './inserter.ts';
import { modelOf } from './model.ts';
import type { Night } from './night.ts';
import type { Plan } from './plan.ts';
import { insertPinned, limitsOf, mended } from './repair.ts';
import type { PlanOptions } from './repair.ts';
import { improve } from './search.ts';
import { planOf, putBack, sentOnly } from './state.ts';

export interface NightOptions extends PlanOptions {
  /** another plan to begin with, if it is better than a new one */
  previous?: Plan | undefined;
}

export function planNight(night: Night, options: NightOptions): Plan {
  const limits = limitsOf(options);
  const model = modelOf(night);
  const inserter = new Inserter(model);
  const state = sentOnly(model);
  insertPinned(state);
  inserter.run(state, [...state.left], careful);
  if (options.previous) {
    const kept = mended(model, inserter, options.previous);
    if (kept.cost <= state.cost) putBack(state, kept);
  }
  improve(state, inserter, limits);
  return planOf(state);
}
