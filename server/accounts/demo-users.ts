/** One account per role in a demo city, entered with one click and by no password. */
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { roles } from '../../shared/accounts/schema.ts';
import type { enterDemoSchema, Role, SessionView } from '../../shared/accounts/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { Context } from '../kernel/context.ts';
import { hitLimit, networkOf } from '../kernel/rate-limit.ts';
import type { Db } from '../kernel/sql.ts';
import { recordAudit } from './audit.ts';
import { noPassword } from './passwords.ts';
import { findUserByName, insertUser, updateUser, viewOfUser } from './queries.ts';
import type { UserRow } from './queries.ts';
import { openSession } from './sessions.ts';

const entries = { limit: 300, windowSeconds: 10 * 60 };

/** As people see them on the screens of a demo, whose first language is Chinese. */
const displayNames: Record<Role, string> = {
  reporter: '小陈（快递员）',
  patrol: '巡查队员',
  dispatcher: '值班调度员',
  station_manager: '站长',
  administrator: '管理员',
  auditor: '审计员',
};

/** Makes what is missing; the patrol gets the first team and the manager the first station once there is one. */
export async function ensureDemoUsers(db: Db, cityId: string): Promise<void> {
  for (const role of roles) await ensureDemoUser(db, cityId, role);
}

const nameOf = (role: Role): string => `demo-${role.replace('_', '-')}`;

async function ensureDemoUser(db: Db, cityId: string, role: Role): Promise<UserRow> {
  const username = nameOf(role);
  await insertUser(db, {
    city_id: cityId,
    id: uuidv7(),
    username,
    display_name: displayNames[role],
    role,
    reporter_kind: role === 'reporter' ? 'courier' : null,
    team_id: null,
    station_id: null,
    password_hash: noPassword,
  });
  const user = (await findUserByName(db, cityId, username))!;
  const teamId = role === 'patrol' ? await firstTeam(db, cityId, user.team_id) : null;
  const stationId =
    role === 'station_manager' ? await firstStation(db, cityId, user.station_id) : null;
  if (
    user.role === role &&
    user.team_id === teamId &&
    user.station_id === stationId &&
    !user.disabled
  ) {
    return user;
  }
  const restored = { ...viewOfUser(user), role, teamId, stationId, disabled: false };
  return (await updateUser(db, cityId, restored))!;
}

async function firstTeam(db: Db, cityId: string, held: string | null): Promise<string | null> {
  const [team] = await db<{ id: string }[]>`
    select id from teams where city_id = ${cityId} and removed_at is null
    order by id is not distinct from ${held}::uuid desc, call_sign, id limit 1`;
  return team?.id ?? null;
}

async function firstStation(db: Db, cityId: string, held: string | null): Promise<string | null> {
  const [station] = await db<{ id: string }[]>`
    select id from stations where city_id = ${cityId} and removed_at is null
    order by id is not distinct from ${held}::uuid desc, id limit 1`;
  return station?.id ?? null;
}

/** @throws AppError not_allowed outside of a demo city */
export async function enterDemo(
  ctx: Context,
  { cityId, role }: z.infer<typeof enterDemoSchema>,
): Promise<SessionView> {
  await hitLimit(ctx.db.sql, `demo:${networkOf(ctx.address)}`, entries);
  const [city] = await ctx.db.sql<
    { demo: boolean }[]
  >`select demo from cities where id = ${cityId}`;
  if (!city) throw new AppError('not_found', { field: 'cityId' });
  // Switched off, the door is shut also in a city where there was a demo before.
  if (!city.demo || !ctx.config.demo.on) throw new AppError('not_allowed', { field: 'cityId' });
  const user = await ensureDemoUser(ctx.db.sql, cityId, role);
  await recordAudit(ctx.db.sql, {
    cityId,
    userId: user.id,
    action: 'login.demo',
    subject: user.username,
    details: { address: ctx.address },
  });
  return openSession(ctx, cityId, user);
}
