import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
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
