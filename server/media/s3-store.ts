import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { S3Config } from '../kernel/config.ts';
import type { MediaStore } from './store.ts';

const patienceMs = 30_000;

/** Any store that speaks S3: signed with version 4, the bucket in the path, the body's hash in the signature. */
export function s3Store(config: S3Config): MediaStore {
  const client = new AwsClient({
    accessKeyId: config.accessKeyId,
    secretAccessKey: config.secretAccessKey,
    region: config.region,
    service: 's3',
    retries: 2,
  });
  const call = async (
    method: 'PUT' | 'GET' | 'DELETE',
    key: string,
    body: Buffer | null,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const response = await client.fetch(`${config.endpoint}/${config.bucket}/${key}`, {
      method,
      ...(body === null ? {} : { body: new Uint8Array(body) }),
      headers: { ...headers, 'x-amz-content-sha256': sha256(body ?? Buffer.alloc(0)) },
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.ok || response.status === 404) return response;
    const told = await response.text().catch(() => '');
    throw new Error(
      `${method} ${key}: the store answered ${response.status} ${told.slice(0, 300)}`,
    );
  };
  return {
    kind: 's3',
    put: async (key, bytes, contentType) => {
      const response = await call('PUT', key, bytes, { 'content-type': contentType });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`PUT ${key}: the store has no bucket ${config.bucket}`);
    },
    read: async (key, range) => {
      const headers = range === undefined ? {} : { range: `bytes=${range.from}-${range.to}` };
      const response = await call('GET', key, null, headers);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.status === 404) return null;
      // A store may answer with the whole where a part was asked for.
      return range !== undefined && response.status === 200
        ? bytes.subarray(range.from, range.to + 1)
        : bytes;
    },
    remove: async (key) => {
      await (await call('DELETE', key, null)).arrayBuffer();
    },
  };
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
