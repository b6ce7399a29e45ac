/** What each kind of action brings about, by its own domain and inside the one transaction that also keeps the action. */
import type { LateOutcome } from '../../shared/field/late.ts';
import type { FieldAction } from '../../shared/field/schema.ts';
import { raiseSos } from '../crew/actions.ts';
import { stepLate } from '../dispatch/actions.ts';
import { encounterLate } from '../dispatch/encounters.ts';
import type { Session } from '../kernel/context.ts';
import { recordVisit } from '../key-points/actions.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { checkIn, endShift, startShift } from '../shifts/actions.ts';
import { editLate, withdrawLate } from '../sightings/actions.ts';
import { moveLate } from '../supplies/actions.ts';

/** Those that take the city's lock themselves, or none. */
export type OwnWay = 'sighting.report' | 'track.points';
export type LockedAction = Exclude<FieldAction, { kind: OwnWay }>;

export interface Effect {
  outcome: LateOutcome;
  version?: number;
}

const applied: Effect = { outcome: { result: 'applied' } };

/** @param at when it counts for */
export async function applyAction(
  change: CityChange,
  session: Session,
  action: LockedAction,
  at: string,
): Promise<Effect> {
  switch (action.kind) {
    case 'sighting.edit':
      return editLate(change, session, action.sighting);
    case 'sighting.withdraw':
      return { outcome: await withdrawLate(change, session, { id: action.sightingId }) };
    case 'encounter.record':
      return { outcome: await encounterLate(change, session, action.encounter) };
    case 'keyPoint.visit':
      await recordVisit(change, session, action.visit, at);
      return applied;
    case 'shift.start':
      return { outcome: await startShift(change, session, action.shift, at) };
    case 'shift.end':
      return { outcome: await endShift(change, session, { shiftId: action.shiftId, at }) };
    case 'shift.checkIn':
      return { outcome: await checkIn(change, session, { shiftId: action.shiftId, at }) };
    case 'sos.raise':
      await raiseSos(change, session, action.sos, at);
      return applied;
    case 'supply.move':
      return { outcome: await moveLate(change, session, action.movement, at) };
    default:
      return { outcome: await takeStep(change, session, action, at) };
  }
}

const stepOf = {
  'dispatch.accept': 'accepted',
  'dispatch.setOff': 'en_route',
  'dispatch.arrive': 'on_scene',
  'dispatch.close': 'closed',
  'dispatch.decline': 'declined',
} as const;

function takeStep(
  change: CityChange,
  session: Session,
  action: Extract<FieldAction, { kind: keyof typeof stepOf }>,
  at: string,
): Promise<LateOutcome> {
  const step = { dispatchId: action.dispatchId, to: stepOf[action.kind], at };
  return stepLate(
    change,
    session,
    action.kind === 'dispatch.decline' ? { ...step, reason: action.reason } : step,
  );
}
