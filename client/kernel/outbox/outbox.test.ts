import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { TrackPoint } from '../../../shared/tracks/schema.ts';
import { newId } from '../id.ts';
import {
  enqueueAction,
  itemById,
  registerDeliverer,
  setOutboxSender,
  useOutbox,
} from './outbox.ts';

it('sends what is put in at once, and keeps what is refused with its reason', async () => {
  const sent: string[] = [];
  registerDeliverer('shift.checkIn', async (item) => {
    sent.push(item.id);
    if (sent.length === 2) throw new AppError('shift_not_yours');
    return { id: item.id, result: 'applied' };
  });
  setOutboxSender('u1');
  const who = { cityId: 'demo', userId: 'u1' };
  const at = new Date().toISOString();
  const first = newId();
  const second = newId();
  await enqueueAction({ kind: 'shift.checkIn', id: first, at, shiftId: newId() }, who);
  await enqueueAction({ kind: 'shift.checkIn', id: second, at, shiftId: newId() }, who);
  await expect.poll(() => itemById(second)?.state).toBe('refused');
  expect(sent).toEqual([first, second]);
  expect(itemById(second)?.fault?.code).toBe('shift_not_yours');
  expect(useOutbox.getState()).toMatchObject({ ready: true, kept: true });
});

it('track points join the batch that waits, and never one that may have been sent', async () => {
  const who = { cityId: 'demo', userId: 'away' }; // nobody by that id is signed in: nothing is sent
  const at = new Date().toISOString();
  const batch = (count: number) => ({
    kind: 'track.points' as const,
    id: newId(),
    at,
    points: Array.from({ length: count }, (): TrackPoint => [
      Date.parse(at),
      116.4,
      39.9,
      8,
      null,
      null,
    ]),
  });
  const first = await enqueueAction(batch(60), who);
  const joined = await enqueueAction(batch(60), who);
  expect(joined.id).toBe(first.id);
  expect((joined.payload as { points: unknown[] }).points.length).toBe(120);
  const next = await enqueueAction(batch(1), who);
  expect(next.id).not.toBe(first.id);
  const tried = useOutbox.getState().items.map((item) => ({ ...item, attempts: 1 }));
  useOutbox.setState({ items: tried });
  expect((await enqueueAction(batch(1), who)).id).not.toBe(next.id);
});
