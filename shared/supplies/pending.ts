import { supplyItems } from '../dispatch/outcomes.ts';
import type { FieldAction } from '../field/schema.ts';
import { byTime, levelAfter } from './rules.ts';
import type { Movement } from './rules.ts';
import type { StockView, Store, SupplyItem } from './schema.ts';

/** What an action of this device does to stores; encounters give out of the own vehicle. */
function movementsOf(action: FieldAction, own: Store): Movement[] {
  const { at } = action;
  if (action.kind === 'supply.move') return [{ ...action.movement, at }];
  if (action.kind !== 'encounter.record') return [];
  const { encounter } = action;
  return encounter.items.flatMap(({ item, quantity }) => {
    const known = supplyItems.find((candidate) => candidate === item);
    if (known === undefined) return [];
    const gift = { kind: 'give_out', item: known, quantity, from: own, to: null } as const;
    return [{ ...gift, id: encounter.id, at: encounter.metAt }];
  });
}

/**
 * What lies in a store as this device knows it: what the server said, and what was done here that it hasn't heard.
 * @param actions those the server has not answered yet, and answered ones that `stock` doesn't show yet
 * @param own the vehicle of this device's team
 */
export function withPendingMovements(
  stock: StockView | null,
  store: Store,
  actions: readonly FieldAction[],
  own: Store,
): Map<SupplyItem, number> {
  const levels = new Map((stock?.levels ?? []).map(({ item, quantity }) => [item, quantity]));
  const movements = actions.flatMap((action) => movementsOf(action, own)).sort(byTime);
  for (const movement of movements) {
    const concerns = [movement.from, movement.to].some(
      (side) => side !== null && side.kind === store.kind && side.id === store.id,
    );
    if (!concerns) continue;
    levels.set(movement.item, levelAfter(levels.get(movement.item) ?? 0, movement, store));
  }
  return levels;
}
