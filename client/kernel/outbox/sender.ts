/**
 * Takes what waits to the server. Delivery is at least once: an answer that is lost with the page is asked for again
 * under the same id, which does nothing twice. After its answer an item is never sent again.
 */
import { Unreachable, faultOf, isPassing } from '../fault.ts';
import type { Fault } from '../fault.ts';
import type { Deliver, KeptAnswer, OutboxItem, OutboxKind, StoredItem } from './item.ts';
import { nextTurn, pauseMs, urgentPatienceMs, urgentPauseMs } from './line.ts';
import type { Moment } from './line.ts';
import { OutboxFull } from './outbox-full.ts';
import type { Shelf } from './shelf.ts';

export interface SenderDeps {
  /** this device's clock, ms */
  now: () => number;
  random: () => number;
  /** something that is shown has changed; `written` = the disk has, too */
  changed: (written: boolean) => void;
  /** the server no longer knows the sender */
  onSignedOut: () => void;
}

/** Answers a person must be shown even if no screen is open for them. */
const mustBeSeen = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  'result' in answer &&
  answer.result === 'conflict';

const diskPauseMs = 4_000;

export class Sender {
  readonly #shelf: Shelf;
  readonly #deps: SenderDeps;
  readonly sending = new Set<string>();
  readonly progress = new Map<string, number>();
  /** answered, though the disk may not have let go of them yet; with what is to be kept of the answer */
  readonly #answered = new Map<string, KeptAnswer | undefined>();
  readonly #deliverers = new Map<OutboxKind, Deliver>();
  readonly #handlers = new Set<(item: OutboxItem, answer: unknown) => void>();
  readonly #notBefore = new Map<string, number>();
  #senderId: string | null | undefined;
  #signedOut = false;
  #maySend = false;
  #failures = 0;
  #pausedUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(shelf: Shelf, deps: SenderDeps) {
    this.#shelf = shelf;
    this.#deps = deps;
  }

  registerDeliverer(kind: OutboxKind, deliver: Deliver): void {
    this.#deliverers.set(kind, deliver);
    this.turn();
  }

  onAnswer(handler: (item: OutboxItem, answer: unknown) => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  setSender(userId: string | null | undefined): void {
    this.#senderId = userId;
    this.#signedOut = false;
    this.turn();
  }

  setMaySend(may: boolean): void {
    this.#maySend = may;
    this.turn();
  }

  /** Forgets all pauses. */
  retryNow(): void {
    this.#failures = 0;
    this.#pausedUntil = 0;
    this.#signedOut = false;
    this.#notBefore.clear();
    this.turn();
  }

  retry(id: string): void {
    this.#notBefore.delete(id);
    this.turn();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Begins whatever may begin now, and sets the clock for the rest. */
  turn(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const { start, wakeAt } = nextTurn(this.#mayGoOut(), this.#moment());
    for (const item of start) void this.#send(item.id);
    if (wakeAt === null) return;
    this.#timer = setTimeout(() => this.turn(), Math.max(20, wakeAt - this.#deps.now()));
  }

  /**
   * A call for help goes out from every tab that knows of it: the one that sends may be asleep in the background, and
   * the id makes a second arrival harmless.
   */
  #mayGoOut(): readonly StoredItem[] {
    const { items } = this.#shelf;
    return this.#maySend ? items : items.filter(({ urgent }) => urgent);
  }

  #moment(): Moment {
    return {
      now: this.#deps.now(),
      senderId: this.#senderId,
      signedOut: this.#signedOut,
      sending: this.sending,
      notBefore: this.#notBefore,
      pausedUntil: this.#pausedUntil,
      canDeliver: (item) => this.#deliverers.has(item.kind),
    };
  }

  async #send(id: string): Promise<void> {
    this.sending.add(id);
    this.#deps.changed(false);
    try {
      if (this.#answered.has(id)) await this.#takeOut(id);
      else {
        const item = await this.#begin(id);
        if (item === null) await this.#shelf.reread();
        else if (!this.#stopped) await this.#deliver(item);
      }
    } catch {
      // The disk failed in between: nothing is lost, the item is taken up again.
      this.#notBefore.set(id, this.#deps.now() + diskPauseMs);
    } finally {
      this.sending.delete(id);
      this.progress.delete(id);
      if (!this.#stopped) {
        this.#deps.changed(true);
        this.turn();
      }
    }
  }

  /**
   * Writes down that the server may have it from now on, and gives what is on disk this moment: another tab may have
   * changed or dropped it. What is urgent does not wait for a disk, and a disk that takes no word more must not hold
   * back what is on it: sending is what makes room.
   */
  async #begin(id: string): Promise<StoredItem | null> {
    const lastTriedAt = new Date(this.#deps.now()).toISOString();
    const begun = (item: StoredItem): StoredItem | null =>
      item.state === 'refused' ? null : { ...item, attempts: item.attempts + 1, lastTriedAt };
    const known = this.#shelf.find(id);
    return known?.urgent ? this.#inMirror(id, begun) : this.#change(id, begun);
  }

  async #change(
    id: string,
    change: (item: StoredItem) => StoredItem | null,
  ): Promise<StoredItem | null> {
    try {
      return await this.#shelf.change(id, change);
    } catch (error) {
      if (error instanceof OutboxFull) return this.#inMirror(id, change);
      throw error;
    }
  }

  #inMirror(id: string, change: (item: StoredItem) => StoredItem | null): StoredItem | null {
    const known = this.#shelf.find(id);
    const next = known && change(known);
    if (next) this.#shelf.put(next);
    return next;
  }

  async #deliver(item: StoredItem): Promise<void> {
    const deliver = this.#deliverers.get(item.kind);
    if (!deliver) return;
    const blob = await this.#shelf.blobOf(item);
    let answer: unknown;
    try {
      const under = deliver({ ...item, state: 'sending' }, blob, (part) =>
        this.#progressed(item.id, part),
      );
      answer = await (item.urgent ? within(under, urgentPatienceMs) : under);
    } catch (error) {
      await this.#failed(item, faultOf(error));
      return;
    }
    await this.#delivered(item, answer);
  }

  async #delivered(item: StoredItem, answer: unknown): Promise<void> {
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
    await this.#takeOut(item.id);
  }

  async #takeOut(id: string): Promise<void> {
    await this.#shelf.remove(id, this.#answered.get(id));
    this.#answered.delete(id);
    this.#notBefore.delete(id);
  }

  async #failed(item: StoredItem, fault: Fault): Promise<void> {
    const passing = isPassing(fault) || fault.code === 'not_signed_in';
    if (passing) this.#pause(item, fault);
    const { attempts, lastTriedAt } = item;
    await this.#change(item.id, (now) => ({
      ...now,
      attempts: Math.max(now.attempts, attempts),
      lastTriedAt,
      fault,
      state: passing ? 'waiting' : 'refused',
    }));
  }

  #pause(item: StoredItem, fault: Fault): void {
    const now = this.#deps.now();
    const { random } = this.#deps;
    if (item.urgent) {
      this.#notBefore.set(item.id, now + urgentPauseMs);
    } else if (fault.code === 'not_signed_in' && item.userId !== null) {
      if (item.userId !== this.#senderId) return; // somebody else has signed in meanwhile
      this.#signedOut = true;
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
    if (!this.sending.has(id)) return;
    this.progress.set(id, Math.max(0, Math.min(1, part)));
    this.#deps.changed(false);
  }
}

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Unreachable()), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
