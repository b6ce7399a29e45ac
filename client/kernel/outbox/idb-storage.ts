/**
 * The outbox on disk: IndexedDB, one database for all tabs. Every write is one transaction with strict durability,
 * and counts only once it has completed. A connection the browser has closed is opened anew once.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import type { KeptAnswer, StoredItem } from './item.ts';
import { OutboxFull } from './outbox-full.ts';
import type { Bytes, OutboxStorage, Unordered } from './storage.ts';

interface Schema extends DBSchema {
  actions: { key: string; value: StoredItem };
  blobs: { key: string; value: Bytes };
  meta: { key: string; value: unknown };
}
type StoreName = 'actions' | 'blobs' | 'meta';
const stores: StoreName[] = ['actions', 'blobs', 'meta'];
type Writing = IDBPTransaction<Schema, StoreName[], 'readwrite'>;

const orderKey = 'order';
const answerPrefix = 'answer:';
const answerRange = () => IDBKeyRange.bound(answerPrefix, `${answerPrefix}\uffff`);

/** Opening can hang for good in a browser whose storage is damaged. */
const openingPatienceMs = 8_000;

export async function openIdbStorage(name = 'nuanxun'): Promise<IdbStorage> {
  const storage = new IdbStorage(name);
  await storage.open();
  return storage;
}

export class IdbStorage implements OutboxStorage {
  readonly kept = true;
  readonly #name: string;
  #db: IDBPDatabase<Schema> | null = null;
  constructor(name: string) {
    this.#name = name;
  }

  async open(): Promise<IDBPDatabase<Schema>> {
    if (this.#db) return this.#db;
    const opening = openDB<Schema>(this.#name, 1, {
      upgrade(db) {
        db.createObjectStore('actions', { keyPath: 'id' });
        db.createObjectStore('blobs');
        db.createObjectStore('meta');
      },
      blocking: () => this.close(),
      terminated: () => {
        this.#db = null;
      },
    });
    this.#db = await within(opening, openingPatienceMs);
    return this.#db;
  }

  close(): void {
    this.#db?.close();
    this.#db = null;
  }

  async all(): Promise<StoredItem[]> {
    const items = await this.#read((db) => db.getAll('actions'));
    return items.sort((a, b) => a.order - b.order);
  }

  add(news: readonly { item: Unordered; blob: Bytes | null }[]): Promise<StoredItem[]> {
    return this.#write(async (tx) => {
      const actions = tx.objectStore('actions');
      const meta = tx.objectStore('meta');
      let order = Number((await meta.get(orderKey)) ?? 0);
      const added: StoredItem[] = [];
      for (const { item, blob } of news) {
        const there = await actions.get(item.id);
        if (!there) order += 1;
        const kept = there ?? { ...item, order };
        added.push(kept);
        if (there) continue;
        await actions.add(kept);
        if (blob !== null && item.blobId !== null)
          await tx.objectStore('blobs').put(blob, item.blobId);
      }
      await meta.put(order, orderKey);
      return added;
    });
  }

  change(id: string, change: (item: StoredItem) => StoredItem | null): Promise<StoredItem | null> {
    return this.#write(async (tx) => {
      const actions = tx.objectStore('actions');
      const there = await actions.get(id);
      const next = there ? change(there) : null;
      if (next) await actions.put(next);
      return next;
    });
  }

  remove(id: string, answer?: KeptAnswer): Promise<void> {
    return this.#write(async (tx) => {
      const there = await tx.objectStore('actions').get(id);
      if (there && there.blobId !== null) await tx.objectStore('blobs').delete(there.blobId);
      await tx.objectStore('actions').delete(id);
      if (answer) await tx.objectStore('meta').put(answer, answerPrefix + id);
    });
  }

  async blob(id: string): Promise<Blob | null> {
    const kept = await this.#read((db) => db.get('blobs', id));
    return kept ? new Blob([kept.bytes], { type: kept.type }) : null;
  }

  async answers(): Promise<KeptAnswer[]> {
    return (await this.#read((db) => db.getAll('meta', answerRange()))) as KeptAnswer[];
  }

  dismiss(id: string): Promise<void> {
    return this.#write((tx) => tx.objectStore('meta').delete(answerPrefix + id));
  }

  async #read<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.open());
    } catch (error) {
      if (!isClosed(error)) throw error;
      this.#db = null;
      return work(await this.open());
    }
  }

  async #write<T>(work: (tx: Writing) => Promise<T>): Promise<T> {
    try {
      return await this.#attempt(work);
    } catch (error) {
      if (isQuota(error)) throw new OutboxFull('full', error);
      if (!isClosed(error)) throw new OutboxFull('broken', error);
    }
    this.#db = null;
    try {
      return await this.#attempt(work);
    } catch (error) {
      throw new OutboxFull(isQuota(error) ? 'full' : 'broken', error);
    }
  }

  /** Rejects with what ended the transaction, which is more than the failed request says. */
  async #attempt<T>(work: (tx: Writing) => Promise<T>): Promise<T> {
    const db = await this.open();
    const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
    const outcome = tx.done.then(
      () => null,
      (error: unknown) => error,
    );
    try {
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (error) {
      try {
        tx.abort();
      } catch {
        // it has ended already
      }
      const why = await outcome;
      throw isQuota(error) ? error : (why ?? error);
    }
  }
}

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
const isQuota = (error: unknown): boolean => nameOf(error) === 'QuotaExceededError';
const isClosed = (error: unknown): boolean => nameOf(error) === 'InvalidStateError';

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('storage does not open')), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
