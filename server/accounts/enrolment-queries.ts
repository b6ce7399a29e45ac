import { devicePageSize } from '../../shared/accounts/enrolment.ts';
import type {
  EnrolledDevice,
  EnrolmentDraft,
  EnrolmentView,
} from '../../shared/accounts/enrolment.ts';
import type { ReporterKind } from '../../shared/sightings/schema.ts';
import type { Db, Tx } from '../kernel/sql.ts';
import { noPassword } from './passwords.ts';

/** A device that counts: neither revoked nor at its end. */
const inUse = (db: Db) => db`u.disabled_at is null and u.ends_at > now()`;

const columns = (db: Db) => db`
  e.id, e.label, e.reporter_kind as "reporterKind", e.most_devices as "mostDevices",
  e.account_days as "accountDays", e.expires_at as "expiresAt", e.created_at as "createdAt",
  e.revoked_at as "revokedAt",
  (select count(*)::int from users u
    where u.city_id = e.city_id and u.enrolment_id = e.id and ${inUse(db)}) as devices`;

export async function listEnrolments(db: Db, cityId: string): Promise<EnrolmentView[]> {
  return await db<EnrolmentView[]>`
    select ${columns(db)} from enrolment_codes e where e.city_id = ${cityId}
    order by e.revoked_at is not null, e.created_at desc, e.id`;
}

export async function findEnrolment(
  db: Db,
  cityId: string,
  id: string,
): Promise<EnrolmentView | null> {
  const [row] = await db<EnrolmentView[]>`
    select ${columns(db)} from enrolment_codes e where e.city_id = ${cityId} and e.id = ${id}::uuid`;
  return row ?? null;
}

/**
 * A code that was made but whose answer was lost gets a new token by the same id, as long as nobody used it.
 * False when the id is taken otherwise.
 */
export async function insertEnrolment(
  db: Db,
  code: EnrolmentDraft & { cityId: string; createdBy: string; tokenHash: Buffer },
): Promise<boolean> {
  const written = await db`
    insert into enrolment_codes as e
      (city_id, id, token_hash, label, reporter_kind, most_devices, account_days, expires_at, created_by)
    values (${code.cityId}, ${code.id}::uuid, ${code.tokenHash}, ${code.label},
            ${code.reporterKind}::reporter_kind, ${code.mostDevices}::int, ${code.accountDays}::int,
            ${code.expiresAt}::timestamptz, ${code.createdBy}::uuid)
    on conflict (city_id, id) do update set token_hash = excluded.token_hash
      where e.created_by = excluded.created_by and e.revoked_at is null
        and not exists (select 1 from users u where u.city_id = e.city_id and u.enrolment_id = e.id)`;
  return written.count === 1;
}

export async function revokeCode(db: Db, cityId: string, id: string): Promise<boolean> {
  const updated = await db`
    update enrolment_codes set revoked_at = coalesce(revoked_at, now())
    where city_id = ${cityId} and id = ${id}::uuid`;
  return updated.count === 1;
}

export interface CodeRow {
  city_id: string;
  id: string;
  label: string;
  reporter_kind: ReporterKind;
  most_devices: number;
  account_days: number;
  created_by: string;
  expired: boolean;
  revoked: boolean;
}
const codeColumns = (db: Db) => db`
  city_id, id, label, reporter_kind, most_devices, account_days, created_by,
  expires_at <= now() as expired, revoked_at is not null as revoked`;

export async function findCode(db: Db, tokenHash: Buffer): Promise<CodeRow | null> {
  const [row] = await db<CodeRow[]>`
    select ${codeColumns(db)} from enrolment_codes where token_hash = ${tokenHash}`;
  return row ?? null;
}

/** Holds the code, so that two phones never take its last place together. */
export async function lockCode(tx: Tx, tokenHash: Buffer): Promise<CodeRow | null> {
  const [row] = await tx<CodeRow[]>`
    select ${codeColumns(tx)} from enrolment_codes where token_hash = ${tokenHash} for update`;
  return row ?? null;
}

export async function countDevices(db: Db, cityId: string, enrolmentId: string): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from users u
    where u.city_id = ${cityId} and u.enrolment_id = ${enrolmentId}::uuid and ${inUse(db)}`;
  return row!.count;
}

export async function findDeviceAccount(
  db: Db,
  code: Pick<CodeRow, 'city_id' | 'id'>,
  deviceId: string,
): Promise<{ id: string; revoked: boolean; ended: boolean } | null> {
  const [row] = await db<{ id: string; revoked: boolean; ended: boolean }[]>`
    select id, disabled_at is not null as revoked, ends_at <= now() as ended from users
    where city_id = ${code.city_id} and enrolment_id = ${code.id}::uuid
      and enrolled_device = ${deviceId}::uuid`;
  return row ?? null;
}

export async function insertDeviceAccount(
  db: Db,
  account: {
    code: CodeRow;
    id: string;
    username: string;
    displayName: string;
    phone: string;
    deviceId: string;
  },
): Promise<void> {
  const { code } = account;
  await db`
    insert into users (city_id, id, username, display_name, role, reporter_kind, password_hash,
                       enrolment_id, enrolled_device, phone, ends_at, last_used_at)
    values (${code.city_id}, ${account.id}::uuid, ${account.username}, ${account.displayName}, 'reporter',
            ${code.reporter_kind}::reporter_kind, ${noPassword}, ${code.id}::uuid,
            ${account.deviceId}::uuid, ${account.phone},
            now() + make_interval(days => ${code.account_days}::int), now())`;
}

/** Scanned again while the code holds: a whole term from now; an empty name or phone leaves what was said before. */
export async function renewDeviceAccount(
  db: Db,
  cityId: string,
  account: { id: string; displayName: string; phone: string; accountDays: number },
): Promise<void> {
  await db`
    update users set
      display_name = case when ${account.displayName} = '' then display_name else ${account.displayName} end,
      phone = case when ${account.phone} = '' then phone else ${account.phone} end,
      ends_at = greatest(ends_at, now() + make_interval(days => ${account.accountDays}::int)),
      last_used_at = now()
    where city_id = ${cityId} and id = ${account.id}::uuid`;
}

export async function listEnrolledDevices(
  db: Db,
  cityId: string,
  enrolmentId: string,
): Promise<EnrolledDevice[]> {
  return await db<EnrolledDevice[]>`
    select id as "userId", display_name as "displayName", phone, created_at as "enrolledAt",
      last_used_at as "lastUsedAt", ends_at as "endsAt", disabled_at is not null as revoked
    from users where city_id = ${cityId} and enrolment_id = ${enrolmentId}::uuid
    order by disabled_at is not null, last_used_at desc nulls last, id limit ${devicePageSize}`;
}

/** False when there is no such device in this city. */
export async function disableDevice(db: Db, cityId: string, userId: string): Promise<boolean> {
  const updated = await db`
    update users set disabled_at = coalesce(disabled_at, now())
    where city_id = ${cityId} and id = ${userId}::uuid and enrolment_id is not null`;
  return updated.count === 1;
}

/** Every device of a code and its sessions; answers how many were in use. */
export async function disableDevicesOf(
  db: Db,
  cityId: string,
  enrolmentId: string,
): Promise<number> {
  const disabled = await db`
    update users set disabled_at = now()
    where city_id = ${cityId} and enrolment_id = ${enrolmentId}::uuid and disabled_at is null`;
  await db`
    delete from sessions s using users u
    where u.city_id = ${cityId} and u.enrolment_id = ${enrolmentId}::uuid
      and s.city_id = u.city_id and s.user_id = u.id`;
  return disabled.count;
}

/** Written at most once in a quarter of an hour for each device. */
export async function noteDeviceUse(db: Db, cityId: string, userId: string): Promise<void> {
  await db`
    update users set last_used_at = now()
    where city_id = ${cityId} and id = ${userId}::uuid
      and (last_used_at is null or last_used_at < now() - interval '15 minutes')`;
}
