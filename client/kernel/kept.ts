/**
 * What the app knew last, kept on the device so that it opens with no network: who is signed in, the cities, the city's
 * state. A courtesy: a browser that keeps nothing still works while there is a network.
 */
import { openDB } from 'idb';
import type { IDBPDatabase } from 'idb';

const name = 'nuanxun-city';
const store = 'kept';
/** A damaged store must not keep the app from opening. */
const patienceMs = 3_000;

let opened: Promise<IDBPDatabase> | undefined;

function open(): Promise<IDBPDatabase> {
  opened ??= openDB(name, 1, {
    upgrade: (db) => void db.createObjectStore(store),
    blocking: () => void opened?.then((db) => db.close()).finally(() => (opened = undefined)),
    terminated: () => (opened = undefined),
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}

/** Keys that belong to a person end in their id. */
export type KeptKey =
  | 'session'
  | 'cities'
  | `${'city' | 'heard' | 'thresholds' | 'tasks' | 'weather' | 'field'} ${string}`;

export const readKept = <T>(key: KeptKey): Promise<T | null> =>
  within(
    open().then(async (db) => ((await db.get(store, key)) as T | undefined) ?? null),
    null,
  );

/** Whose things are not kept any more: a write that was on its way when they signed out comes to nothing. */
const gone = new Set<string>();
const ownerOf = (key: string): string | null => /^\w+ (.*)$/.exec(key)?.[1] ?? null;

/** False when the browser would not keep it. */
export function writeKept(key: KeptKey, value: unknown): Promise<boolean> {
  const owner = ownerOf(key);
  if (owner !== null && gone.has(owner)) return Promise.resolve(false);
  return within(
    open().then(async (db) => {
      await db.put(store, value, key);
      return true;
    }),
    false,
  );
}

/** From now on this person's things are kept, and nobody else's: a tablet is handed on. */
export async function keepFor(userId: string): Promise<void> {
  gone.delete(userId);
  await dropWhere((owner) => owner !== userId);
}

/** Who they are and what they saw; not what they still have to send, which is the outbox's. */
export async function forget(userId: string | null): Promise<void> {
  if (userId !== null) gone.add(userId);
  await dropWhere(() => true, 'session');
}

function dropWhere(of: (owner: string) => boolean, also?: KeptKey): Promise<unknown> {
  return within(
    open().then(async (db) => {
      const tx = db.transaction(store, 'readwrite');
      for (const key of (await tx.store.getAllKeys()) as string[]) {
        const owner = ownerOf(key);
        if (key === also || (owner !== null && of(owner))) void tx.store.delete(key);
      }
      await tx.done;
    }),
    undefined,
  );
}
