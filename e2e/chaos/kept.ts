/** What a tablet's outbox has put on its disk, noted from outside the product as the browser's database is told it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import type { FieldAction } from '../../shared/field/schema.ts';

export interface KeptItem {
  id: string;
  kind: FieldAction['kind'] | 'tip.report' | 'media.upload';
  payload: unknown;
  /** the transaction that keeps it has completed, or it was read back: it must not be lost any more */
  sure: boolean;
  /** why the server did not take it, when it didn't */
  refused: string | null;
}

interface Told {
  item: {
    id: string;
    kind: KeptItem['kind'];
    payload: unknown;
    state: string;
    fault: { code: string } | null;
  };
  sure: boolean;
}
type Tell = (told: Told) => Promise<void>;

/** In the page: tells each action as it is written, as its transaction completes, and as it is read back. */
function watchDisk(): void {
  const tell = (item: Told['item'], sure: boolean): void => {
    const { keptOnDisk } = window as unknown as { keptOnDisk: Tell };
    void keptOnDisk({ item, sure }).catch(() => undefined);
  };
  const store = IDBObjectStore.prototype;
  for (const name of ['add', 'put'] as const) {
    const write = store[name];
    store[name] = function watched(this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (this.name === 'actions') {
        const item = value as Told['item'];
        tell(item, false);
        this.transaction.addEventListener('complete', () => tell(item, true));
      }
      return key === undefined ? write.call(this, value) : write.call(this, value, key);
    };
  }
  const { getAll } = store;
  store.getAll = function watched(this: IDBObjectStore, ...args: unknown[]) {
    const asked = getAll.apply(this, args as Parameters<typeof getAll>);
    if (this.name === 'actions')
      asked.addEventListener('success', () => {
        for (const item of asked.result as Told['item'][]) tell(item, true);
      });
    return asked;
  };
}

/** Made by the screens themselves, not by somebody's hand. */
const byItself: readonly KeptItem['kind'][] = ['track.points'];

export class KeptActions {
  readonly items = new Map<string, KeptItem>();

  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding('keptOnDisk', (_source, told: Told) => this.#hear(told));
    // The loader names functions by a helper of its own, which pages don't have.
    await context.addInitScript({ content: 'globalThis.__name = (named) => named;' });
    await context.addInitScript(watchDisk);
  }

  #hear({ item, sure }: Told): void {
    const { id, kind, payload, state, fault } = item;
    const refused = state === 'refused' ? (fault?.code ?? 'unknown') : null;
    const before = this.items.get(id);
    this.items.set(id, { id, kind, payload, refused, sure: sure || (before?.sure ?? false) });
  }

  /** Done by hand and safely on the disk. */
  acts(): KeptItem[] {
    return [...this.items.values()].filter((item) => item.sure && !byItself.includes(item.kind));
  }

  /** Waits until there are more acts than `before`. */
  async more(before: number, patienceMs: number): Promise<boolean> {
    const deadline = Date.now() + patienceMs;
    while (this.acts().length <= before) {
      if (Date.now() > deadline) return false;
      await wait(25);
    }
    return true;
  }
}

/** What lies in the outbox of this page's browser now. */
export function readOutbox(page: Page): Promise<{ id: string; kind: string; state: string }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('nuanxun');
        opening.onerror = () => reject(new Error('the outbox does not open'));
        // Opened before the app has: it must be the app that makes it.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onsuccess = () => {
          const db = opening.result;
          const asked = db.transaction('actions').objectStore('actions').openCursor();
          const found: { id: string; kind: string; state: string }[] = [];
          asked.onsuccess = () => {
            const cursor = asked.result;
            if (cursor === null) {
              db.close();
              resolve(found);
              return;
            }
            const { id, kind, state } = cursor.value as { id: string; kind: string; state: string };
            found.push({ id, kind, state });
            cursor.continue();
          };
        };
      }),
  );
}
