/** What waits in the outbox: one thing somebody did, until the server has answered for it. */
import type { FieldActionKind } from '../../../shared/field/schema.ts';
import type { Fault } from '../fault.ts';

export type OutboxKind = FieldActionKind | 'tip.report' | 'media.upload';

export interface OutboxItem {
  /** made on this device; sent again with the same id it does nothing twice */
  id: string;
  /** what it is about: later items of the same subject (and person) wait for earlier ones */
  subject: string;
  kind: OutboxKind;
  /** when it happened, by the server's clock as far as this device knows it */
  at: string;
  /** when it was put here, by this device's own clock */
  madeAt: string;
  cityId: string;
  /** whose; null = nobody's (a public tip). Nobody else's session ever sends it. */
  userId: string | null;
  payload: unknown;
  blobId: string | null;
  urgent: boolean;
  /** how often sending was begun; 0 = the server cannot have seen it */
  attempts: number;
  lastTriedAt: string | null;
  state: 'waiting' | 'sending' | 'refused';
  /** why the last attempt failed; null = not tried yet, or no attempt has failed */
  fault: Fault | null;
  /** grows by one per item of this device */
  order: number;
  /** a few words for the list, e.g. the name of the place */
  title?: string;
}

export interface NewItem {
  id?: string;
  subject: string;
  kind: OutboxKind;
  at?: string;
  payload: unknown;
  cityId: string;
  userId: string | null;
  blob?: Blob;
  urgent?: boolean;
  title?: string;
}

/** As it is stored: whether it is being sent is no property of the disk. */
export type StoredItem = Omit<OutboxItem, 'state'> & { state: 'waiting' | 'refused' };

/** An answer that a person must see, kept until they have. */
export interface KeptAnswer {
  item: Omit<OutboxItem, 'state'>;
  answer: unknown;
  keptAt: string;
}

/** Takes one item to the server; rejects like a tRPC call. `onProgress` takes 0…1. */
export type Deliver = (
  item: OutboxItem,
  blob: Blob | null,
  onProgress: (part: number) => void,
) => Promise<unknown>;

/** The items of one person and subject keep their order among each other. */
export const lineOf = (item: Pick<OutboxItem, 'userId' | 'subject'>): string =>
  `${item.userId ?? ''}|${item.subject}`;
