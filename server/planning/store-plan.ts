/** Writes a plan that differs from the last one, with the tasks of those under way and the times of their places. */
import type { PlanView } from '../../shared/planning/schema.ts';
import type { HoldView } from '../../shared/stations/schema.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { moveHoldsOf } from '../stations/holds.ts';
import { stillHolds } from './lease.ts';
import { isNews, isOtherTask } from './news.ts';
import { readActiveTasks, upsertPlan, upsertTask } from './queries.ts';
import type { StoredPlan } from './queries.ts';
import { expectedAt, tasksOf } from './tasks.ts';

/** Places kept for people on the way follow their arrival in steps of this, not with each traffic light. */
const holdStepMs = 3 * 60_000;

export type Stored =
  | { kind: 'stored' }
  /** nothing that anybody would see */
  | { kind: 'same' }
  /** another server plans for this city now */
  | { kind: 'lost' };

export async function storePlan(
  db: Database,
  cityId: string,
  by: {
    holder: string;
    before: PlanView | null;
    next: StoredPlan;
    holds: readonly HoldView[];
  },
): Promise<Stored> {
  const { holder, before, next, holds } = by;
  if (!isNews(before, next.view)) return { kind: 'same' };
  return changeCity(db, cityId, async (change): Promise<Stored> => {
    if (!(await stillHolds(change.tx, cityId, holder))) return { kind: 'lost' };
    await upsertPlan(change.tx, cityId, next);
    await refreshTasks(change, next.view, holds);
    const { revision, view } = next;
    change.emit({ kind: 'plan.changed', plan: { revision, madeAt: view.madeAt } }, 'staff');
    return { kind: 'stored' };
  });
}

async function refreshTasks(
  change: CityChange,
  view: PlanView,
  holds: readonly HoldView[],
): Promise<void> {
  const active = await readActiveTasks(change.tx, change.cityId);
  const known = new Map(active.map((task) => [task.dispatchId, task]));
  for (const task of tasksOf(view)) {
    if (isOtherTask(known.get(task.dispatchId), task))
      await upsertTask(change.tx, change.cityId, task, change.now);
    const hold = holds.find(
      ({ dispatchId, encounterId }) => dispatchId === task.dispatchId && encounterId === null,
    );
    if (!hold) continue;
    const expected = expectedAt(task);
    if (Math.abs(Date.parse(expected) - Date.parse(hold.expectedAt)) >= holdStepMs)
      await moveHoldsOf(change, task.dispatchId, expected);
  }
}
