import { useMemo } from 'react';
import type { ColdNight } from '../../shared/key-points/due.ts';
import { withPendingVisits } from '../../shared/key-points/pending.ts';
import { useSession } from '../kernel/session.tsx';
import { useJudgedKeyPoints } from '../key-points/judged.ts';
import type { JudgedKeyPoint } from '../key-points/judged.ts';
import { useKeyPoints } from '../key-points/store.ts';
import { useOwnActions } from './own-actions.ts';

/** The key points and how they stand, with the visits this tablet wrote down and hasn't sent yet. */
export function useOwnKeyPoints(teamId: string, coldNight: ColdNight): JudgedKeyPoint[] {
  const { session } = useSession();
  const keyPoints = useKeyPoints();
  const actions = useOwnActions(session?.user.id ?? null);
  const shown = useMemo(
    () =>
      actions.some(({ kind }) => kind === 'keyPoint.visit')
        ? keyPoints.map((keyPoint) => withPendingVisits(keyPoint, actions, teamId))
        : keyPoints,
    [keyPoints, actions, teamId],
  );
  return useJudgedKeyPoints(shown, coldNight);
}
