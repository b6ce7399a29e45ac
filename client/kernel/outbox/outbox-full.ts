/**
 * This device could not keep the item: it is not in the outbox, and the caller still has it. `full` = no room left,
 * `broken` = the browser's storage failed in another way.
 */
export class OutboxFull extends Error {
  readonly reason: 'full' | 'broken';
  constructor(reason: 'full' | 'broken', cause?: unknown) {
    super(`outbox ${reason}`, { cause });
    this.name = 'OutboxFull';
    this.reason = reason;
  }
}
