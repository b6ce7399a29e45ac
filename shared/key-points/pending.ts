import type { FieldAction } from '../field/schema.ts';
import type { KeyPointView } from './schema.ts';

/** A key point with the visits this device wrote down and the server hasn't heard of; the same object without any. */
export function withPendingVisits(
  keyPoint: KeyPointView,
  actions: readonly FieldAction[],
  teamId: string,
): KeyPointView {
  let shown = keyPoint;
  for (const action of actions) {
    if (action.kind !== 'keyPoint.visit' || action.visit.keyPointId !== keyPoint.id) continue;
    if (shown.lastVisitAt !== null && action.at <= shown.lastVisitAt) continue;
    shown = {
      ...shown,
      lastVisitAt: action.at,
      lastVisitHow: 'recorded',
      lastVisitTeamId: teamId,
    };
  }
  return shown;
}
