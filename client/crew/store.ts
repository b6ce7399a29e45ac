import { create } from 'zustand';
import { useMemo } from 'react';
import type { AlarmView } from '../../shared/crew/schema.ts';

/** Alarms that are not over. */
export const useCrew = create<{ alarms: ReadonlyMap<string, AlarmView> }>(() => ({
  alarms: new Map(),
}));

/** Not acknowledged first, SOS before missed check-ins, oldest first. */
export const useAlarms = (): AlarmView[] => {
  const alarms = useCrew((store) => store.alarms);
  return useMemo(
    () =>
      [...alarms.values()].sort(
        (a, b) =>
          Number(a.acknowledgedAt !== null) - Number(b.acknowledgedAt !== null) ||
          Number(a.kind !== 'sos') - Number(b.kind !== 'sos') ||
          (a.raisedAt < b.raisedAt ? -1 : 1),
      ),
    [alarms],
  );
};
