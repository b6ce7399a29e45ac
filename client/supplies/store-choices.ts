import type { DepotView, Store } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';

export interface StoreChoice {
  store: Store;
  name: string;
}
interface Named {
  id: string;
  name: string;
  removed: boolean;
}

/** Where goods can lie, by name: depots first, then stations, then the vehicles of teams. */
export function listStores(of: {
  depots: Iterable<DepotView>;
  stations: Iterable<Named>;
  teams: Iterable<Named>;
}): StoreChoice[] {
  const choices = (kind: Store['kind'], list: Iterable<Named>): StoreChoice[] =>
    [...list]
      .filter(({ removed }) => !removed)
      .map(({ id, name }) => ({ store: { kind, id }, name }));
  return [
    ...choices('depot', of.depots),
    ...choices('station', of.stations),
    ...choices('team', of.teams),
  ];
}

export const nameOfStore = (
  choices: readonly StoreChoice[],
  store: Store,
  unknown: string,
): string => choices.find((choice) => storeKey(choice.store) === storeKey(store))?.name ?? unknown;
