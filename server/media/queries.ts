import { randomBytes } from 'node:crypto';
import type { MediaSubject, MediaView, UploadMetadata } from '../../shared/media/schema.ts';
import type { Db } from '../kernel/sql.ts';

/** Who sent it: somebody signed in, or a browser. */
export type Owner = { userId: string } | { deviceId: string };

export interface MediaRow extends MediaView {
  cityId: string;
  userId: string | null;
  deviceId: string | null;
}

const viewColumns = (db: Db) => db`
  id, kind, subject_kind as "subjectKind", subject_id as "subjectId", content_type as "contentType", bytes, width,
  height, duration_seconds as "durationSeconds", taken_at as "takenAt", received_at as "receivedAt",
  removed_at is not null as removed`;

const rowColumns = (db: Db) =>
  db`${viewColumns(db)}, city_id as "cityId", user_id as "userId", device_id as "deviceId"`;

export function viewOf({ cityId: _city, userId: _user, deviceId: _device, ...view }: MediaRow) {
  return view satisfies MediaView;
}

/** Also one that was removed. */
export async function findMedia(db: Db, cityId: string, id: string): Promise<MediaRow | null> {
  const [row] = await db<MediaRow[]>`
    select ${rowColumns(db)} from media where city_id = ${cityId} and id = ${id}::uuid`;
  return row ?? null;
}

/** What a browser sent, in whichever city. */
export async function findMediaOfDevice(
  db: Db,
  deviceId: string,
  id: string,
): Promise<MediaRow | null> {
  const [row] = await db<MediaRow[]>`
    select ${rowColumns(db)} from media where device_id = ${deviceId}::uuid and id = ${id}::uuid`;
  return row ?? null;
}

/** Oldest first; with `owner` only what that person sent. */
export async function readMediaViews(
  db: Db,
  cityId: string,
  subject: { kind: MediaSubject; ids: readonly string[] },
  owner: { userId: string } | null,
): Promise<MediaView[]> {
  return await db<MediaView[]>`
    select ${viewColumns(db)} from media
    where city_id = ${cityId} and subject_kind = ${subject.kind}::media_subject
      and subject_id = any (${[...subject.ids]}::uuid[]) and removed_at is null
      and (${owner?.userId ?? null}::uuid is null or user_id = ${owner?.userId ?? null}::uuid)
    order by taken_at, id`;
}

export async function readMediaViewsOfDevice(
  db: Db,
  deviceId: string,
  subject: { kind: MediaSubject; ids: readonly string[] },
): Promise<MediaView[]> {
  return await db<MediaView[]>`
    select ${viewColumns(db)} from media
    where device_id = ${deviceId}::uuid and subject_kind = ${subject.kind}::media_subject
      and subject_id = any (${[...subject.ids]}::uuid[]) and removed_at is null
    order by taken_at, id`;
}

/** How many there are of a subject, without this one. */
export async function countMediaOf(
  db: Db,
  { cityId, subjectKind, subjectId, id }: UploadMetadata,
): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from media
    where city_id = ${cityId} and subject_kind = ${subjectKind}::media_subject
      and subject_id = ${subjectId}::uuid and removed_at is null and id <> ${id}::uuid`;
  return row?.count ?? 0;
}

export interface NewMedia {
  contentType: string;
  bytes: number;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  sha256: Buffer;
}

export async function insertMedia(
  db: Db,
  { cityId, id, kind, subjectKind, subjectId, takenAt }: UploadMetadata,
  owner: Owner,
  kept: NewMedia,
  now: string,
): Promise<void> {
  await db`
    insert into media (city_id, id, kind, subject_kind, subject_id, user_id, device_id, content_type, bytes, width,
      height, duration_seconds, sha256, taken_at, received_at)
    values (${cityId}, ${id}::uuid, ${kind}::media_kind, ${subjectKind}::media_subject, ${subjectId}::uuid,
      ${'userId' in owner ? owner.userId : null}::uuid, ${'deviceId' in owner ? owner.deviceId : null}::uuid,
      ${kept.contentType}, ${kept.bytes}, ${kept.width}, ${kept.height}, ${kept.durationSeconds}, ${kept.sha256},
      least(${takenAt}::timestamptz, ${now}::timestamptz), ${now}::timestamptz)
    on conflict (city_id, id) do nothing`;
}

export async function markRemoved(db: Db, cityId: string, id: string, now: string): Promise<void> {
  await db`
    update media set removed_at = ${now}::timestamptz
    where city_id = ${cityId} and id = ${id}::uuid and removed_at is null`;
}

/** Removed, but perhaps with bytes still in the store. */
export async function findUnpurged(
  db: Db,
  limit: number,
): Promise<{ cityId: string; id: string }[]> {
  return await db<{ cityId: string; id: string }[]>`
    select city_id as "cityId", id from media where removed_at is not null and purged_at is null
    order by removed_at limit ${limit}`;
}

export async function markPurged(db: Db, cityId: string, id: string): Promise<void> {
  await db`
    update media set purged_at = greatest(clock_timestamp(), removed_at)
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** The key of that name, made by whichever server asks first. */
export async function readServerKey(db: Db, name: string): Promise<Buffer> {
  await db`
    insert into server_keys (name, key) values (${name}, ${randomBytes(32)}) on conflict (name) do nothing`;
  const [row] = await db<{ key: Uint8Array }[]>`select key from server_keys where name = ${name}`;
  if (!row) throw new Error(`the key ${name} is not there`);
  return Buffer.from(row.key);
}
