/**
 * The one queue of this device. What is in it is on disk before anybody is told that it is kept; it leaves only when
 * the server has answered for it or the person has dropped it.
 */
import { newId } from '../id.ts';
import type { KeptAnswer, NewItem, OutboxItem, StoredItem } from './item.ts';
import { OutboxFull } from './outbox-full.ts';
import { Sender } from './sender.ts';
import { Shelf } from './shelf.ts';
import { bytesOf } from './storage.ts';
import type { OutboxStorage, Unordered } from './storage.ts';

export interface EngineState {
  items: readonly OutboxItem[];
  /** answers a person must see */
  answers: readonly KeptAnswer[];
  /** of what is being uploaded: 0…1 */
  progress: ReadonlyMap<string, number>;
  ready: boolean;
  /** false = this browser keeps nothing: it is gone when the page is */
  kept: boolean;
}

export interface EngineDeps {
  openStorage: () => Promise<OutboxStorage>;
  /** this device's clock, ms */
  now: () => number;
  /** the server's clock as far as it is known, ms */
  serverNow: () => number;
  random: () => number;
  publish: (state: EngineState) => void;
  /** tells other tabs that the disk has changed */
  tellOthers: () => void;
  /** the server no longer knows the sender */
  onSignedOut: () => void;
}

export class OutboxEngine {
  readonly #deps: EngineDeps;
  readonly #shelf: Shelf;
  readonly sender: Sender;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    this.#shelf = new Shelf(deps.openStorage);
    this.sender = new Sender(this.#shelf, {
      now: deps.now,
      random: deps.random,
      onSignedOut: deps.onSignedOut,
      changed: (written) => {
        this.#publish();
        if (written) deps.tellOthers();
      },
    });
  }

  /** Reads the disk: at the start, and when another tab has changed it. */
  async refresh(): Promise<void> {
    await this.#shelf.reread();
    this.#publish();
    this.sender.turn();
  }

  async enqueue(news: NewItem): Promise<OutboxItem> {
    const [item] = await this.enqueueAll([news]);
    if (!item) throw new OutboxFull('broken');
    return item;
  }

  /** All or none. */
  async enqueueAll(news: readonly NewItem[]): Promise<OutboxItem[]> {
    const entries = await Promise.all(
      news.map(async (entry) => ({
        item: this.#itemOf(entry),
        blob: entry.blob ? await bytesOf(entry.blob) : null,
      })),
    );
    const added = await this.#shelf.add(entries);
    this.#written();
    return added.map((item) => this.#shown(item));
  }

  #itemOf(news: NewItem): Unordered {
    return {
      id: news.id ?? newId(),
      subject: news.subject,
      kind: news.kind,
      at: news.at ?? new Date(this.#deps.serverNow()).toISOString(),
      madeAt: new Date(this.#deps.now()).toISOString(),
      cityId: news.cityId,
      userId: news.userId,
      payload: news.payload,
      blobId: news.blob ? newId() : null,
      urgent: news.urgent ?? false,
      attempts: 0,
      lastTriedAt: null,
      state: 'waiting',
      fault: null,
      ...(news.title === undefined ? {} : { title: news.title }),
    };
  }

  /**
   * Changes the payload of an item that the server cannot have: not tried yet, or refused. It keeps its id and its
   * place, and is sent (again). False when it is too late for that.
   */
  mend(id: string, payload: unknown): Promise<boolean> {
    return this.#rewrite(id, (item) =>
      item.state === 'refused' || item.attempts === 0
        ? { ...item, payload, state: 'waiting', fault: null }
        : null,
    );
  }

  /** For an item that waits and cannot have been sent; `change` may decline with null. */
  join(id: string, change: (payload: unknown) => unknown): Promise<boolean> {
    return this.#rewrite(id, (item) => {
      const payload = item.state === 'waiting' && item.attempts === 0 ? change(item.payload) : null;
      return payload === null ? null : { ...item, payload };
    });
  }

  /** A refused one is sent again as it is. */
  sendAgain(id: string): Promise<boolean> {
    return this.#rewrite(id, (item) => ({ ...item, state: 'waiting', fault: null }));
  }

  async #rewrite(id: string, change: (item: StoredItem) => StoredItem | null): Promise<boolean> {
    if (this.sender.sending.has(id)) return false;
    const next = await this.#shelf.change(id, change);
    if (!next) return false;
    this.sender.retry(id);
    this.#written();
    return true;
  }

  async drop(id: string): Promise<void> {
    await this.#shelf.remove(id);
    this.#written();
  }

  async dismiss(id: string): Promise<void> {
    await this.#shelf.dismiss(id);
    this.#written();
  }

  #shown(item: StoredItem): OutboxItem {
    return this.sender.sending.has(item.id) ? { ...item, state: 'sending' } : item;
  }

  #written(): void {
    this.#publish();
    this.#deps.tellOthers();
    this.sender.turn();
  }

  #publish(): void {
    this.#deps.publish({
      items: this.#shelf.items.map((item) => this.#shown(item)),
      answers: this.#shelf.answers,
      progress: new Map(this.sender.progress),
      ready: this.#shelf.isOpen,
      kept: this.#shelf.kept,
    });
  }
}
