/** What a field action is about: actions on the same thing keep their order, others don't wait for each other. */
import type { FieldAction } from '../../../shared/field/schema.ts';

export function subjectOf(action: FieldAction): string {
  switch (action.kind) {
    case 'sighting.report':
    case 'sighting.edit':
      return `sighting:${action.sighting.id}`;
    case 'sighting.withdraw':
      return `sighting:${action.sightingId}`;
    case 'dispatch.accept':
    case 'dispatch.setOff':
    case 'dispatch.arrive':
    case 'dispatch.close':
    case 'dispatch.decline':
      return `dispatch:${action.dispatchId}`;
    case 'encounter.record': {
      const { dispatchId, recheckId } = action.encounter;
      return dispatchId === null ? `recheck:${recheckId}` : `dispatch:${dispatchId}`;
    }
    case 'keyPoint.visit':
      return `keyPoint:${action.visit.keyPointId}`;
    case 'shift.start':
    case 'shift.end':
    case 'shift.checkIn':
      return 'shift';
    case 'track.points':
      return 'track';
    case 'sos.raise':
      return 'sos';
    case 'supply.move':
      return 'supplies';
  }
}
