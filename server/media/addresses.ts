/** Addresses of bytes: good for a few minutes, and only together with the session or browser they were made for. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MediaVariant } from '../../shared/media/schema.ts';
import type { Owner } from './queries.ts';

export const mediaPath = '/media';
export const addressSeconds = 600;

export interface Target {
  cityId: string;
  id: string;
  variant: MediaVariant;
}

/** Tells nothing of the person or the browser to whoever reads the address. */
export function whoOf(key: Buffer, owner: Owner): string {
  const name = 'userId' in owner ? `user:${owner.userId}` : `device:${owner.deviceId}`;
  return createHmac('sha256', key).update(`who ${name}`).digest('base64url').slice(0, 22);
}

const signatureOf = (key: Buffer, target: Target, who: string, until: string): Buffer =>
  createHmac('sha256', key)
    .update(`media ${target.cityId}/${target.id}/${target.variant} ${who} ${until}`)
    .digest();

export function makeUrl(key: Buffer, target: Target, owner: Owner, untilMs: number): string {
  const who = whoOf(key, owner);
  const until = String(Math.floor(untilMs / 1000));
  const signature = signatureOf(key, target, who, until).toString('base64url');
  const query = new URLSearchParams({ who, until, signature }).toString();
  return `${mediaPath}/${target.cityId}/${target.id}/${target.variant}?${query}`;
}

const addressPattern =
  /^\/media\/([a-z0-9][a-z0-9-]{1,39})\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/(thumbnail|full)$/;

/** What the address is of, or null where it is none of ours, is not signed by us, or has run out. */
export function readUrl(key: Buffer, url: URL, nowMs: number): (Target & { who: string }) | null {
  const [, cityId, id, variant] = addressPattern.exec(url.pathname) ?? [];
  if (cityId === undefined || id === undefined || variant === undefined) return null;
  const target: Target = { cityId, id, variant: variant as MediaVariant };
  const who = url.searchParams.get('who') ?? '';
  const until = url.searchParams.get('until') ?? '';
  const given = Buffer.from(url.searchParams.get('signature') ?? '', 'base64url');
  const expected = signatureOf(key, target, who, until);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  if (!/^\d{1,12}$/.test(until) || Number(until) * 1000 < nowMs) return null;
  return { ...target, who };
}
