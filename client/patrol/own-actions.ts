/**
 * What was done on this tablet and the server may not have shown back yet: what waits in the outbox, and for a moment
 * what was just answered, so that nothing falls back to how it was between the answer and the event.
 */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { FieldAction, FieldAnswer } from '../../shared/field/schema.ts';
import { onAnswer, useOutbox } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';

/** The event of an applied action comes within a frame or two; a bad link may take its time. */
const echoMs = 10_000;

const useEchoes = create<{ actions: readonly FieldAction[] }>(() => ({ actions: [] }));

onAnswer((item, answer) => {
  const action = actionOf(item);
  if (action === null || (answer as FieldAnswer | null)?.result === 'conflict') return;
  useEchoes.setState(({ actions }) => ({ actions: [...actions, action] }));
  setTimeout(
    () =>
      useEchoes.setState(({ actions }) => ({
        actions: actions.filter(({ id }) => id !== action.id),
      })),
    echoMs,
  );
});

const isOurs = (item: Pick<OutboxItem, 'kind'>): boolean =>
  item.kind !== 'tip.report' && item.kind !== 'media.upload' && item.kind !== 'track.points';

function actionOf(item: Pick<OutboxItem, 'kind' | 'payload'>): FieldAction | null {
  if (!isOurs(item)) return null;
  return item.payload as FieldAction;
}

/** In the order they were done; refused ones don't count. Without track points. */
export function useOwnActions(userId: string | null): readonly FieldAction[] {
  const items = useOutbox((store) => store.items);
  const echoes = useEchoes((store) => store.actions);
  return useMemo(() => {
    const waiting = items.flatMap((item) => {
      if (item.userId !== userId || item.state === 'refused') return [];
      const action = actionOf(item);
      return action === null ? [] : [action];
    });
    const ids = new Set(waiting.map(({ id }) => id));
    return [...echoes.filter(({ id }) => !ids.has(id)), ...waiting];
  }, [items, echoes, userId]);
}
