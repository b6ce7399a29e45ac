/** The first administrator of a city: a link that works once, printed where the server was started. */
import type { z } from 'zod';
import type { SessionView, setupAdministratorSchema } from '../../shared/accounts/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { Context } from '../kernel/context.ts';
import { hitLimit, networkOf } from '../kernel/rate-limit.ts';
import { transact } from '../kernel/sql.ts';
import type { Db } from '../kernel/sql.ts';
import { addUser } from './actions.ts';
import { recordAudit } from './audit.ts';
import { insertFirstCity } from './first-city.ts';
import { hashPassword, noPassword } from './passwords.ts';
import { openSession } from './sessions.ts';
import { hashToken, newToken } from './tokens.ts';

const linkHours = 24;
const tries = { limit: 20, windowSeconds: 15 * 60 };

/** A new one-time link for this city; earlier ones that weren't used end. */
export async function createSetupLink(db: Db, cityId: string): Promise<string> {
  const token = newToken();
  await db`delete from setup_links where city_id = ${cityId} and used_at is null`;
  await db`
    insert into setup_links (token_hash, city_id, expires_at)
    values (${hashToken(token)}, ${cityId}, now() + make_interval(hours => ${linkHours}::int))`;
  return token;
}

/** A new one-time link that makes the first city together with its administrator. */
export async function createFirstCityLink(db: Db): Promise<string> {
  const token = newToken();
  await db`delete from setup_links where city_id is null and used_at is null`;
  await db`
    insert into setup_links (token_hash, city_id, expires_at)
    values (${hashToken(token)}, null, now() + make_interval(hours => ${linkHours}::int))`;
  return token;
}

/** Whether somebody could administer the city; an account of a demo, which has no password, could not without it. */
export async function hasAdministrator(db: Db, cityId: string): Promise<boolean> {
  const found = await db`
    select 1 from users where city_id = ${cityId} and role = 'administrator' and disabled_at is null
      and password_hash <> ${noPassword} limit 1`;
  return found.length > 0;
}

export async function setupAdministrator(
  ctx: Context,
  input: z.infer<typeof setupAdministratorSchema>,
): Promise<SessionView> {
  await hitLimit(ctx.db.sql, `setup:${networkOf(ctx.address)}`, tries);
  const passwordHash = await hashPassword(input.password);
  const { cityId, user } = await transact(ctx.db.sql, async (tx) => {
    const [link] = await tx<{ city_id: string | null }[]>`
      update setup_links set used_at = now()
      where token_hash = ${hashToken(input.token)} and used_at is null and expires_at > now()
      returning city_id`;
    if (!link) throw new AppError('link_expired', { field: 'token' });
    const cityId = link.city_id ?? input.city?.id;
    if (cityId === undefined) throw new AppError('invalid_input', { field: 'city' });
    if (link.city_id === null) await insertFirstCity(tx, input.city!);
    const created = await addUser(tx, cityId, {
      username: input.username,
      displayName: input.displayName,
      role: 'administrator',
      reporterKind: null,
      teamId: null,
      stationId: null,
      passwordHash,
    });
    await recordAudit(tx, {
      cityId,
      userId: created.id,
      action: 'administrator.set_up',
      subject: created.id,
    });
    return { cityId, user: created };
  });
  return openSession(ctx, cityId, user);
}
