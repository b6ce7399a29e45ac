/** The outbox as one person sees it: what needs them, what is on its way, what waits and for what. */
import { useMemo } from 'react';
import type { FieldAction } from '../../shared/field/schema.ts';
import { lineOf } from '../kernel/outbox/item.ts';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import type { KeptAnswer, OutboxItem } from '../kernel/outbox/outbox.ts';

export interface Queue {
  conflicts: readonly KeptAnswer[];
  refused: OutboxItem[];
  /** in order; track batches as one */
  going: OutboxItem[];
  trackPoints: number;
  /** ISO; when the oldest of what waits was put here */
  oldestAt: string | null;
  /** what waits behind something of its own subject that was refused */
  behind: ReadonlySet<string>;
  /** of other people on this device */
  others: number;
  /** the server asked for a sign-in */
  held: boolean;
}

export interface QueueOf {
  /** whose; null = nobody is signed in */
  userId: string | null;
  /** only these, e.g. reports on the report page */
  only?: (item: Pick<OutboxItem, 'kind'>) => boolean;
}

/** On a shared device nobody sees what another person wrote; public tips are nobody's. */
const isSeenBy = (item: Pick<OutboxItem, 'userId'>, userId: string | null): boolean =>
  item.userId === null || item.userId === userId;

export function queueOf(
  items: readonly OutboxItem[],
  answers: readonly KeptAnswer[],
  { userId, only = () => true }: QueueOf,
): Queue {
  const own = items.filter((item) => isSeenBy(item, userId) && only(item));
  const refused = own.filter((item) => item.state === 'refused');
  const stuck = new Set(refused.filter((item) => item.kind !== 'track.points').map(lineOf));
  const waiting = own.filter((item) => item.state !== 'refused');
  const tracks = waiting.filter((item) => item.kind === 'track.points');
  const going = waiting.filter((item) => item.kind !== 'track.points' || item === tracks[0]);
  return {
    conflicts: answers.filter(({ item }) => isSeenBy(item, userId) && only(item)),
    refused,
    going: going.sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.order - b.order),
    trackPoints: tracks.reduce((count, { payload }) => count + pointsIn(payload), 0),
    oldestAt: waiting[0]?.madeAt ?? null,
    behind: new Set(waiting.filter((item) => stuck.has(lineOf(item))).map(({ id }) => id)),
    others: items.filter((item) => !isSeenBy(item, userId) && only(item)).length,
    held: waiting.some((item) => item.fault?.code === 'not_signed_in'),
  };
}

const pointsIn = (payload: unknown): number =>
  (payload as Extract<FieldAction, { kind: 'track.points' }>).points.length;

export function useQueue(of: QueueOf): Queue {
  const items = useOutbox((store) => store.items);
  const answers = useOutbox((store) => store.answers);
  const { userId, only } = of;
  return useMemo(
    () => queueOf(items, answers, only ? { userId, only } : { userId }),
    [items, answers, userId, only],
  );
}
