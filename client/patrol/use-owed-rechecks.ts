import { useMemo } from 'react';
import type { RecheckView } from '../../shared/dispatch/schema.ts';
import { useRechecks } from '../dispatch/store.ts';
import { useSession } from '../kernel/session.tsx';
import { useOwnActions } from './own-actions.ts';

/** Visits owed, soonest due first, without those that this tablet has recorded and not sent yet. */
export function useOwedRechecks(): RecheckView[] {
  const { session } = useSession();
  const rechecks = useRechecks();
  const actions = useOwnActions(session?.user.id ?? null);
  return useMemo(() => {
    const done = new Set(
      actions.flatMap((action) =>
        action.kind === 'encounter.record' && action.encounter.recheckId !== null
          ? [action.encounter.recheckId]
          : [],
      ),
    );
    return done.size === 0 ? rechecks : rechecks.filter(({ id }) => !done.has(id));
  }, [rechecks, actions]);
}
