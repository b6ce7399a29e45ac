import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { maxMediaPerSubject } from '../../shared/media/schema.ts';
import type {
  listMediaSchema,
  MediaAddress,
  mediaAddressSchema,
  MediaKind,
  MediaView,
  UploadMetadata,
} from '../../shared/media/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Context, Services } from '../kernel/context.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { addressSeconds, makeUrl } from './addresses.ts';
import { findOwner, isOwn, isStaffOf, mayRemove } from './callers.ts';
import type { Caller } from './callers.ts';
import { mediaStoreOf } from './choose-store.ts';
import { makePhoto } from './photo.ts';
import {
  countMediaOf,
  findMedia,
  findMediaOfDevice,
  insertMedia,
  markPurged,
  markRemoved,
  readMediaViews,
  readMediaViewsOfDevice,
  readServerKey,
  viewOf,
} from './queries.ts';
import type { MediaRow, NewMedia, Owner } from './queries.ts';
import { storeKey } from './store.ts';
import type { MediaStore } from './store.ts';
import { isVoiceType, makeVoice } from './voice.ts';

type Means = Pick<Services, 'db' | 'config'>;

const photoTypes = new Set(['image/jpeg', 'image/png', 'image/webp']);

/**
 * Before the first byte comes. Answers what is there already under this id, of the same sender.
 * @throws AppError not_signed_in, not_allowed, not_found, media_too_many
 */
export async function admitUpload(
  db: Database,
  caller: Caller,
  metadata: UploadMetadata,
): Promise<MediaRow | null> {
  const owner = await findOwner(db.sql, caller, metadata);
  // Somebody signed in may send ahead of what it belongs to; a stranger's bytes are not kept for nothing.
  if (owner === null && caller.session?.cityId !== metadata.cityId)
    throw new AppError('not_found', { field: 'subjectId' });
  const known = await findMedia(db.sql, metadata.cityId, metadata.id);
  if (known !== null) {
    if (!isOwn(known, caller)) throw new AppError('not_allowed');
    return known;
  }
  await refuseMore(db.sql, metadata);
  return null;
}

/**
 * All bytes have come: judges them, makes of them what is kept, and records it. The same id again answers the same.
 * @throws AppError not_found for an unknown subject, not_allowed, media_type_unknown, media_unreadable,
 *   media_too_many, too_large
 */
export async function keepMedia(
  { db, config }: Means,
  caller: Caller,
  metadata: UploadMetadata,
  sent: Buffer,
): Promise<MediaView> {
  const { cityId, id } = metadata;
  const owner = await findOwner(db.sql, caller, metadata);
  if (owner === null) throw new AppError('not_found', { field: 'subjectId' });
  const known = await findMedia(db.sql, cityId, id);
  if (known !== null) return viewOf(ownOrRefuse(known, caller));
  await refuseMore(db.sql, metadata);

  const made = await make(metadata, sent);
  const store = mediaStoreOf(config);
  await putAll(store, metadata, made);
  try {
    return await record(db, caller, metadata, owner, made.kept);
  } catch (error) {
    // Refused at the last moment: no bytes without a row. On a lost database they stay for the next try.
    if (error instanceof AppError) await removeBytes(store, cityId, id);
    throw error;
  }
}

function ownOrRefuse(row: MediaRow, caller: Caller): MediaRow {
  if (!isOwn(row, caller)) throw new AppError('not_allowed');
  return row;
}

async function refuseMore(db: Db, metadata: UploadMetadata): Promise<void> {
  if ((await countMediaOf(db, metadata)) >= maxMediaPerSubject)
    throw new AppError('media_too_many', { params: { limit: maxMediaPerSubject } });
}

interface Made {
  kept: NewMedia;
  full: Buffer;
  /** of photos */
  thumbnail: Buffer | null;
}

async function make(metadata: UploadMetadata, sent: Buffer): Promise<Made> {
  const mime = (await fileTypeFromBuffer(sent))?.mime ?? '';
  const takes: Record<MediaKind, boolean> = {
    photo: photoTypes.has(mime),
    voice: isVoiceType(mime),
  };
  if (!takes[metadata.kind]) throw new AppError('media_type_unknown');
  if (metadata.kind === 'photo') {
    const { full, thumbnail, width, height } = await makePhoto(sent);
    return {
      kept: { ...described(full, 'image/jpeg'), width, height, durationSeconds: null },
      full,
      thumbnail,
    };
  }
  const { bytes, contentType, durationSeconds } = makeVoice(sent, mime, metadata.durationSeconds);
  return {
    kept: { ...described(bytes, contentType), width: null, height: null, durationSeconds },
    full: bytes,
    thumbnail: null,
  };
}

const described = (bytes: Buffer, contentType: string) => ({
  contentType,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest(),
});

async function putAll(store: MediaStore, { cityId, id }: UploadMetadata, made: Made) {
  await store.put(storeKey(cityId, id, 'full'), made.full, made.kept.contentType);
  if (made.thumbnail !== null)
    await store.put(storeKey(cityId, id, 'thumbnail'), made.thumbnail, 'image/jpeg');
}

async function removeBytes(store: MediaStore, cityId: string, id: string): Promise<void> {
  await store.remove(storeKey(cityId, id, 'full'));
  await store.remove(storeKey(cityId, id, 'thumbnail'));
}

/** Under the city's lock, so that the thirteenth is refused also when two come at once. */
function record(
  db: Database,
  caller: Caller,
  metadata: UploadMetadata,
  owner: Owner,
  kept: NewMedia,
): Promise<MediaView> {
  return changeCity(db, metadata.cityId, async ({ tx, now, emit }) => {
    await refuseMore(tx, metadata);
    await insertMedia(tx, metadata, owner, kept, now);
    const row = await findMedia(tx, metadata.cityId, metadata.id);
    if (row === null) throw new Error('a row just written is not there');
    const media = viewOf(ownOrRefuse(row, caller));
    emit({ kind: 'media.changed', media }, 'staff');
    return media;
  });
}

/** Staff sees what there is of their city's subjects, everyone else what they sent themselves. */
export async function listMedia(
  { db, session, deviceId }: Context,
  { subjectKind, subjectIds }: z.infer<typeof listMediaSchema>,
): Promise<MediaView[]> {
  const subject = { kind: subjectKind, ids: subjectIds };
  const own = deviceId === null ? [] : await readMediaViewsOfDevice(db.sql, deviceId, subject);
  if (session === null) return own;
  const { cityId, userId } = session;
  const all = isStaffOf(session, cityId);
  const seen = await readMediaViews(db.sql, cityId, subject, all ? null : { userId });
  const known = new Set(seen.map(({ id }) => id));
  return [...seen, ...own.filter(({ id }) => !known.has(id))];
}

/** What the caller may see under this id, not removed. @throws AppError not_found */
export async function seenMedia(db: Database, caller: Caller, id: string): Promise<MediaRow> {
  const { session, deviceId } = caller;
  const inCity = session === null ? null : await findMedia(db.sql, session.cityId, id);
  const row = inCity ?? (deviceId === null ? null : await findMediaOfDevice(db.sql, deviceId, id));
  const mayBeSeen = row !== null && (isStaffOf(session, row.cityId) || isOwn(row, caller));
  if (!mayBeSeen || row.removed) throw new AppError('not_found');
  return row;
}

const addressKeys = new WeakMap<Database, Promise<Buffer>>();

/** It never changes: whoever asks for an address, or for anything below it, costs the database nothing for it. */
export function addressKey(db: Database): Promise<Buffer> {
  const known = addressKeys.get(db);
  if (known !== undefined) return known;
  const key = readServerKey(db.sql, 'media');
  addressKeys.set(db, key);
  key.catch(() => addressKeys.delete(db));
  return key;
}

/**
 * An address of the bytes for the next ten minutes. It holds for this session or browser alone; that somebody signed
 * in read a photo in full, or a voice note, is recorded here: without an address there is no reading.
 * @throws AppError not_found
 */
export async function makeAddress(
  ctx: Context,
  { id, variant }: z.infer<typeof mediaAddressSchema>,
): Promise<MediaAddress> {
  const { db, session, deviceId } = ctx;
  const row = await seenMedia(db, ctx, id);
  if (row.kind === 'voice' && variant === 'thumbnail') throw new AppError('not_found');
  const inCity = session !== null && session.cityId === row.cityId ? session : null;
  const owner: Owner = inCity === null ? { deviceId: deviceId ?? '' } : { userId: inCity.userId };
  if (inCity !== null && variant === 'full')
    await recordAudit(db.sql, {
      cityId: row.cityId,
      userId: inCity.userId,
      action: 'media.read',
      subject: id,
      details: { medium: row.kind, belongsTo: `${row.subjectKind} ${row.subjectId}` },
    });
  const until = Date.now() + addressSeconds * 1000;
  const target = { cityId: row.cityId, id, variant };
  return {
    url: makeUrl(await addressKey(db), target, owner, until),
    expiresAt: new Date(Math.floor(until / 1000) * 1000).toISOString(),
  };
}

/** Marks it removed and deletes its bytes; should the store be away, the hourly sweep does it. @throws AppError not_found, not_allowed */
export async function removeMedia(ctx: Context, { id }: { id: string }): Promise<void> {
  const { db, session } = ctx;
  if (session === null) throw new AppError('not_signed_in');
  const { cityId, userId } = session;
  const row = await findMedia(db.sql, cityId, id);
  if (row === null || !(isStaffOf(session, cityId) || isOwn(row, ctx)))
    throw new AppError('not_found');
  if (!mayRemove(row, ctx)) throw new AppError('not_allowed');
  await changeCity(db, cityId, async ({ tx, now, emit }) => {
    if (row.removed) return;
    await markRemoved(tx, cityId, id, now);
    await recordAudit(tx, { cityId, userId, action: 'media.removed', subject: id });
    emit({ kind: 'media.changed', media: { ...viewOf(row), removed: true } }, 'staff');
  });
  await purge(ctx, cityId, id).catch((error: unknown) =>
    ctx.log('warn', 'the bytes of removed media are still there', { id, error }),
  );
}

export async function purge({ db, config }: Means, cityId: string, id: string): Promise<void> {
  await removeBytes(mediaStoreOf(config), cityId, id);
  await markPurged(db.sql, cityId, id);
}
