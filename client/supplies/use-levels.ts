/** What lies in a store as this device knows it: with what was done here and the server hasn't shown back yet. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { FieldAction, FieldAnswer } from '../../shared/field/schema.ts';
import { withPendingMovements } from '../../shared/supplies/pending.ts';
import type { StockView, Store, SupplyItem } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { onAnswer, useOutbox } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { useSession } from '../kernel/session.tsx';
import { useSupplyStore } from './store.ts';

interface Answered {
  action: FieldAction;
  receivedAt: string;
}
/** The event of an answered action comes within a frame or two; a bad link may take its time. */
const echoMs = 10_000;
const useAnswered = create<{ actions: readonly Answered[] }>(() => ({ actions: [] }));

const movesGoods = ({ kind }: Pick<OutboxItem, 'kind'>): boolean =>
  kind === 'supply.move' || kind === 'encounter.record';

onAnswer((item, answer) => {
  const told = answer as FieldAnswer | null;
  if (!movesGoods(item) || told === null || told.result === 'overtaken') return;
  const answered = { action: item.payload as FieldAction, receivedAt: told.receivedAt };
  useAnswered.setState(({ actions }) => ({ actions: [...actions, answered] }));
  setTimeout(
    () =>
      useAnswered.setState(({ actions }) => ({
        actions: actions.filter((kept) => kept !== answered),
      })),
    echoMs,
  );
});

export interface Levels {
  stock: StockView | null;
  /** an item that isn't named is not there */
  levels: ReadonlyMap<SupplyItem, number>;
  /** records of this person's that wait to be sent, of any store */
  waiting: number;
}

/** @param ownTeamId whose vehicle encounters of this device give out of */
export function useLevels(store: Store, ownTeamId: string | null): Levels {
  const { session } = useSession();
  const userId = session?.user.id ?? null;
  const key = storeKey(store);
  const stock = useSupplyStore(({ stocks }) => stocks.get(key)) ?? null;
  const items = useOutbox((outbox) => outbox.items);
  const answered = useAnswered(({ actions }) => actions);
  return useMemo(() => {
    const own = items.filter(
      (item) => item.userId === userId && item.state !== 'refused' && movesGoods(item),
    );
    const waiting = own.map(({ payload }) => payload as FieldAction);
    const echoes = answered.filter(({ receivedAt }) => receivedAt > (stock?.changedAt ?? ''));
    const actions = [...echoes.map(({ action }) => action), ...waiting];
    const [kind, id] = key.split(':') as [Store['kind'], string];
    const vehicle: Store = { kind: 'team', id: ownTeamId ?? '' };
    return {
      stock,
      levels: withPendingMovements(stock, { kind, id }, actions, vehicle),
      waiting: own.filter((item) => item.kind === 'supply.move').length,
    };
  }, [items, answered, stock, key, userId, ownTeamId]);
}
