/** Where the outbox lives: what an engine needs of it, and the shape of the one database. */
import type { KeptAnswer, StoredItem } from './item.ts';

export interface Bytes {
  type: string;
  bytes: ArrayBuffer;
}
export type Unordered = Omit<StoredItem, 'order'>;

export interface OutboxStorage {
  /** false = only in memory: it is gone when the page is */
  readonly kept: boolean;
  /** in order */
  all(): Promise<StoredItem[]>;
  /** One transaction. An id that is there already is left as it is and given back. */
  add(items: readonly { item: Unordered; blob: Bytes | null }[]): Promise<StoredItem[]>;
  /** Reads, decides and writes in one transaction; null when it is gone or `change` gave null. */
  change(id: string, change: (item: StoredItem) => StoredItem | null): Promise<StoredItem | null>;
  /** Takes it out, with its blob; keeps the answer in the same transaction if one is given. */
  remove(id: string, answer?: KeptAnswer): Promise<void>;
  blob(id: string): Promise<Blob | null>;
  answers(): Promise<KeptAnswer[]>;
  dismiss(id: string): Promise<void>;
}

export async function bytesOf(blob: Blob): Promise<Bytes> {
  return { type: blob.type, bytes: await readBytes(blob) };
}

/** Older WebKit has no `arrayBuffer()` on blobs. */
function readBytes(blob: Blob): Promise<ArrayBuffer> {
  if (typeof blob.arrayBuffer === 'function') return blob.arrayBuffer();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error ?? new Error('unreadable blob'));
    reader.readAsArrayBuffer(blob);
  });
}
