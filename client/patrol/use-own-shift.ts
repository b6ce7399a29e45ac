import { useMemo } from 'react';
import { runningShift } from '../../shared/shifts/pending.ts';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import { useSession } from '../kernel/session.tsx';
import { useShiftStore } from '../shifts/store.ts';
import { useOwnActions } from './own-actions.ts';

/** This team's running shift, as the server knows it and with what this tablet did since. */
export function useOwnShift(teamId: string | null): ShiftView | null {
  const { session } = useSession();
  const byId = useShiftStore((store) => store.byId);
  const actions = useOwnActions(session?.user.id ?? null);
  return useMemo(() => {
    if (teamId === null) return null;
    const own = [...byId.values()].filter((shift) => shift.teamId === teamId);
    return runningShift(teamId, own, actions);
  }, [teamId, byId, actions]);
}
