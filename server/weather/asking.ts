/** One question over the network: patient for so long, for so many bytes and so many detours, and no further. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { AnswerError, malformed } from './provider.ts';
import type { Asking, Validators } from './provider.ts';

const patienceMs = 20_000;
const mostBytes = 8 * 1024 * 1024;
const mostDetours = 3;
const longestRetryMs = 24 * 3_600_000;

export interface Question {
  url: string;
  /** only for the host that was set up: no detour gets them */
  headers?: Record<string, string>;
  validators?: Validators | undefined;
  /** the host an administrator trusts, within the own network too; others only where everybody may go */
  trustedHost: string;
}
export type Reply = { changed: false } | { changed: true; text: string; validators: Validators };

/** @throws AnswerError */
export async function ask(question: Question, asking: Asking): Promise<Reply> {
  const patience = AbortSignal.timeout(asking.waitMs ?? patienceMs);
  const signal = AbortSignal.any([asking.signal, patience]);
  const response = await followed(question, signal);
  try {
    if (response.status === 304) return { changed: false };
    if (!response.ok)
      throw new AnswerError(
        { code: 'refused', status: response.status },
        retryAfter(response, asking.now()),
      );
    const bytes = await bodyOf(response, asking.maxBytes ?? mostBytes);
    if (bytes.length === 0) throw malformed('empty');
    const validators: Validators = {};
    const etag = response.headers.get('etag');
    const lastModified = response.headers.get('last-modified');
    if (etag !== null && etag.length <= 200) validators.etag = etag;
    if (lastModified !== null && lastModified.length <= 100) validators.lastModified = lastModified;
    return {
      changed: true,
      text: decoded(bytes, response.headers.get('content-type')),
      validators,
    };
  } finally {
    await response.body?.cancel().catch(() => undefined);
  }
}

async function followed(question: Question, signal: AbortSignal): Promise<Response> {
  let url = new URL(question.url);
  const { origin } = url;
  for (let detours = 0; detours <= mostDetours; detours += 1) {
    await requireAllowed(url, question.trustedHost);
    const response = await knock(url, headersFor(question, url.origin === origin), signal);
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel().catch(() => undefined);
    if (!URL.canParse(location, url)) throw new AnswerError({ code: 'unreachable' });
    url = new URL(location, url);
  }
  throw new AnswerError({ code: 'unreachable' });
}

async function knock(url: URL, headers: Headers, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers, signal, redirect: 'manual' });
  } catch {
    throw new AnswerError({ code: 'unreachable' });
  }
}

function headersFor({ headers, validators }: Question, isOwn: boolean): Headers {
  const all = new Headers({
    accept:
      'application/json, application/cap+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5',
    'user-agent': 'nuanxun',
  });
  if (!isOwn) return all;
  for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
  if (validators?.etag !== undefined) all.set('if-none-match', validators.etag);
  if (validators?.lastModified !== undefined) all.set('if-modified-since', validators.lastModified);
  return all;
}

const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inside.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  inside.addSubnet(network, prefix, 'ipv6');

/**
 * The host that was set up may be anywhere, also in the office's own network. Where an answer points to another host,
 * that one is only asked if it is a public one: a feed from outside doesn't get to choose what is asked inside.
 */
async function requireAllowed(url: URL, trustedHost: string): Promise<void> {
  if (!['http:', 'https:'].includes(url.protocol)) throw new AnswerError({ code: 'unreachable' });
  if (url.hostname === trustedHost) return;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses =
    isIP(host) === 0 ? await lookup(host, { all: true }).catch(() => []) : [{ address: host }];
  const isPublic = ({ address }: { address: string }): boolean =>
    !inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  if (addresses.length === 0 || !addresses.every(isPublic))
    throw new AnswerError({ code: 'unreachable' });
}

async function bodyOf(response: Response, mostBytesNow: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > mostBytesNow) throw malformed('too_large');
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AnswerError) throw error;
    const cause = (error as { cause?: { code?: unknown } }).cause?.code;
    if (typeof cause === 'string' && cause.startsWith('Z_')) throw malformed('encoding');
    throw new AnswerError({ code: 'unreachable' });
  }
  return unpacked(Buffer.concat(chunks), mostBytesNow);
}

/** Some pack their answer without saying so. */
function unpacked(bytes: Buffer, mostBytesNow: number): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytesNow });
  } catch {
    throw malformed('encoding');
  }
}

/** As the header says, else as the document itself says, else UTF-8. */
export function decoded(bytes: Uint8Array, contentType: string | null): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const named =
    /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ??
    /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ??
    byteOrder(bytes);
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

const byteOrder = (bytes: Uint8Array): string =>
  bytes[0] === 0xff && bytes[1] === 0xfe
    ? 'utf-16le'
    : bytes[0] === 0xfe && bytes[1] === 0xff
      ? 'utf-16be'
      : 'utf-8';

/** Seconds, or a date; null where it doesn't say. */
function retryAfter(response: Response, nowMs: number): number | null {
  const text = response.headers.get('retry-after');
  if (text === null) return null;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestRetryMs) : null;
}
