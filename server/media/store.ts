/** Where the bytes of photos and voice notes lie. */
import type { MediaVariant } from '../../shared/media/schema.ts';

/** Both ends included, in bytes. */
export interface ByteRange {
  from: number;
  to: number;
}

export interface MediaStore {
  readonly kind: 'disk' | 's3';
  /** Afterwards it is there for good, whole; what was there under the key is replaced. */
  put(key: string, bytes: Buffer, contentType: string): Promise<void>;
  /** Null when it is not there. */
  read(key: string, range?: ByteRange): Promise<Buffer | null>;
  /** Harmless when it is not there. */
  remove(key: string): Promise<void>;
}

/**
 * `<city>/<yyyy-mm>/<id>-<variant>`: the month is the one the id was made in, which its first 48 bits tell, so that
 * the key follows from the id alone.
 */
export function storeKey(cityId: string, id: string, variant: MediaVariant): string {
  const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const known = madeAt >= Date.UTC(2020, 0) && madeAt < Date.UTC(2100, 0);
  const month = known ? new Date(madeAt).toISOString().slice(0, 7) : 'undated';
  return `${cityId}/${month}/${id}-${variant}`;
}
