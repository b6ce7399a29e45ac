/** What a tablet's outbox has promised to keep, noted from outside the product: the ids that reached its disk. */
import type { BrowserContext, Page } from '@playwright/test';

/** Reports each action once the transaction that keeps it has completed. */
function watchDisk(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the store as `this` below
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function watched(this: IDBObjectStore, value: unknown, key) {
    if (this.name === 'actions') {
      const { id } = value as { id: string };
      this.transaction.addEventListener('complete', () => {
        void (window as unknown as { keptOnDisk: (id: string) => Promise<void> }).keptOnDisk(id);
      });
    }
    return key === undefined ? add.call(this, value) : add.call(this, value, key);
  };
}

export class KeptActions {
  readonly ids = new Set<string>();
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding('keptOnDisk', (_source, id: string) => void this.ids.add(id));
    await context.addInitScript(watchDisk);
  }
  /** What waits on the disk now; a page that was killed may not have had time to say so. */
  async read(page: Page): Promise<string[]> {
    const waiting = await page.evaluate(
      () =>
        new Promise<string[]>((resolve, reject) => {
          const opening = indexedDB.open('nuanxun');
          opening.onerror = () => reject(new Error('the outbox does not open'));
          opening.onsuccess = () => {
            const db = opening.result;
            if (!db.objectStoreNames.contains('actions')) {
              db.close();
              resolve([]);
              return;
            }
            const asked = db.transaction('actions').objectStore('actions').getAllKeys();
            asked.onsuccess = () => {
              db.close();
              resolve(asked.result.map(String));
            };
          };
        }),
    );
    for (const id of waiting) this.ids.add(id);
    return waiting;
  }
}
