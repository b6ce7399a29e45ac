import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import http from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import { mediaStoreOf } from './choose-store.ts';
import { diskStore } from './disk-store.ts';
import { s3Store } from './s3-store.ts';
import { storeKey } from './store.ts';
import type { MediaStore } from './store.ts';

const credentials = { accessKeyId: 'nuanxun', secretAccessKey: 'a secret / with + signs' };
const region = 'cn-north-1';
const objects = new Map<string, Buffer>();
const faults: string[] = [];
const methods: string[] = [];
/** What the next requests are answered instead; a store may be away for a moment. */
const instead: number[] = [];
let server: http.Server;
let endpoint: string;
let folder: string;

/** A store of one bucket that takes no request without the signature it has counted itself. */
async function answer(request: IncomingMessage, response: http.ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  methods.push(request.method!);
  const status = instead.shift();
  if (status !== undefined) return void response.writeHead(status).end('<Error/>');
  const fault = faultOfSignature(request, body);
  if (fault !== null) {
    faults.push(fault);
    return void response.writeHead(403).end(`<Error><Code>${fault}</Code></Error>`);
  }
  const [, bucket, ...rest] = request.url!.split('/');
  const key = rest.join('/');
  if (bucket !== 'nuanxun-media')
    return void response.writeHead(404).end('<Error>NoSuchBucket</Error>');
  if (request.method === 'PUT') {
    objects.set(key, body);
    return void response.writeHead(200).end();
  }
  if (request.method === 'DELETE') {
    objects.delete(key);
    return void response.writeHead(204).end();
  }
  const found = objects.get(key);
  if (found === undefined) return void response.writeHead(404).end('<Error>NoSuchKey</Error>');
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  if (from === undefined) return void response.writeHead(200).end(found);
  response.writeHead(206).end(found.subarray(Number(from), Number(to) + 1));
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) =>
  createHmac('sha256', key).update(data).digest();

/** Signature version 4, written down from its definition. */
function faultOfSignature({ method, url, headers }: IncomingMessage, body: Buffer): string | null {
  const [, keyId, day, zone, service, signed, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (signed === undefined) return 'NotSigned';
  if (keyId !== credentials.accessKeyId || zone !== region || service !== 's3') return 'WrongScope';
  const at = headers['x-amz-date'] as string;
  if (!at.startsWith(day!)) return 'WrongDay';
  if (headers['x-amz-content-sha256'] !== sha256(body)) return 'BodyChanged';
  for (const needed of ['host', 'x-amz-date', 'x-amz-content-sha256'])
    if (!signed.split(';').includes(needed)) return 'HeaderNotSigned';
  const canonical = [
    method,
    url,
    '',
    ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signed,
    sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = ['aws4_request', 's3', region, day!].reduceRight(
    (made: string | Buffer, part) => hmac(made, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  return hmac(key, toSign).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nuanxun-store-'));
  server = http.createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const s3 = (change: Partial<Parameters<typeof s3Store>[0]> = {}): MediaStore =>
  s3Store({ endpoint, bucket: 'nuanxun-media', region, ...credentials, ...change });
const stores: [string, () => MediaStore][] = [
  ['on disk', () => diskStore(folder)],
  ['that speaks S3', () => s3()],
];

describe.each(stores)('a store %s', (_name, open) => {
  const key = storeKey('nuanhe', '019b8e3c-0000-7000-8000-000000000001', 'full');
  const bytes = Buffer.from('the bytes of a photo');

  it('gives back what was put into it, whole and in part', async () => {
    const store = open();
    await store.put(key, bytes, 'image/jpeg');
    expect((await store.read(key))?.equals(bytes)).toBe(true);
    expect((await store.read(key, { from: 4, to: 8 }))?.toString()).toBe('bytes');
  });

  it('holds the last of what was put under one key', async () => {
    const store = open();
    await store.put(key, Buffer.from('first'), 'image/jpeg');
    await store.put(key, Buffer.from('second'), 'image/jpeg');
    expect((await store.read(key))?.toString()).toBe('second');
  });

  it('knows nothing of what was removed or never there, and removing it again is harmless', async () => {
    const store = open();
    await store.put(key, bytes, 'image/jpeg');
    await store.remove(key);
    await store.remove(key);
    expect(await store.read(key)).toBeNull();
    expect(
      await store.read(storeKey('nuanhe', '019b8e3c-0000-7000-8000-000000000002', 'full')),
    ).toBeNull();
  });
});

describe('the store on disk', () => {
  it('leaves nothing half-written beside the files', async () => {
    const store = diskStore(folder);
    const key = storeKey('nuanhe', '019b8e3c-0000-7000-8000-000000000003', 'thumbnail');
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => store.put(key, Buffer.alloc(1000, at), 'image/jpeg')),
    );
    const names = await readdir(path.join(folder, 'media', path.dirname(key)));
    expect(names).toEqual([path.basename(key)]);
    expect(await store.read(key)).toHaveLength(1000);
  });
});

describe('the store that speaks S3', () => {
  it('signs all it asks so that the other side counts the same signature', () => {
    expect(faults).toEqual([]);
    expect(new Set(methods)).toEqual(new Set(['PUT', 'GET', 'DELETE']));
  });

  it('says what it was told when it is refused', async () => {
    const wrong = s3({ secretAccessKey: 'another' });
    await expect(wrong.put('a/b', Buffer.from('x'), 'image/jpeg')).rejects.toThrow(
      'SignatureDoesNotMatch',
    );
    await expect(
      s3({ bucket: 'elsewhere' }).put('a/b', Buffer.from('x'), 'image/jpeg'),
    ).rejects.toThrow('no bucket');
  });

  it('tries again when the other side was away for a moment', async () => {
    instead.push(503, 503);
    await s3().put('a/b', Buffer.from('x'), 'image/jpeg');
    expect((await s3().read('a/b'))?.toString()).toBe('x');
  });
});

describe('the key of what is kept', () => {
  it('tells the month its id was made in', () => {
    const id = '019b8e3c-1234-7000-8000-000000000001';
    expect(storeKey('nuanhe', id, 'full')).toBe(`nuanhe/2026-01/${id}-full`);
    expect(storeKey('nuanhe', 'ffffffff-ffff-7000-8000-000000000001', 'full')).toContain(
      '/undated/',
    );
  });
});

describe('the settings', () => {
  const given = {
    MEDIA_STORE: 's3',
    S3_ENDPOINT: 'https://s3.example.org/',
    S3_BUCKET: 'nuanxun-media',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret',
  };

  it('choose the disk where nothing is said', () => {
    expect(mediaStoreOf(readConfig({})).kind).toBe('disk');
    expect(mediaStoreOf(readConfig(given)).kind).toBe('s3');
  });

  it('name what is missing of an S3 store', () => {
    expect(() => readConfig({ ...given, S3_BUCKET: '', S3_ENDPOINT: '' })).toThrow(
      /S3_ENDPOINT is not set.*\nS3_BUCKET is not set/,
    );
    expect(() => readConfig({ ...given, S3_ENDPOINT: 's3.example.org' })).toThrow(/S3_ENDPOINT is/);
  });
});
