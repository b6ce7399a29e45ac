/** Who is signed in: a random token in the cookie, its hash and its end in the table. */
import { sessionSeconds, shouldSlide } from '../../shared/accounts/rules.ts';
import type { SessionView } from '../../shared/accounts/schema.ts';
import { sessionCookie } from '../kernel/context.ts';
import type { Context, Session } from '../kernel/context.ts';
import type { Db } from '../kernel/sql.ts';
import {
  deleteExpiredSessions,
  deleteSession,
  extendSession,
  findSession,
  findUser,
  insertSession,
  viewOfUser,
} from './queries.ts';
import { noteDeviceUse } from './enrolment-queries.ts';
import type { UserRow } from './queries.ts';
import { hashToken, newToken } from './tokens.ts';

/** The cookie outlives the session: the row decides, and it slides with use. */
const cookieSeconds = 30 * 24 * 3600;

/** The session behind a cookie, or null when it ended; now and then it is extended by having been used. */
export async function readSession(db: Db, token: string): Promise<Session | null> {
  const tokenHash = hashToken(token);
  const row = await findSession(db, tokenHash);
  if (!row) return null;
  if (row.ends_at !== null) await noteDeviceUse(db, row.city_id, row.user_id);
  else if (shouldSlide(row.role, row.expires_at, Date.now())) {
    await extendSession(db, tokenHash, sessionSeconds(row.role));
  }
  return {
    cityId: row.city_id,
    userId: row.user_id,
    role: row.role,
    reporterKind: row.reporter_kind,
    teamId: row.team_id,
    stationId: row.station_id,
    displayName: row.display_name,
    ...(row.enrolment_id !== null && { enrolmentId: row.enrolment_id }),
  };
}

/** An account that ends is signed in until then: a phone in a pocket all summer still reports in November. */
const secondsOf = (user: UserRow): number =>
  user.ends_at === null
    ? sessionSeconds(user.role)
    : Math.max(1, Math.ceil((Date.parse(user.ends_at) - Date.now()) / 1000));

/** A new session for this user, its token in the caller's cookie; the one it came with ends. */
export async function openSession(
  ctx: Pick<Context, 'db' | 'setCookie' | 'sessionToken' | 'forgetSession'>,
  cityId: string,
  user: UserRow,
): Promise<SessionView> {
  const token = newToken();
  if (ctx.sessionToken !== null) await endSession(ctx, ctx.sessionToken);
  await insertSession(ctx.db.sql, {
    tokenHash: hashToken(token),
    cityId,
    userId: user.id,
    seconds: secondsOf(user),
  });
  await deleteExpiredSessions(ctx.db.sql);
  ctx.setCookie(sessionCookie, token, Math.max(cookieSeconds, secondsOf(user)));
  return { cityId, user: viewOfUser(user) };
}

async function endSession(
  ctx: Pick<Context, 'db' | 'forgetSession'>,
  token: string,
): Promise<void> {
  await deleteSession(ctx.db.sql, hashToken(token));
  ctx.forgetSession(token);
}

export async function logout(ctx: Context): Promise<void> {
  if (ctx.sessionToken !== null) await endSession(ctx, ctx.sessionToken);
  ctx.clearCookie(sessionCookie);
}

export async function readSessionView(ctx: Context): Promise<SessionView | null> {
  if (!ctx.session) return null;
  const user = await findUser(ctx.db.sql, ctx.session.cityId, ctx.session.userId);
  return user ? { cityId: ctx.session.cityId, user: viewOfUser(user) } : null;
}
