/** Who may attach what, and who may see it. */
import type { Role } from '../../shared/accounts/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { UploadMetadata } from '../../shared/media/schema.ts';
import { hasEncounter } from '../dispatch/queries.ts';
import type { Context, Session } from '../kernel/context.ts';
import type { Db } from '../kernel/sql.ts';
import { hasVisit } from '../key-points/queries.ts';
import { findSighting } from '../sightings/queries.ts';
import type { MediaRow, Owner } from './queries.ts';

export type Caller = Pick<Context, 'session' | 'deviceId'>;

/** They attach to whatever is of their city, and see what others attached. */
const fieldRoles: readonly Role[] = ['patrol', 'dispatcher', 'station_manager', 'administrator'];
const staffRoles: readonly Role[] = [...fieldRoles, 'auditor'];
const deskRoles: readonly Role[] = ['dispatcher', 'station_manager', 'administrator'];

/** As whom the caller may act in that city: signed in there, and as the browser that it is. */
export function ownersOf({ session, deviceId }: Caller, cityId: string): Owner[] {
  const owners: Owner[] = [];
  if (session?.cityId === cityId && session.role !== 'auditor')
    owners.push({ userId: session.userId });
  if (deviceId !== null) owners.push({ deviceId });
  return owners;
}

export const isOwn = (row: Pick<MediaRow, 'cityId' | 'userId' | 'deviceId'>, caller: Caller) =>
  (row.userId !== null &&
    row.userId === caller.session?.userId &&
    row.cityId === caller.session.cityId) ||
  (row.deviceId !== null && row.deviceId === caller.deviceId);

export const isStaffOf = (session: Session | null, cityId: string): session is Session =>
  session !== null && session.cityId === cityId && staffRoles.includes(session.role);

export const mayRemove = (row: MediaRow, caller: Caller): boolean =>
  isOwn(row, caller) ||
  (caller.session?.cityId === row.cityId && deskRoles.includes(caller.session.role));

/**
 * As whom the caller attaches; null where the subject is not known (yet).
 * @throws AppError not_signed_in, not_allowed
 */
export async function findOwner(
  db: Db,
  caller: Caller,
  { cityId, subjectKind, subjectId }: UploadMetadata,
): Promise<Owner | null> {
  const { session, deviceId } = caller;
  const inCity = session?.cityId === cityId ? session : null;
  const inField = inCity !== null && fieldRoles.includes(inCity.role);
  if (ownersOf(caller, cityId).length === 0)
    throw new AppError(session === null ? 'not_signed_in' : 'not_allowed');
  if (subjectKind !== 'sighting') {
    if (!inField) throw new AppError('not_allowed');
    const isThere = subjectKind === 'encounter' ? hasEncounter : hasVisit;
    return (await isThere(db, cityId, subjectId)) ? { userId: inCity.userId } : null;
  }
  const sighting = await findSighting(db, cityId, subjectId);
  if (sighting === null) return null;
  if (inCity !== null && (inField || sighting.reporterId === inCity.userId))
    return { userId: inCity.userId };
  if (deviceId !== null && sighting.deviceId === deviceId) return { deviceId };
  throw new AppError('not_allowed');
}
