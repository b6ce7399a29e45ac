import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { endsSessions, losesLastAdministrator } from '../../shared/accounts/rules.ts';
import type {
  changeOwnPasswordSchema,
  loginSchema,
  setPasswordSchema,
  SessionView,
  userChangeSchema,
  userDraftSchema,
  UserView,
} from '../../shared/accounts/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { Context, Session } from '../kernel/context.ts';
import { hitLimit, networkOf } from '../kernel/rate-limit.ts';
import { transact } from '../kernel/sql.ts';
import type { Db, Tx } from '../kernel/sql.ts';
import { recordAudit } from './audit.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import {
  deleteSessionsOf,
  findUser,
  findUserByName,
  insertUser,
  lockActiveAdministrators,
  updatePassword,
  updateUser,
  viewOfUser,
} from './queries.ts';
import type { UserRow } from './queries.ts';
import { openSession } from './sessions.ts';
import { hashToken } from './tokens.ts';

export { readSession } from './sessions.ts';

/** A person mistypes a few times; an address may be a whole office at the change of shift. */
const perPerson = { limit: 10, windowSeconds: 15 * 60 };
const perAddress = { limit: 300, windowSeconds: 15 * 60 };

/** @throws AppError wrong_credentials, the same for an unknown name, a wrong password and a disabled account */
export async function login(
  ctx: Context,
  input: z.infer<typeof loginSchema>,
): Promise<SessionView> {
  const { cityId, username } = input;
  await hitLimit(ctx.db.sql, `login:${networkOf(ctx.address)}`, perAddress);
  await hitLimit(ctx.db.sql, `login:${cityId}:${username}:${networkOf(ctx.address)}`, perPerson);
  const user = await findUserByName(ctx.db.sql, cityId, username);
  const matches = await passwordMatches(user?.password_hash ?? null, input.password);
  if (!user || !matches || user.disabled) {
    if (user) {
      await recordAudit(ctx.db.sql, {
        cityId,
        userId: user.id,
        action: 'login.failed',
        subject: username,
        details: { address: ctx.address },
      });
    }
    throw new AppError('wrong_credentials', { field: 'password' });
  }
  await recordAudit(ctx.db.sql, {
    cityId,
    userId: user.id,
    action: 'login.ok',
    subject: username,
    details: { address: ctx.address },
  });
  return openSession(ctx, cityId, user);
}

/** Makes the account, in a transaction or on its own. @throws AppError username_taken, not_found (team or station) */
export async function addUser(
  db: Db,
  cityId: string,
  draft: Omit<z.infer<typeof userDraftSchema>, 'password'> & { passwordHash: string },
): Promise<UserRow> {
  const id = uuidv7();
  const { passwordHash, ...rest } = draft;
  const inserted = await insertUser(db, {
    city_id: cityId,
    id,
    username: rest.username,
    display_name: rest.displayName,
    role: rest.role,
    reporter_kind: rest.reporterKind,
    team_id: rest.teamId,
    station_id: rest.stationId,
    password_hash: passwordHash,
  }).catch(refuseUnknownReference);
  if (!inserted) throw new AppError('username_taken', { field: 'username' });
  return (await findUser(db, cityId, id))!;
}

export async function createUser(
  ctx: Context & { session: Session },
  draft: z.infer<typeof userDraftSchema>,
): Promise<UserView> {
  const { password, ...rest } = draft;
  const { cityId, userId } = ctx.session;
  const passwordHash = await hashPassword(password);
  return transact(ctx.db.sql, async (tx) => {
    const user = await addUser(tx, cityId, { ...rest, passwordHash });
    await recordAudit(tx, {
      cityId,
      userId,
      action: 'user.created',
      subject: user.id,
      details: { username: user.username, role: user.role },
    });
    return viewOfUser(user);
  });
}

export async function changeUser(
  ctx: Context & { session: Session },
  change: z.infer<typeof userChangeSchema>,
): Promise<UserView> {
  const { cityId, userId } = ctx.session;
  if (change.role === 'reporter' && change.reporterKind === null) {
    throw new AppError('invalid_input', { field: 'reporterKind' });
  }
  const view = await transact(ctx.db.sql, async (tx) => {
    const administrators = await lockActiveAdministrators(tx, cityId);
    const before = await findUser(tx, cityId, change.id);
    if (!before) throw new AppError('not_found', { field: 'id' });
    const others = administrators.filter((id) => id !== change.id).length;
    if (losesLastAdministrator(before, change, others)) {
      throw new AppError('not_allowed', { field: change.disabled ? 'disabled' : 'role' });
    }
    const after = await updateUser(tx, cityId, change).catch(refuseUnknownReference);
    if (!after) throw new AppError('not_found', { field: 'id' });
    if (endsSessions(before, after)) await deleteSessionsOf(tx, cityId, after.id);
    await recordAudit(tx, {
      cityId,
      userId,
      action: 'user.changed',
      subject: after.id,
      details: differences(before, after),
    });
    return viewOfUser(after);
  });
  ctx.forgetSession(null);
  return view;
}

const audited = [
  'display_name',
  'role',
  'reporter_kind',
  'team_id',
  'station_id',
  'disabled',
] as const;
const differences = (before: UserRow, after: UserRow) =>
  Object.fromEntries(
    audited
      .filter((key) => before[key] !== after[key])
      .map((key) => [key, `${before[key]} → ${after[key]}`]),
  );

export async function setPassword(
  ctx: Context & { session: Session },
  { userId: id, password }: z.infer<typeof setPasswordSchema>,
): Promise<void> {
  const { cityId, userId } = ctx.session;
  const hash = await hashPassword(password);
  await transact(ctx.db.sql, async (tx) => {
    await replacePassword(tx, { cityId, id, hash, by: userId, keep: null });
  });
  ctx.forgetSession(null);
}

/** The other sessions of the same person end; the one it was changed in goes on. */
export async function changeOwnPassword(
  ctx: Context & { session: Session },
  { current, next }: z.infer<typeof changeOwnPasswordSchema>,
): Promise<void> {
  const { cityId, userId } = ctx.session;
  await hitLimit(ctx.db.sql, `password:${cityId}:${userId}`, perPerson);
  const user = await findUser(ctx.db.sql, cityId, userId);
  if (!(await passwordMatches(user?.password_hash ?? null, current))) {
    throw new AppError('wrong_credentials', { field: 'current' });
  }
  const hash = await hashPassword(next);
  const keep = ctx.sessionToken === null ? null : hashToken(ctx.sessionToken);
  await transact(ctx.db.sql, async (tx) => {
    await replacePassword(tx, { cityId, id: userId, hash, by: userId, keep });
  });
  ctx.forgetSession(null);
}

interface PasswordChange {
  cityId: string;
  id: string;
  hash: string;
  by: string;
  keep: Buffer | null;
}
async function replacePassword(
  tx: Tx,
  { cityId, id, hash, by, keep }: PasswordChange,
): Promise<void> {
  if (!(await updatePassword(tx, cityId, id, hash)))
    throw new AppError('not_found', { field: 'userId' });
  await deleteSessionsOf(tx, cityId, id, keep);
  await recordAudit(tx, { cityId, userId: by, action: 'password.set', subject: id });
}

const foreignKeyViolation = '23503';
/** A team or a station that isn't there shows as its foreign key. */
function refuseUnknownReference(error: unknown): never {
  const { code, constraint_name: constraint } = error as {
    code?: string;
    constraint_name?: string;
  };
  if (code !== foreignKeyViolation) throw error;
  throw new AppError('not_found', {
    field: constraint?.includes('station') ? 'stationId' : 'teamId',
  });
}
