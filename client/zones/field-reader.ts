/**
 * The field of cells on this screen: fetched when it was made anew or when changes may have been missed, and kept up to
 * date by the events in between. It subscribes first and fetches then: what the fetched field has already is dropped by
 * the number of the event, so nothing is lost and nothing comes twice.
 */
import { applyCells } from '../../shared/zones/cell-field.ts';
import type { CellField } from '../../shared/zones/cell-field.ts';
import { decodeCellField } from '../../shared/zones/field-bytes.ts';
import type { ColdCellView } from '../../shared/zones/schema.ts';

/** A change of one cell, with its number in the event log. */
export interface CellNews {
  seq: number;
  view: ColdCellView;
}

export interface FieldNews {
  /** of the newest forecast; 0 = none was made yet */
  revision: number;
  /** every change of a cell after this number is in `cells` */
  since: number;
  cells: ReadonlyMap<string, CellNews>;
}

export interface FieldHeld {
  field: CellField | null;
  /** counts the changes: the columns change in place */
  version: number;
  /** what went wrong with the last attempt to fetch */
  error: unknown;
}

export interface FieldReaderDeps {
  fetchBytes: () => Promise<Uint8Array>;
  onChange: (held: FieldHeld) => void;
  /** runs it later @returns the undo */
  later: (work: () => void, ms: number) => () => void;
  nowMs: () => number;
}

/** A tablet that moves its map asks for much of the city anew; the field of the whole city need not come each time. */
const leastBetweenMs = 10_000;
const firstRetryMs = 2_000;
const longestRetryMs = 60_000;

export class FieldReader {
  readonly #deps: FieldReaderDeps;
  #held: FieldHeld = { field: null, version: 0, error: null };
  #news: FieldNews | null = null;
  #appliedSeq = 0;
  #reading = false;
  #stopped = false;
  #failures = 0;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #undoTimer: (() => void) | null = null;

  constructor(deps: FieldReaderDeps) {
    this.#deps = deps;
  }

  /** What an earlier run kept: shown until something newer comes. */
  restore(bytes: Uint8Array): void {
    if (this.#held.field !== null || this.#stopped) return;
    try {
      this.#take(decodeCellField(bytes));
    } catch {
      // Kept by another version, or cut off: the server has it.
    }
  }

  hear(news: FieldNews): void {
    this.#news = news;
    this.#apply();
    this.#consider();
  }

  /** Somebody asks, or the line is back: at once. */
  retry(): void {
    this.#failures = 0;
    this.#undoTimer?.();
    this.#undoTimer = null;
    if (!this.#reading && this.#isOwed()) void this.#read();
  }

  stop(): void {
    this.#stopped = true;
    this.#undoTimer?.();
  }

  #isOwed(): boolean {
    const { field } = this.#held;
    if (this.#news === null) return false;
    return field === null || field.revision !== this.#news.revision || field.seq < this.#news.since;
  }

  #consider(): void {
    if (this.#stopped || this.#reading || this.#undoTimer !== null || !this.#isOwed()) return;
    const sinceRead = this.#deps.nowMs() - this.#readAtMs;
    const wait = Math.max(
      this.#failures === 0 ? 0 : Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1)),
      leastBetweenMs - sinceRead,
    );
    if (wait <= 0) void this.#read();
    else
      this.#undoTimer = this.#deps.later(() => {
        this.#undoTimer = null;
        if (this.#isOwed()) void this.#read();
      }, wait);
  }

  async #read(): Promise<void> {
    this.#reading = true;
    try {
      const field = decodeCellField(await this.#deps.fetchBytes());
      if (this.#stopped) return;
      this.#readAtMs = this.#deps.nowMs();
      this.#failures = 0;
      this.#take(field);
    } catch (error) {
      if (this.#stopped) return;
      this.#failures += 1;
      this.#publish({ error });
    } finally {
      this.#reading = false;
    }
    this.#consider();
  }

  #take(field: CellField): void {
    this.#appliedSeq = field.seq;
    this.#held = { ...this.#held, field };
    this.#write();
    this.#publish({ error: null });
  }

  #apply(): void {
    if (this.#write()) this.#publish({});
  }

  /** The changes that the field doesn't have yet. */
  #write(): boolean {
    const { field } = this.#held;
    if (field === null || this.#news === null) return false;
    const views: ColdCellView[] = [];
    let last = this.#appliedSeq;
    for (const { seq, view } of this.#news.cells.values()) {
      if (seq <= this.#appliedSeq) continue;
      views.push(view);
      last = Math.max(last, seq);
    }
    if (views.length === 0) return false;
    applyCells(field, views);
    this.#appliedSeq = last;
    return true;
  }

  #publish(part: Partial<FieldHeld>): void {
    this.#held = { ...this.#held, ...part, version: this.#held.version + 1 };
    this.#deps.onChange(this.#held);
  }
}
