/** Accounts by a printed code: no password, nothing about the person but what they choose to say. */
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { deviceUsername } from '../../shared/accounts/device-name.ts';
import type {
  deviceRefSchema,
  EnrolmentDraft,
  enrolmentTokenSchema,
  EnrolmentOffer,
  enrolSchema,
  NewEnrolment,
  revokeEnrolmentSchema,
} from '../../shared/accounts/enrolment.ts';
import type { SessionView } from '../../shared/accounts/schema.ts';
import { AppError } from '../../shared/errors.ts';
import { deviceCookie } from '../kernel/context.ts';
import type { Context, Session } from '../kernel/context.ts';
import { hitLimit, networkOf } from '../kernel/rate-limit.ts';
import { transact } from '../kernel/sql.ts';
import type { Tx } from '../kernel/sql.ts';
import { recordAudit } from './audit.ts';
import {
  countDevices,
  disableDevice,
  disableDevicesOf,
  findCode,
  findDeviceAccount,
  findEnrolment,
  insertDeviceAccount,
  insertEnrolment,
  lockCode,
  renewDeviceAccount,
  revokeCode,
} from './enrolment-queries.ts';
import type { CodeRow } from './enrolment-queries.ts';
import { deleteSessionsOf, findUser } from './queries.ts';
import { openSession } from './sessions.ts';
import { hashToken, newToken } from './tokens.ts';

/** A whole depot may scan at its morning meeting, from one address. */
export const enrolmentLimits = {
  perAddress: { limit: 300, windowSeconds: 10 * 60 },
  perCode: { limit: 600, windowSeconds: 10 * 60 },
};
const deviceCookieSeconds = 365 * 24 * 3600;

/** @throws AppError invalid_input (expiresAt in the past), not_allowed when the id is somebody else's or in use */
export async function createEnrolment(
  ctx: Context & { session: Session },
  draft: EnrolmentDraft,
): Promise<NewEnrolment> {
  const { cityId, userId } = ctx.session;
  if (Date.parse(draft.expiresAt) <= Date.now()) {
    throw new AppError('invalid_input', { field: 'expiresAt' });
  }
  const token = newToken();
  return transact(ctx.db.sql, async (tx) => {
    const code = { ...draft, cityId, createdBy: userId, tokenHash: hashToken(token) };
    if (!(await insertEnrolment(tx, code))) throw new AppError('not_allowed', { field: 'id' });
    await recordAudit(tx, {
      cityId,
      userId,
      action: 'enrolment.created',
      subject: draft.label,
      details: { kind: draft.reporterKind, devices: draft.mostDevices, days: draft.accountDays },
    });
    return { enrolment: (await findEnrolment(tx, cityId, draft.id))!, token };
  });
}

/** Nobody can join by it any more; with `endDevices` those who did are signed out at once. @throws AppError not_found */
export async function revokeEnrolment(
  ctx: Context & { session: Session },
  { id, endDevices }: z.infer<typeof revokeEnrolmentSchema>,
): Promise<void> {
  const { cityId, userId } = ctx.session;
  await transact(ctx.db.sql, async (tx) => {
    // Whoever is joining at this moment holds the code: their account is there, or they find it revoked.
    if (!(await revokeCode(tx, cityId, id))) throw new AppError('not_found', { field: 'id' });
    const ended = endDevices ? await disableDevicesOf(tx, cityId, id) : 0;
    const { label } = (await findEnrolment(tx, cityId, id))!;
    await recordAudit(tx, {
      cityId,
      userId,
      action: 'enrolment.revoked',
      subject: label,
      details: { devices: ended },
    });
  });
  ctx.forgetSession(null);
}

/** @throws AppError not_found */
export async function revokeDevice(
  ctx: Context & { session: Session },
  { userId: id }: z.infer<typeof deviceRefSchema>,
): Promise<void> {
  const { cityId, userId } = ctx.session;
  await transact(ctx.db.sql, async (tx) => {
    if (!(await disableDevice(tx, cityId, id)))
      throw new AppError('not_found', { field: 'userId' });
    await deleteSessionsOf(tx, cityId, id);
    await recordAudit(tx, { cityId, userId, action: 'device.revoked', subject: id });
  });
  ctx.forgetSession(null);
}

/** @throws AppError link_expired (unknown or past its date), code_revoked */
function requireOpen(code: CodeRow | null): CodeRow {
  if (code === null || code.expired) throw new AppError('link_expired', { field: 'token' });
  if (code.revoked) throw new AppError('code_revoked', { field: 'token' });
  return code;
}

/**
 * What the code is for. The browser gets its anonymous cookie here already: where the answer to joining is lost, the
 * second try is still the same browser's.
 */
export async function readEnrolment(
  ctx: Context,
  { token }: z.infer<typeof enrolmentTokenSchema>,
): Promise<EnrolmentOffer> {
  await hitLimit(ctx.db.sql, `enrol:read:${networkOf(ctx.address)}`, enrolmentLimits.perAddress);
  const code = requireOpen(await findCode(ctx.db.sql, hashToken(token)));
  deviceOf(ctx);
  return {
    cityId: code.city_id,
    label: code.label,
    reporterKind: code.reporter_kind,
    accountDays: code.account_days,
  };
}

function deviceOf(ctx: Context): string {
  if (ctx.deviceId !== null) return ctx.deviceId;
  const deviceId = uuidv7();
  ctx.setCookie(deviceCookie, deviceId, deviceCookieSeconds);
  return deviceId;
}

/**
 * An account for this device, signed in until the account ends. The same device with the same code has one account.
 * @throws AppError too_many_attempts, link_expired, code_revoked (also for a device that was), code_used_up
 */
export async function enrol(
  ctx: Context,
  { token, displayName = '', phone = '' }: z.infer<typeof enrolSchema>,
): Promise<SessionView> {
  const tokenHash = hashToken(token);
  const { perAddress, perCode } = enrolmentLimits;
  await hitLimit(ctx.db.sql, `enrol:${networkOf(ctx.address)}`, perAddress);
  await hitLimit(ctx.db.sql, `enrol:code:${tokenHash.toString('hex')}`, perCode);
  const deviceId = deviceOf(ctx);
  const { cityId, user } = await transact(ctx.db.sql, async (tx) => {
    const code = requireOpen(await lockCode(tx, tokenHash));
    const id = await accountFor(tx, code, { deviceId, displayName, phone });
    return { cityId: code.city_id, user: (await findUser(tx, code.city_id, id))! };
  });
  return openSession(ctx, cityId, user);
}

interface Person {
  deviceId: string;
  displayName: string;
  phone: string;
}
async function accountFor(tx: Tx, code: CodeRow, person: Person): Promise<string> {
  const known = await findDeviceAccount(tx, code, person.deviceId);
  if (known?.revoked) throw new AppError('code_revoked', { field: 'token' });
  const devices = await countDevices(tx, code.city_id, code.id);
  const counted = known !== null && !known.ended;
  if (!counted && devices >= code.most_devices) {
    throw new AppError('code_used_up', { field: 'token' });
  }
  if (known) {
    const accountDays = code.account_days;
    await renewDeviceAccount(tx, code.city_id, { ...person, id: known.id, accountDays });
    return known.id;
  }
  return newAccount(tx, code, { ...person, number: devices + 1 });
}

const longestName = 60;
async function newAccount(
  tx: Tx,
  code: CodeRow,
  { deviceId, displayName, phone, number }: Person & { number: number },
): Promise<string> {
  const id = uuidv7();
  const suffix = ` ${number}`;
  await insertDeviceAccount(tx, {
    code,
    id,
    username: deviceUsername(id),
    displayName: displayName || code.label.slice(0, longestName - suffix.length) + suffix,
    phone,
    deviceId,
  });
  await recordAudit(tx, {
    cityId: code.city_id,
    userId: id,
    action: 'device.enrolled',
    subject: code.label,
    details: { kind: code.reporter_kind },
  });
  return id;
}
