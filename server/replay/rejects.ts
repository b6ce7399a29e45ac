import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { stringify } from 'csv-stringify';
import type { Row } from './records.ts';

/** Rows that were refused, as they came, with their number and the reason; and how many of each. */
export class Rejects {
  readonly counts = new Map<string, number>();
  private readonly stream: ReturnType<typeof stringify> | null;
  private readonly header: readonly string[];
  private readonly done: Promise<unknown>;

  constructor(file: string | null, header: readonly string[]) {
    this.header = header;
    this.stream = file === null ? null : stringify();
    if (this.stream && file !== null) {
      const target = createWriteStream(file);
      this.done = once(target, 'finish');
      this.stream.pipe(target);
      this.stream.write(['row', 'reason', ...header]);
    } else this.done = Promise.resolve();
  }

  add(number: number, row: Row, reason: string): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
    this.stream?.write([number, reason, ...this.header.map((name) => row[name] ?? '')]);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  async close(): Promise<void> {
    this.stream?.end();
    await this.done;
  }
}
