/** Sends many key points in pieces; what did not go through is kept and can be sent again. */
import { useRef, useState } from 'react';
import type { ImportAnswer, KeyPointDraft } from '../../shared/key-points/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';

export type Sendable = KeyPointDraft & { sourceRef: string };
export const piece = 100;

/** The server takes 64 kB in one call; what goes around the rows is small. */
const mostBytes = 48 * 1024;
const encoder = new TextEncoder();

/** Rows from there on: as many as one call may carry, and one at least. */
function pieceAt(rows: readonly Sendable[], from: number): Sendable[] {
  let bytes = 0;
  const fits = (row: Sendable): boolean => {
    bytes += encoder.encode(JSON.stringify(row)).length + 1;
    return bytes <= mostBytes;
  };
  const next = rows.slice(from, from + piece);
  const end = next.findIndex((row, index) => !fits(row) && index > 0);
  return end < 0 ? next : next.slice(0, end);
}

export interface Refused {
  row: Sendable;
  code: ImportAnswer['refused'][number]['code'];
}
export interface Sent {
  done: number;
  total: number;
  added: number;
  changed: number;
  refused: Refused[];
  /** why it stopped; the rest is still to be sent */
  fault: Fault | null;
  sending: boolean;
}
export const nothingSent: Sent = {
  done: 0,
  total: 0,
  added: 0,
  changed: 0,
  refused: [],
  fault: null,
  sending: false,
};

type Call = (rows: Sendable[]) => Promise<ImportAnswer>;

/** From `from.done` on; the same rows twice change nothing, so a piece whose answer was lost is sent again. */
export async function sendPieces(
  rows: readonly Sendable[],
  from: Sent,
  call: Call,
  tell: (sent: Sent) => void,
): Promise<Sent> {
  let sent: Sent = { ...from, total: rows.length, fault: null, sending: true };
  tell(sent);
  while (sent.done < rows.length) {
    const part = pieceAt(rows, sent.done);
    try {
      const answer = await call(part);
      const refused = answer.refused.map(({ index, code }) => ({ row: part[index]!, code }));
      sent = {
        ...sent,
        done: sent.done + part.length,
        added: sent.added + answer.added,
        changed: sent.changed + answer.changed,
        refused: [...sent.refused, ...refused],
      };
      tell(sent);
    } catch (error) {
      sent = { ...sent, fault: faultOf(error), sending: false };
      tell(sent);
      return sent;
    }
  }
  sent = { ...sent, sending: false };
  tell(sent);
  return sent;
}

export function useSendKeyPoints(source: 'imported' | 'map') {
  const [sent, setSent] = useState(nothingSent);
  const last = useRef(nothingSent);
  const tell = (next: Sent) => {
    last.current = next;
    setSent(next);
  };
  const call: Call = (keyPoints) => api.keyPoints.import.mutate({ source, keyPoints });
  return {
    sent,
    /** Goes on where it stopped. */
    send: (rows: readonly Sendable[]) => sendPieces(rows, last.current, call, tell),
    forget: () => tell(nothingSent),
  };
}
