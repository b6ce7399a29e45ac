import { create } from 'zustand';
import type { HoldView } from '../../shared/stations/schema.ts';

/** Places kept for somebody on the way, until they have arrived or been given up. */
export const useHoldStore = create<{ byId: ReadonlyMap<string, HoldView> }>(() => ({
  byId: new Map(),
}));
