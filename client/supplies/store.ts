import { create } from 'zustand';
import type { DepotView, StockView } from '../../shared/supplies/schema.ts';

interface SupplyStore {
  depots: ReadonlyMap<string, DepotView>;
  /** by store, as `storeKey` names it */
  stocks: ReadonlyMap<string, StockView>;
}
export const useSupplyStore = create<SupplyStore>(() => ({ depots: new Map(), stocks: new Map() }));
