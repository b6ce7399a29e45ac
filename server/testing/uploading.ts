/** Uploads as devices make them, for tests: over HTTP, by the client's own library, with a session of the database. */
import sharp from 'sharp';
import { Upload } from 'tus-js-client';
import type { DetailedError } from 'tus-js-client';
import type { ErrorCode } from '../../shared/errors.ts';
import { uploadAddress, uploadPath } from '../../shared/media/schema.ts';
import type { MediaView } from '../../shared/media/schema.ts';
import { insertSession } from '../accounts/queries.ts';
import { hashToken, newToken } from '../accounts/tokens.ts';
import type { Session } from '../kernel/context.ts';
import type { Sql } from '../kernel/sql.ts';

/** Noise, so that it is large, with a position and a camera written into it. */
export async function detailedPhoto(): Promise<Buffer> {
  const [width, height] = [1200, 800];
  const noise = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, at) => (at * 7919) % 253),
  );
  return await sharp(noise, { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Make: 'Somephone' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '39/1 54/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '116/1 24/1 0/1',
      },
    })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** A session of that person, as the cookie that goes with it. */
export async function cookieOf(sql: Sql, session: Session): Promise<string> {
  const token = newToken();
  await insertSession(sql, {
    tokenHash: hashToken(token),
    cityId: session.cityId,
    userId: session.userId,
    seconds: 3600,
  });
  return `nuanxun_session=${token}`;
}

export interface Sent {
  status: number;
  code?: ErrorCode;
  view?: MediaView;
  requests: string[];
}

export interface SendOptions {
  cookie?: string;
  headers?: Record<string, string>;
  /** Called before each request; may end the server or throw. */
  before?: (method: string, count: number) => void | Promise<void>;
  retryDelays?: number[];
}

/** Sends as the client does; answers the last status and what it carried. */
export function send(
  baseUrl: string,
  bytes: Buffer,
  metadata: Record<string, string>,
  options: SendOptions = {},
): Promise<Sent> {
  const requests: string[] = [];
  return new Promise((resolve, reject) => {
    new Upload(bytes, {
      endpoint: `${baseUrl}${uploadPath}`,
      uploadUrl: `${baseUrl}${uploadAddress(metadata['cityId']!, metadata['id']!)}`,
      chunkSize: 256 * 1024,
      retryDelays: options.retryDelays ?? [0, 100],
      storeFingerprintForResuming: false,
      headers: {
        ...options.headers,
        ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      },
      metadata,
      onBeforeRequest: async (request) => {
        requests.push(`${request.getMethod()} ${request.getHeader('Upload-Offset') ?? ''}`.trim());
        await options.before?.(request.getMethod(), requests.length);
      },
      onSuccess: ({ lastResponse }) => {
        const body = lastResponse.getBody();
        const view = body ? { view: JSON.parse(body) as MediaView } : {};
        resolve({ status: lastResponse.getStatus(), requests, ...view });
      },
      onError: (error) => {
        const answer = (error as DetailedError).originalResponse;
        if (!answer) return reject(error);
        const body = answer.getBody();
        const told = body.startsWith('{') ? (JSON.parse(body) as { code: ErrorCode }) : null;
        resolve({ status: answer.getStatus(), requests, ...(told && { code: told.code }) });
      },
    }).start();
  });
}

/** The request that begins an upload. */
export function post(
  baseUrl: string,
  length: number,
  metadata: Record<string, string>,
  cookie: string,
): Promise<Response> {
  const told = Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  return fetch(`${baseUrl}${uploadPath}`, {
    method: 'POST',
    headers: {
      cookie,
      'tus-resumable': '1.0.0',
      'upload-length': String(length),
      'upload-metadata': told,
    },
  });
}
