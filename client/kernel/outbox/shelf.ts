/**
 * What this tab knows of the disk: a mirror that is renewed after each write, and whenever another tab says that it
 * has written. What must go out though the disk refused it is kept in memory beside.
 */
import type { KeptAnswer, StoredItem } from './item.ts';
import { MemoryStorage } from './memory-storage.ts';
import type { Bytes, OutboxStorage, Unordered } from './storage.ts';

/** Numbers of items that only memory holds begin here, after all that are on disk. */
const volatileOrder = 1e12;

export class Shelf {
  items: StoredItem[] = [];
  /** answers a person must see */
  answers: KeptAnswer[] = [];
  readonly #openStorage: () => Promise<OutboxStorage>;
  readonly #volatile = new MemoryStorage(volatileOrder);
  #storage: OutboxStorage | null = null;
  #opening: Promise<OutboxStorage> | null = null;
  /** counts what this tab wrote, so that an older reading does not undo it */
  #version = 0;

  constructor(openStorage: () => Promise<OutboxStorage>) {
    this.#openStorage = openStorage;
  }

  get isOpen(): boolean {
    return this.#storage !== null;
  }
  get kept(): boolean {
    return this.#storage?.kept ?? true;
  }

  /** A browser that keeps nothing gets a memory in its place. */
  open(): Promise<OutboxStorage> {
    this.#opening ??= this.#openStorage()
      .catch(() => new MemoryStorage())
      .then((storage) => {
        this.#storage = storage;
        return storage;
      });
    return this.#opening;
  }

  async reread(): Promise<void> {
    const storage = await this.open();
    let version: number;
    do {
      version = this.#version;
      const kept = await storage.all();
      const volatile = await this.#volatile.all();
      const answers = await storage.answers();
      if (version === this.#version) {
        this.items = [...kept, ...volatile];
        this.answers = answers;
      }
    } while (version !== this.#version);
  }

  find(id: string): StoredItem | null {
    return this.items.find((item) => item.id === id) ?? null;
  }

  /** All or none. A call for help is taken even if this device has no room to write it down. */
  async add(
    entries: readonly { item: Unordered; blob: Bytes | null }[],
  ): Promise<readonly StoredItem[]> {
    const storage = await this.open();
    let added: StoredItem[];
    try {
      added = await storage.add(entries);
    } catch (error) {
      if (!entries.every(({ item }) => item.urgent)) throw error;
      added = await this.#volatile.add(entries);
    }
    for (const item of added) this.put(item);
    return added;
  }

  /** Null when it is gone, or `change` declined. */
  async change(
    id: string,
    change: (item: StoredItem) => StoredItem | null,
  ): Promise<StoredItem | null> {
    const next = await (await this.#homeOf(id)).change(id, change);
    if (next) this.put(next);
    return next;
  }

  async remove(id: string, answer?: KeptAnswer): Promise<void> {
    await (await this.#homeOf(id)).remove(id, answer);
    this.#version += 1;
    this.items = this.items.filter((item) => item.id !== id);
    if (answer) this.answers = [...this.answers.filter((one) => one.item.id !== id), answer];
  }

  async blobOf(item: StoredItem): Promise<Blob | null> {
    return item.blobId === null ? null : (await this.#homeOf(item.id)).blob(item.blobId);
  }

  async dismiss(id: string): Promise<void> {
    await (await this.open()).dismiss(id);
    this.#version += 1;
    this.answers = this.answers.filter((answer) => answer.item.id !== id);
  }

  /** In the mirror alone. */
  put(item: StoredItem): void {
    this.#version += 1;
    const others = this.items.filter((other) => other.id !== item.id);
    this.items = [...others, item].sort((a, b) => a.order - b.order);
  }

  async #homeOf(id: string): Promise<OutboxStorage> {
    const known = this.find(id);
    return known !== null && known.order > volatileOrder ? this.#volatile : this.open();
  }
}
