/** Sends one photo or voice note in pieces, going on where the last try was cut off. */
import type { DetailedError } from 'tus-js-client';
import { AppError, errorCodes } from '../../shared/errors.ts';
import type { ErrorCode, WireError } from '../../shared/errors.ts';
import { uploadAddress, uploadPath } from '../../shared/media/limits.ts';
import type { UploadMetadata } from '../../shared/media/schema.ts';
import { CallError } from '../kernel/call-error.ts';

const chunkBytes = 256 * 1024;
/** Beyond these the outbox waits, and longer each time. */
const retryDelaysMs = [0, 1000, 3000];

/** A connection may be dead for long before anybody says so. */
const silenceMs = 45_000;

/**
 * @param userId whose it is: nobody else's session sends it; null for a browser nobody is signed in on
 * @param onProgress the share that has arrived, 0 to 1
 * @throws AppError what the server refused it with, or a CallError without data where it gave no answer, as a call does
 */
export async function upload(
  metadata: UploadMetadata,
  userId: string | null,
  blob: Blob,
  onProgress: (share: number) => void,
): Promise<{ id: string }> {
  const { Upload } = await import('tus-js-client');
  return await new Promise((resolve, reject) => {
    const sending = new Upload(blob, {
      endpoint: uploadPath,
      // The address follows from the id: no memory of the page is needed to find what has arrived already.
      uploadUrl: uploadAddress(metadata.cityId, metadata.id),
      chunkSize: chunkBytes,
      retryDelays: retryDelaysMs,
      storeFingerprintForResuming: false,
      headers: userId === null ? {} : { 'x-nuanxun-user': userId },
      metadata: Object.fromEntries(
        Object.entries(metadata).map(([key, value]) => [key, String(value)]),
      ),
      onBeforeRequest: () => listen(),
      onProgress: (sent, total) => {
        listen();
        onProgress(total > 0 ? sent / total : 0);
      },
      onSuccess: () => {
        clearTimeout(silence);
        resolve({ id: metadata.id });
      },
      onError: (error) => {
        clearTimeout(silence);
        reject(faultOfUpload(error));
      },
    });
    let silence: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        void sending.abort();
        reject(new CallError('no answer'));
      }, silenceMs);
    };
    listen();
    sending.start();
  });
}

const isCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && (errorCodes as readonly string[]).includes(code);

/** The server says why in the same form as to a call; anything else is worth another try. */
export function faultOfUpload(error: Error | DetailedError): Error {
  const answer = 'originalResponse' in error ? error.originalResponse : null;
  if (answer === null) return new CallError('no answer');
  try {
    const { code, ...details } = JSON.parse(answer.getBody()) as WireError;
    if (isCode(code)) return new AppError(code, details);
  } catch {
    // Not our server's words.
  }
  const status = answer.getStatus();
  if (status === 413) return new AppError('too_large');
  // Gateways say so when the server behind them is away.
  return [0, 502, 503, 504].includes(status)
    ? new CallError('no answer')
    : new AppError('unexpected');
}
