/** Who may tell of what, and how far back it may lie; both sides ask here. */
import type { Role } from '../accounts/schema.ts';
import { AppError } from '../errors.ts';
import type { FieldActionKind } from './schema.ts';

const everybody: readonly Role[] = [
  'reporter',
  'patrol',
  'dispatcher',
  'station_manager',
  'administrator',
];
const fieldAndDesk: readonly Role[] = everybody.filter((role) => role !== 'reporter');
/** Only a member of a team has a shift, a track and a crew that needs help; the desk has procedures of its own. */
const crew: readonly Role[] = ['patrol'];

const tellers: Record<FieldActionKind, readonly Role[]> = {
  'sighting.report': everybody,
  'sighting.edit': everybody,
  'sighting.withdraw': everybody,
  'dispatch.accept': fieldAndDesk,
  'dispatch.setOff': fieldAndDesk,
  'dispatch.arrive': fieldAndDesk,
  'dispatch.close': fieldAndDesk,
  'dispatch.decline': fieldAndDesk,
  'encounter.record': fieldAndDesk,
  'keyPoint.visit': fieldAndDesk,
  'shift.start': crew,
  'shift.end': crew,
  'shift.checkIn': crew,
  'track.points': crew,
  'sos.raise': crew,
  'supply.move': fieldAndDesk,
};
export const mayTell = (role: Role, kind: FieldActionKind): boolean => tellers[kind].includes(role);

/** Longer than a device is away; what is older says nothing about this night, and a person has to look at it. */
export const oldestActionHours = 72;

/**
 * The moment an action counts for: never ahead of the server, whatever the device's clock says.
 * @throws AppError seen_too_long_ago
 */
export function countsFor(at: string, now: string): string {
  if (Date.parse(now) - Date.parse(at) > oldestActionHours * 3_600_000)
    throw new AppError('seen_too_long_ago', {
      field: 'at',
      params: { hours: oldestActionHours },
    });
  return at < now ? at : now;
}
