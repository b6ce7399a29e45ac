/** A browser that keeps nothing (private mode): the outbox works, and says that it will not outlive the page. */
import type { KeptAnswer, StoredItem } from './item.ts';
import type { Bytes, OutboxStorage, Unordered } from './storage.ts';

export class MemoryStorage implements OutboxStorage {
  readonly kept = false;
  readonly #items = new Map<string, StoredItem>();
  readonly #blobs = new Map<string, Bytes>();
  readonly #answers = new Map<string, KeptAnswer>();
  #order: number;
  constructor(firstOrder = 0) {
    this.#order = firstOrder;
  }

  async all(): Promise<StoredItem[]> {
    return [...this.#items.values()].sort((a, b) => a.order - b.order);
  }
  async add(news: readonly { item: Unordered; blob: Bytes | null }[]): Promise<StoredItem[]> {
    return news.map(({ item, blob }) => {
      const there = this.#items.get(item.id);
      if (there) return there;
      this.#order += 1;
      const added = { ...item, order: this.#order };
      this.#items.set(item.id, added);
      if (blob !== null && item.blobId !== null) this.#blobs.set(item.blobId, blob);
      return added;
    });
  }
  async change(
    id: string,
    change: (item: StoredItem) => StoredItem | null,
  ): Promise<StoredItem | null> {
    const there = this.#items.get(id);
    const next = there ? change(there) : null;
    if (next) this.#items.set(id, next);
    return next;
  }
  async remove(id: string, answer?: KeptAnswer): Promise<void> {
    const { blobId = null } = this.#items.get(id) ?? {};
    if (blobId !== null) this.#blobs.delete(blobId);
    this.#items.delete(id);
    if (answer) this.#answers.set(id, answer);
  }
  async blob(id: string): Promise<Blob | null> {
    const kept = this.#blobs.get(id);
    return kept ? new Blob([kept.bytes], { type: kept.type }) : null;
  }
  async answers(): Promise<KeptAnswer[]> {
    return [...this.#answers.values()];
  }
  async dismiss(id: string): Promise<void> {
    this.#answers.delete(id);
  }
}
