import type { Role, UserView } from '../../shared/accounts/schema.ts';
import type { ReporterKind } from '../../shared/sightings/schema.ts';
import type { Db } from '../kernel/sql.ts';

export interface UserRow {
  id: string;
  username: string;
  display_name: string;
  role: Role;
  reporter_kind: ReporterKind | null;
  team_id: string | null;
  station_id: string | null;
  password_hash: string;
  disabled: boolean;
  /** by which code it was made; null = not by one */
  enrolment_id: string | null;
  ends_at: string | null;
}

export const viewOfUser = (row: UserRow): UserView => ({
  id: row.id,
  username: row.username,
  displayName: row.display_name,
  role: row.role,
  reporterKind: row.reporter_kind,
  teamId: row.team_id,
  stationId: row.station_id,
  disabled: row.disabled,
});

const columns = (db: Db) => db`
  id, username, display_name, role, reporter_kind, team_id, station_id, password_hash,
  disabled_at is not null as disabled, enrolment_id, ends_at`;

export async function findUserByName(
  db: Db,
  cityId: string,
  username: string,
): Promise<UserRow | null> {
  const [user] = await db<UserRow[]>`
    select ${columns(db)} from users where city_id = ${cityId} and username = ${username}`;
  return user ?? null;
}

export async function findUser(db: Db, cityId: string, id: string): Promise<UserRow | null> {
  const [user] = await db<UserRow[]>`
    select ${columns(db)} from users where city_id = ${cityId} and id = ${id}::uuid`;
  return user ?? null;
}

/** People with an account of their own; the devices of a code are listed with it. */
export async function listUsers(db: Db, cityId: string): Promise<UserView[]> {
  const users = await db<UserRow[]>`
    select ${columns(db)} from users where city_id = ${cityId} and enrolment_id is null
    order by disabled_at is not null, role, username`;
  return users.map(viewOfUser);
}

export interface NewUser extends Omit<UserRow, 'disabled' | 'enrolment_id' | 'ends_at'> {
  city_id: string;
}
/** false when the name is taken in this city */
export async function insertUser(db: Db, user: NewUser): Promise<boolean> {
  const inserted = await db`
    insert into users (city_id, id, username, display_name, role, reporter_kind, team_id, station_id, password_hash)
    values (${user.city_id}, ${user.id}::uuid, ${user.username}, ${user.display_name}, ${user.role}::account_role,
            ${user.reporter_kind}::reporter_kind, ${user.team_id}::uuid, ${user.station_id}::uuid, ${user.password_hash})
    on conflict (city_id, username) do nothing`;
  return inserted.count === 1;
}

export async function updateUser(
  db: Db,
  cityId: string,
  user: Pick<
    UserView,
    'id' | 'displayName' | 'role' | 'reporterKind' | 'teamId' | 'stationId' | 'disabled'
  >,
): Promise<UserRow | null> {
  const [row] = await db<UserRow[]>`
    update users set
      display_name = ${user.displayName}, role = ${user.role}::account_role,
      reporter_kind = ${user.reporterKind}::reporter_kind, team_id = ${user.teamId}::uuid,
      station_id = ${user.stationId}::uuid,
      disabled_at = case when ${user.disabled} then coalesce(disabled_at, now()) end
    where city_id = ${cityId} and id = ${user.id}::uuid
    returning ${columns(db)}`;
  return row ?? null;
}

export async function updatePassword(
  db: Db,
  cityId: string,
  userId: string,
  hash: string,
): Promise<boolean> {
  const updated = await db`
    update users set password_hash = ${hash} where city_id = ${cityId} and id = ${userId}::uuid`;
  return updated.count === 1;
}

/** Holds the rows of all who can administer the city, so that two of them can't disable each other. */
export async function lockActiveAdministrators(db: Db, cityId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from users where city_id = ${cityId} and role = 'administrator' and disabled_at is null
    order by id for update`;
  return rows.map((row) => row.id);
}

export interface SessionRow {
  city_id: string;
  user_id: string;
  expires_at: string;
  role: Role;
  reporter_kind: ReporterKind | null;
  team_id: string | null;
  station_id: string | null;
  display_name: string;
  enrolment_id: string | null;
  ends_at: string | null;
}

export async function findSession(db: Db, tokenHash: Buffer): Promise<SessionRow | null> {
  const [row] = await db<SessionRow[]>`
    select s.city_id, s.user_id, s.expires_at, u.role, u.reporter_kind, u.team_id, u.station_id, u.display_name,
      u.enrolment_id, u.ends_at
    from sessions s join users u on u.city_id = s.city_id and u.id = s.user_id
    where s.token_hash = ${tokenHash} and s.expires_at > now() and u.disabled_at is null
      and (u.ends_at is null or u.ends_at > now())`;
  return row ?? null;
}

export async function insertSession(
  db: Db,
  session: { tokenHash: Buffer; cityId: string; userId: string; seconds: number },
): Promise<void> {
  await db`
    insert into sessions (token_hash, city_id, user_id, expires_at)
    values (${session.tokenHash}, ${session.cityId}, ${session.userId}::uuid,
            now() + make_interval(secs => ${session.seconds}::int))`;
}

export async function extendSession(db: Db, tokenHash: Buffer, seconds: number): Promise<void> {
  await db`
    update sessions set expires_at = now() + make_interval(secs => ${seconds}::int) where token_hash = ${tokenHash}`;
}

export async function deleteSession(db: Db, tokenHash: Buffer): Promise<void> {
  await db`delete from sessions where token_hash = ${tokenHash}`;
}

/** Ends every session of a user but the one to keep; returns nothing, the rows are gone. */
export async function deleteSessionsOf(
  db: Db,
  cityId: string,
  userId: string,
  keep: Buffer | null = null,
): Promise<void> {
  await db`
    delete from sessions
    where city_id = ${cityId} and user_id = ${userId}::uuid and (${keep}::bytea is null or token_hash <> ${keep}::bytea)`;
}

export async function deleteExpiredSessions(db: Db): Promise<void> {
  await db`delete from sessions where expires_at < now()`;
}
