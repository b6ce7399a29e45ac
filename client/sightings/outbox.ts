/**
 * Reports on their way. Each stays in this device's storage until the server has answered; a failed attempt waits
 * and is repeated with the same id, so that sending twice is harmless. What the server refuses stays here with its
 * reason until the person has mended or dropped it.
 */
import { create } from 'zustand';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { faultOf, isPassing } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { readStored, writeStored } from '../kernel/stored.ts';

export interface Outgoing {
  draft: SightingDraft;
  cityId: string;
  /** whose: a signed-in person's, or (null) a public tip */
  userId: string | null;
  /** the version an edit was made from; null = a new report */
  version: number | null;
  attempts: number;
  /** why the last attempt failed; null = not tried yet */
  fault: Fault | null;
  /** the server will not take it as it is */
  refused: boolean;
}

export interface Receipt {
  trackingCode: string | null;
  receivedAt: string | null;
  version: number;
}

/** Delivers one; rejects like a tRPC call. */
export type Deliver = (item: Outgoing) => Promise<Receipt>;

interface OutboxStore {
  items: readonly Outgoing[];
  /** ids being sent this moment */
  sending: ReadonlySet<string>;
  /** false when the browser would not keep the list */
  kept: boolean;
}

const key = 'nuanxun.report.outbox';
const stored = readStored(key);

export const useOutbox = create<OutboxStore>(() => ({
  items: Array.isArray(stored) ? (stored as Outgoing[]) : [],
  sending: new Set(),
  kept: true,
}));

function change(items: readonly Outgoing[]): void {
  useOutbox.setState({ items, kept: writeStored(key, items) });
}

const without = (id: string) => useOutbox.getState().items.filter((item) => item.draft.id !== id);

export const dropOutgoing = (id: string): void => change(without(id));

export type Attempt =
  | { kind: 'sent'; receipt: Receipt }
  | { kind: 'waiting'; fault: Fault }
  | { kind: 'refused'; fault: Fault };

/** Puts it in the outbox (or replaces the one with the same id) and tries at once. */
export async function send(
  item: Pick<Outgoing, 'draft' | 'cityId' | 'userId' | 'version'>,
  deliver: Deliver,
): Promise<Attempt> {
  const outgoing: Outgoing = { ...item, attempts: 0, fault: null, refused: false };
  change([...without(item.draft.id), outgoing]);
  return attempt(outgoing, deliver);
}

async function attempt(item: Outgoing, deliver: Deliver): Promise<Attempt> {
  const { id } = item.draft;
  useOutbox.setState(({ sending }) => ({ sending: new Set(sending).add(id) }));
  try {
    const receipt = await deliver(item);
    change(without(id));
    return { kind: 'sent', receipt };
  } catch (error) {
    const fault = faultOf(error);
    const refused = !isPassing(fault);
    const attempts = item.attempts + 1;
    if (useOutbox.getState().items.some((other) => other.draft.id === id))
      change([...without(id), { ...item, attempts, fault, refused }]);
    return refused ? { kind: 'refused', fault } : { kind: 'waiting', fault };
  } finally {
    useOutbox.setState(({ sending }) => ({
      sending: new Set([...sending].filter((other) => other !== id)),
    }));
  }
}

/** Seconds until the next attempt: 3, 6, 12 … at most two minutes. */
export const pauseSeconds = (attempts: number): number =>
  Math.min(120, 3 * 2 ** Math.max(0, attempts - 1));

/** On a shared phone nobody sends what another person wrote; tips are nobody's. */
export const isSenders = (item: Outgoing, userId: string | null): boolean =>
  item.userId === null || item.userId === userId;

/** Tries everything of this person's (and the tips) that waits, one after the other. */
export async function sendWaiting(
  userId: string | null,
  deliver: Deliver,
  onSent: (item: Outgoing, receipt: Receipt) => void,
): Promise<void> {
  const { items, sending } = useOutbox.getState();
  for (const item of items) {
    if (item.refused || sending.has(item.draft.id) || !isSenders(item, userId)) continue;
    const result = await attempt(item, deliver); // oxlint-disable-line no-await-in-loop -- in the order they were made
    if (result.kind === 'sent') onSent(item, result.receipt);
  }
}
