/** The movement book of a city: appended under the city's lock, with the levels that follow from it. */
import { v7 as uuidv7 } from 'uuid';
import { applyMovement } from '../../shared/supplies/rules.ts';
import type { Movement, Shelf } from '../../shared/supplies/rules.ts';
import type { Store } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import type { CityChange } from '../realtime/change-city.ts';
import {
  insertLine,
  readEarlier,
  readLater,
  readLevel,
  readStockView,
  upsertLevel,
} from './queries.ts';

/** Who recorded it, and what for. */
export interface Recording {
  by: string;
  note: string;
  encounterId: string | null;
  /** it has happened, whatever the book says */
  isFact: boolean;
}

/**
 * Appends a movement with what has to be corrected for it; answers the stores whose stock it changed.
 * @throws AppError stock_missing
 */
export async function appendMovement(
  change: CityChange,
  movement: Movement,
  { by, note, encounterId, isFact }: Recording,
): Promise<Store[]> {
  const { tx, cityId, now } = change;
  const shelves = await readShelves(change, movement);
  const { lines, levels } = applyMovement(movement, (store) => shelves.get(storeKey(store))!, {
    isFact,
    newId: uuidv7,
  });
  for (const line of lines) {
    const own = line.corrected ? { note: '', encounterId: null } : { note, encounterId };
    await insertLine(tx, cityId, { ...line, ...own, recordedBy: by, receivedAt: now });
  }
  for (const { store, quantity } of levels)
    await upsertLevel(tx, cityId, { store, item: movement.item, quantity, at: now });
  return levels.map(({ store }) => store);
}

async function readShelves(
  { tx, cityId }: CityChange,
  movement: Movement,
): Promise<Map<string, Shelf>> {
  const shelves = new Map<string, Shelf>();
  for (const store of [movement.from, movement.to]) {
    if (store === null) continue;
    const level = await readLevel(tx, cityId, store, movement.item);
    const later = await readLater(tx, cityId, store, movement);
    const earlier = later.length === 0 ? [] : await readEarlier(tx, cityId, store, movement);
    shelves.set(storeKey(store), { level, earlier, later });
  }
  return shelves;
}

/** Tells once of each store what lies there now. */
export async function announceStock(change: CityChange, stores: readonly Store[]): Promise<void> {
  const byKey = new Map(stores.map((store) => [storeKey(store), store]));
  for (const store of byKey.values()) {
    const stock = await readStockView(change.tx, change.cityId, store);
    if (stock) change.emit({ kind: 'stock.changed', stock }, 'staff');
  }
}
