/**
 * The one queue of this device. What is in it is on disk before anybody is told that it is kept; it leaves only when
 * the server has answered for it or the person has dropped it. Delivery is at least once: an answer that is lost
 * with the page is asked for again under the same id, which does nothing twice.
 */
import { Unreachable, faultOf, isPassing } from '../fault.ts';
import type { Fault } from '../fault.ts';
import { newId } from '../id.ts';
import type { Deliver, KeptAnswer, NewItem, OutboxItem, OutboxKind, StoredItem } from './item.ts';
import { nextTurn, pauseMs, urgentPatienceMs, urgentPauseMs } from './line.ts';
import type { Moment } from './line.ts';
import { MemoryStorage } from './memory-storage.ts';
import { OutboxFull } from './outbox-full.ts';
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
  changed: () => void;
  /** the server no longer knows the sender */
  onSignedOut: () => void;
}

/** Numbers of items that only memory holds begin here, after all that are on disk. */
const volatileOrder = 1e12;

/** Answers a person must be shown even if no screen is open for them. */
const mustBeSeen = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  'result' in answer &&
  answer.result === 'conflict';

export class OutboxEngine {
  readonly #deps: EngineDeps;
  #storage: OutboxStorage | null = null;
  #opening: Promise<OutboxStorage> | null = null;
  /** what the disk refused though it must go out */
  readonly #volatile = new MemoryStorage(volatileOrder);
  #items: StoredItem[] = [];
  #answers: KeptAnswer[] = [];
  readonly #sending = new Set<string>();
  readonly #progress = new Map<string, number>();
  readonly #notBefore = new Map<string, number>();
  /** answered, though the disk may not have let go of them yet; with what is to be kept of the answer */
  readonly #answered = new Map<string, KeptAnswer | undefined>();
  readonly #deliverers = new Map<OutboxKind, Deliver>();
  readonly #handlers = new Set<(item: OutboxItem, answer: unknown) => void>();
  #senderId: string | null | undefined;
  #signedOut = false;
  #maySend = false;
  #failures = 0;
  #pausedUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #version = 0;
  #stopped = false;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /** Opens the disk and shows what is there. */
  async start(): Promise<void> {
    await this.#open();
    await this.refresh();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #open(): Promise<OutboxStorage> {
    this.#opening ??= this.#deps
      .openStorage()
      .catch(() => new MemoryStorage())
      .then((storage) => {
        this.#storage = storage;
        return storage;
      });
    return this.#opening;
  }

  /** Reads the disk anew: another tab has changed it. */
  async refresh(): Promise<void> {
    await this.#reread();
    this.#publish();
    this.#turn();
  }

  async #reread(): Promise<void> {
    const storage = await this.#open();
    for (;;) {
      const version = this.#version;
      // oxlint-disable no-await-in-loop -- again only when this tab wrote meanwhile
      const [kept, volatile, answers] = [
        await storage.all(),
        await this.#volatile.all(),
        await storage.answers(),
      ];
      // oxlint-enable no-await-in-loop
      if (version !== this.#version) continue;
      this.#items = [...kept, ...volatile].filter((item) => !this.#answered.has(item.id));
      this.#answers = answers;
      return;
    }
  }

  // --- what screens do ---

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
    const storage = await this.#open();
    let added: StoredItem[];
    try {
      added = await storage.add(entries);
    } catch (error) {
      // A call for help goes out even if this device has no room to write it down.
      if (!entries.every(({ item }) => item.urgent)) throw error;
      added = await this.#volatile.add(entries);
    }
    for (const item of added) this.#put(item);
    this.#settled();
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
  mend(id: string, change: (payload: unknown) => unknown): Promise<boolean> {
    return this.#rewrite(id, (item) =>
      item.state === 'refused' || item.attempts === 0
        ? { ...item, payload: change(item.payload), state: 'waiting', fault: null, attempts: 0 }
        : null,
    );
  }

  /** As `mend`, for an item that waits and cannot have been sent; `change` may decline with null. */
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
    if (this.#sending.has(id)) return false;
    const next = await (await this.#home(id)).change(id, change);
    if (!next) return false;
    this.#notBefore.delete(id);
    this.#put(next);
    this.#settled();
    return true;
  }

  async drop(id: string): Promise<void> {
    await (await this.#home(id)).remove(id);
    this.#forget(id);
    this.#settled();
  }

  async dismiss(id: string): Promise<void> {
    const storage = await this.#open();
    await storage.dismiss(id);
    this.#version += 1;
    this.#answers = this.#answers.filter((answer) => answer.item.id !== id);
    this.#settled();
  }

  // --- who sends, and when ---

  registerDeliverer(kind: OutboxKind, deliver: Deliver): void {
    this.#deliverers.set(kind, deliver);
    this.#turn();
  }

  onAnswer(handler: (item: OutboxItem, answer: unknown) => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  /** Whose session this is. Telling it again lets go on what waited for a sign-in. */
  setSender(userId: string | null | undefined): void {
    this.#senderId = userId;
    this.#signedOut = false;
    this.#turn();
  }

  /** Only one tab of a device sends. */
  setMaySend(may: boolean): void {
    this.#maySend = may;
    this.#turn();
  }

  /** Forgets all pauses: the server was heard again, or a person asked. */
  retryNow(): void {
    this.#failures = 0;
    this.#pausedUntil = 0;
    this.#signedOut = false;
    this.#notBefore.clear();
    this.#turn();
  }

  #moment(): Moment {
    return {
      now: this.#deps.now(),
      senderId: this.#senderId,
      signedOut: this.#signedOut,
      sending: this.#sending,
      notBefore: this.#notBefore,
      pausedUntil: this.#pausedUntil,
      canDeliver: (item) => this.#deliverers.has(item.kind),
    };
  }

  #turn(): void {
    clearTimeout(this.#timer);
    if (this.#stopped || !this.#maySend) return;
    const turn = nextTurn(
      this.#items.map((item) => this.#shown(item)),
      this.#moment(),
    );
    for (const item of turn.start) void this.#send(item.id);
    if (turn.wakeAt === null) return;
    const pause = Math.max(20, turn.wakeAt - this.#deps.now());
    this.#timer = setTimeout(() => this.#turn(), pause);
  }

  async #send(id: string): Promise<void> {
    this.#sending.add(id);
    this.#publish();
    try {
      const home = await this.#home(id);
      const item = this.#answered.has(id) ? null : await this.#begin(id);
      if (this.#answered.has(id)) await this.#takeOut(home, id);
      else if (item === null) await this.#reread();
      else if (!this.#stopped) await this.#deliver(home, item);
    } catch {
      // The disk failed in between: nothing is lost, the item is tried again.
      this.#notBefore.set(id, this.#deps.now() + pauseMs(3, this.#deps.random));
    } finally {
      this.#sending.delete(id);
      this.#progress.delete(id);
      if (!this.#stopped) this.#settled();
    }
  }

  /**
   * Writes down that the server may have it from now on, and gives what is on disk this moment. What is urgent does
   * not wait for a disk.
   */
  async #begin(id: string): Promise<StoredItem | null> {
    const known = this.#items.find((item) => item.id === id) ?? null;
    const lastTriedAt = new Date(this.#deps.now()).toISOString();
    const begun = (item: StoredItem): StoredItem | null =>
      item.state === 'refused' ? null : { ...item, attempts: item.attempts + 1, lastTriedAt };
    if (known?.urgent) {
      const next = begun(known);
      if (next) this.#put(next);
      return next;
    }
    const next = await (await this.#home(id)).change(id, begun);
    if (next) this.#put(next);
    return next;
  }

  async #deliver(home: OutboxStorage, item: StoredItem): Promise<void> {
    const deliver = this.#deliverers.get(item.kind);
    if (!deliver) return;
    const blob = item.blobId === null ? null : await home.blob(item.blobId);
    const shown: OutboxItem = { ...item, state: 'sending' };
    let answer: unknown;
    try {
      const under = deliver(shown, blob, (part) => this.#progressed(item.id, part));
      answer = await (item.urgent ? within(under, urgentPatienceMs) : under);
    } catch (error) {
      await this.#failed(home, item, faultOf(error));
      return;
    }
    await this.#delivered(home, item, answer);
  }

  async #delivered(home: OutboxStorage, item: StoredItem, answer: unknown): Promise<void> {
    this.#failures = 0;
    this.#pausedUntil = 0;
    const { state: _state, ...rest } = item;
    const keptAt = new Date(this.#deps.now()).toISOString();
    this.#answered.set(item.id, mustBeSeen(answer) ? { item: rest, answer, keptAt } : undefined);
    // Before it is taken out: if the page dies in between, it is sent again and the handlers hear the answer then.
    for (const handler of this.#handlers) {
      try {
        handler({ ...item, state: 'waiting' }, answer);
      } catch (error) {
        globalThis.reportError?.(error);
      }
    }
    await this.#takeOut(home, item.id);
  }

  async #takeOut(home: OutboxStorage, id: string): Promise<void> {
    const kept = this.#answered.get(id);
    await home.remove(id, kept);
    if (kept) this.#answers = [...this.#answers.filter((one) => one.item.id !== id), kept];
    this.#forget(id);
    this.#answered.delete(id);
  }

  async #failed(home: OutboxStorage, item: StoredItem, fault: Fault): Promise<void> {
    const passing = isPassing(fault) || fault.code === 'not_signed_in';
    this.#pause(item, fault, passing);
    const next = await home.change(item.id, (now) => ({
      ...now,
      attempts: Math.max(now.attempts, item.attempts),
      lastTriedAt: item.lastTriedAt,
      fault,
      state: passing ? 'waiting' : 'refused',
    }));
    if (next) this.#put(next);
    else this.#forget(item.id);
  }

  #pause(item: StoredItem, fault: Fault, passing: boolean): void {
    if (!passing) return;
    const now = this.#deps.now();
    const { random } = this.#deps;
    if (item.urgent) {
      this.#notBefore.set(item.id, now + urgentPauseMs);
    } else if (fault.code === 'not_signed_in' && item.userId !== null) {
      if (item.userId === this.#senderId) this.#signedOut = true;
      this.#deps.onSignedOut();
    } else if (fault.code === 'unreachable' || fault.code === 'database_unavailable') {
      if (now < this.#pausedUntil) return; // one of several that failed together
      this.#failures += 1;
      this.#pausedUntil = now + pauseMs(this.#failures, random);
    } else {
      const asked = Number(fault.params?.['retryAfterSeconds'] ?? 0) * 1000;
      const pause = Math.max(pauseMs(item.attempts, random), Math.min(asked, 600_000));
      this.#notBefore.set(item.id, now + pause);
    }
  }

  #progressed(id: string, part: number): void {
    if (!this.#sending.has(id)) return;
    this.#progress.set(id, Math.max(0, Math.min(1, part)));
    this.#publish();
  }

  // --- the mirror of the disk ---

  async #home(id: string): Promise<OutboxStorage> {
    const storage = await this.#open();
    const known = this.#items.find((item) => item.id === id);
    return known && known.order > volatileOrder ? this.#volatile : storage;
  }

  #put(item: StoredItem): void {
    this.#version += 1;
    const others = this.#items.filter((other) => other.id !== item.id);
    this.#items = [...others, item].sort((a, b) => a.order - b.order);
  }

  #forget(id: string): void {
    this.#version += 1;
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#notBefore.delete(id);
  }

  #shown(item: StoredItem): OutboxItem {
    return this.#sending.has(item.id) ? { ...item, state: 'sending' } : item;
  }

  #settled(): void {
    this.#publish();
    this.#deps.changed();
    this.#turn();
  }

  #publish(): void {
    this.#deps.publish({
      items: this.#items.map((item) => this.#shown(item)),
      answers: this.#answers,
      progress: new Map(this.#progress),
      ready: this.#storage !== null,
      kept: this.#storage?.kept ?? true,
    });
  }
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Unreachable()), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
