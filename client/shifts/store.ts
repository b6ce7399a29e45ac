import { create } from 'zustand';
import { useMemo } from 'react';
import type { ShiftView } from '../../shared/shifts/schema.ts';

/** Running shifts and those that ended lately. */
export const useShiftStore = create<{ byId: ReadonlyMap<string, ShiftView> }>(() => ({
  byId: new Map(),
}));

/** The running shift of a team, or null. */
export const useShiftOf = (teamId: string | null): ShiftView | null => {
  const byId = useShiftStore((store) => store.byId);
  return useMemo(
    () =>
      [...byId.values()].find((shift) => shift.teamId === teamId && shift.endedAt === null) ?? null,
    [byId, teamId],
  );
};
