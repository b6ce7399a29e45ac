import { create } from 'zustand';
import type { ShiftView } from '../../shared/shifts/schema.ts';

/** Running shifts and those that ended lately. */
export const useShiftStore = create<{ byId: ReadonlyMap<string, ShiftView> }>(() => ({
  byId: new Map(),
}));
