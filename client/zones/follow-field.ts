/** Joins the reader of the field to the server, the store and, on a team's tablet, to what the device keeps. */
import { encodeCellField } from '../../shared/zones/field-bytes.ts';
import { CallError } from '../kernel/call-error.ts';
import { useConnection } from '../kernel/connection.ts';
import { Unreachable } from '../kernel/fault.ts';
import { readKept, writeKept } from '../kernel/kept.ts';
import { FieldReader } from './field-reader.ts';
import type { FieldNews } from './field-reader.ts';
import { noField, useCold } from './store.ts';

const patienceMs = 30_000;
const keepEveryMs = 30_000;

interface Kept {
  cityId: string;
  bytes: Uint8Array;
}

/** @throws Unreachable, CallError */
async function fetchField(cityId: string): Promise<Uint8Array> {
  let answer: Response;
  try {
    answer = await fetch(`/api/cities/${encodeURIComponent(cityId)}/cells.bin`, {
      credentials: 'same-origin',
      // asked each time, fetched only when it is another
      cache: 'no-cache',
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    throw new Unreachable(error);
  }
  if (!answer.ok) throw new CallError('cells.bin', { httpStatus: answer.status });
  return new Uint8Array(await answer.arrayBuffer());
}

export interface FieldFollower {
  hear(news: FieldNews): void;
  stop(): void;
}

/** @param keepFor whose tablet keeps it for a time without a network; null: nothing is left on the device */
export function followField(cityId: string, keepFor: string | null): FieldFollower {
  let undoKeeping: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    undoKeeping = undefined;
    const { field } = useCold.getState();
    if (field === null || keepFor === null) return;
    void writeKept(`field ${keepFor}`, { cityId, bytes: encodeCellField(field) } satisfies Kept);
  };
  const reader = new FieldReader({
    fetchBytes: () => fetchField(cityId),
    onChange: (held) => {
      useCold.setState(held);
      if (keepFor !== null && held.field !== null) undoKeeping ??= setTimeout(keep, keepEveryMs);
    },
    later: (work, ms) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    nowMs: () => Date.now(),
  });
  useCold.setState({ ...noField, retry: () => reader.retry() });
  if (keepFor !== null)
    void readKept<Kept>(`field ${keepFor}`).then((kept) => {
      if (kept?.cityId === cityId) reader.restore(kept.bytes);
    });
  const unsubscribe = useConnection.subscribe((now, before) => {
    if (now.state === 'live' && before.state === 'offline') reader.retry();
  });
  return {
    hear: (news) => reader.hear(news),
    stop: () => {
      clearTimeout(undoKeeping);
      unsubscribe();
      reader.stop();
      useCold.setState(noField);
    },
  };
}
