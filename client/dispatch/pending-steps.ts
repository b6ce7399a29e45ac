/**
 * The steps this device has recorded and the stores don't know yet: those in the outbox, and for a moment those the
 * server has just taken, until the event about them is here.
 */
import { create } from 'zustand';
import { withPending } from '../../shared/dispatch/pending.ts';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { FieldAction, FieldAnswer } from '../../shared/field/schema.ts';
import { lineOf } from '../kernel/outbox/item.ts';
import type { OutboxItem } from '../kernel/outbox/item.ts';
import { onAnswer, useOutbox } from '../kernel/outbox/outbox.ts';

/** An event follows its answer within a second or two. */
const rememberedMs = 10_000;

interface Steps {
  queued: readonly FieldAction[];
  taken: readonly FieldAction[];
}
const useSteps = create<Steps>(() => ({ queued: [], taken: [] }));

const isStep = (item: OutboxItem): boolean => item.kind.startsWith('dispatch.');

/** What is refused, or waits behind something refused, is not going to be so by itself. */
export function stepsIn(items: readonly OutboxItem[]): FieldAction[] {
  const stuck = new Set<string>();
  const steps: FieldAction[] = [];
  for (const item of items) {
    if (item.state === 'refused') stuck.add(lineOf(item));
    else if (isStep(item) && !stuck.has(lineOf(item))) steps.push(item.payload as FieldAction);
  }
  return steps;
}

const same = (a: readonly FieldAction[], b: readonly FieldAction[]): boolean =>
  a.length === b.length && a.every((action, index) => action === b[index]);

useOutbox.subscribe(({ items }) => {
  const queued = stepsIn(items);
  if (!same(queued, useSteps.getState().queued)) useSteps.setState({ queued });
});

onAnswer((item, answer) => {
  if (!isStep(item) || (answer as FieldAnswer).result !== 'applied') return;
  const action = item.payload as FieldAction;
  useSteps.setState(({ taken }) => ({ taken: [...taken, action] }));
  setTimeout(
    () => useSteps.setState(({ taken }) => ({ taken: taken.filter((other) => other !== action) })),
    rememberedMs,
  );
});

type ById = ReadonlyMap<string, DispatchView>;
let last: { byId: ById; steps: Steps; shown: ById } | null = null;

/** Computed once per change, however many components ask. */
function overlay(byId: ById, steps: Steps): ById {
  if (last && last.byId === byId && last.steps === steps) return last.shown;
  const actions = [...steps.taken, ...steps.queued];
  const shown = actions.length === 0 ? byId : new Map(byId);
  if (shown !== byId)
    for (const id of new Set(
      actions.map((action) => ('dispatchId' in action ? action.dispatchId : '')),
    )) {
      const dispatch = byId.get(id);
      if (dispatch) (shown as Map<string, DispatchView>).set(id, withPending(dispatch, actions));
    }
  last = { byId, steps, shown };
  return shown;
}

/** The server's dispatches with this device's own steps on top. */
export function useWithPending(byId: ById): ById {
  const steps = useSteps();
  return overlay(byId, steps);
}
