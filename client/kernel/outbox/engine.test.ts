import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { newId } from '../id.ts';
import { OutboxEngine } from './engine.ts';
import { openIdbStorage } from './idb-storage.ts';
import type { OutboxItem } from './item.ts';
import { MemoryStorage } from './memory-storage.ts';
import { OutboxFull } from './outbox-full.ts';
import { SimulatedDevice, checkIn, moment, untilQuiet } from './simulated-device.ts';
import type { Tab } from './simulated-device.ts';

let disks = 0;
const freshDevice = () => new SimulatedDevice(`engine-${(disks += 1)}`);
const isEmpty = (tab: Tab) => () => tab.state().items.length === 0;

describe('what the server refuses', () => {
  it('stays with its reason, holds back its own subject alone, and keeps its id when mended', async () => {
    const device = freshDevice();
    device.fates = ['refused'];
    const tab = await device.open();
    const [a1, a2, b1] = [newId(), newId(), newId()];
    await tab.engine.enqueueAll([checkIn(a1, 'a'), checkIn(a2, 'a'), checkIn(b1, 'b')]);
    await untilQuiet(
      tab,
      () => tab.state().items.length === 2 && tab.state().items[0]?.state === 'refused',
    );
    expect(tab.state().items).toMatchObject([
      { id: a1, state: 'refused', fault: { code: 'shift_not_yours' } },
      { id: a2, state: 'waiting' },
    ]);
    expect(device.taken).toEqual([b1]);
    expect(await tab.engine.mend(a1, { better: true })).toBe(true);
    await untilQuiet(tab, isEmpty(tab));
    expect(device.taken).toEqual([b1, a1, a2]);
    expect(device.sent.findLast((item) => item.id === a1)?.payload).toEqual({ better: true });
  });
  it('can be dropped, and then what is behind it goes on', async () => {
    const device = freshDevice();
    device.fates = ['refused'];
    const tab = await device.open();
    const [first, second] = [newId(), newId()];
    await tab.engine.enqueueAll([checkIn(first, 'a'), checkIn(second, 'a')]);
    await untilQuiet(tab, () => tab.state().items[0]?.state === 'refused');
    await tab.engine.drop(first);
    await untilQuiet(tab, isEmpty(tab));
    expect(device.taken).toEqual([second]);
  });
  it('is not changed any more once it may have been sent', async () => {
    const device = freshDevice();
    device.fates = ['lost'];
    const tab = await device.open();
    const id = newId();
    await tab.engine.enqueue(checkIn(id, 'a'));
    await untilQuiet(tab, () => device.sent.length === 1);
    expect(await tab.engine.mend(id, { other: true })).toBe(false);
    expect(await tab.engine.join(id, () => ({ other: true }))).toBe(false);
  });
});

describe('a device without room', () => {
  const quota = () => {
    const full = new MemoryStorage();
    full.add = () => Promise.reject(new OutboxFull('full'));
    return full;
  };
  function fullTab() {
    return new OutboxEngine({
      openStorage: async () => quota(),
      now: Date.now,
      serverNow: Date.now,
      random: () => 0,
      publish: () => undefined,
      tellOthers: () => undefined,
      onSignedOut: () => undefined,
    });
  }
  it('says so and leaves the item with the caller', async () => {
    const engine = fullTab();
    await expect(engine.enqueue(checkIn(newId(), 'a'))).rejects.toThrow(OutboxFull);
  });
  it('still sends a call for help', async () => {
    const engine = fullTab();
    const sent: string[] = [];
    engine.sender.registerDeliverer('sos.raise', async (item) => sent.push(item.id));
    engine.sender.setSender('u');
    engine.sender.setMaySend(true);
    const id = newId();
    await engine.enqueue({ ...checkIn(id, 'sos'), kind: 'sos.raise', urgent: true });
    await expect.poll(() => sent).toEqual([id]);
  });
  it('still sends what it holds, which makes room', async () => {
    const storage = new MemoryStorage();
    const sent: string[] = [];
    const engine = new OutboxEngine({
      openStorage: async () => storage,
      now: Date.now,
      serverNow: Date.now,
      random: () => 0,
      publish: () => undefined,
      tellOthers: () => undefined,
      onSignedOut: () => undefined,
    });
    engine.sender.registerDeliverer('shift.checkIn', async (item) => sent.push(item.id));
    engine.sender.setSender('u');
    const id = newId();
    await engine.enqueue(checkIn(id, 'a'));
    storage.change = () => Promise.reject(new OutboxFull('full'));
    engine.sender.setMaySend(true);
    await expect.poll(() => storage.all()).toEqual([]);
    expect(sent).toEqual([id]);
  });
  it('tells a full disk from a broken one, and keeps nothing by halves', async () => {
    const storage = await openIdbStorage('full-disk');
    const item = { ...checkIn(newId(), 'a') };
    const put = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function add() {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    try {
      const entry = { ...(item as OutboxItem), state: 'waiting' as const, blobId: null };
      await expect(storage.add([{ item: entry, blob: null }])).rejects.toMatchObject({
        name: 'OutboxFull',
        reason: 'full',
      });
    } finally {
      IDBObjectStore.prototype.add = put;
    }
    expect(await storage.all()).toEqual([]);
  });
});

describe('who sends', () => {
  it('nobody sends what another person wrote; tips are nobody’s', async () => {
    const device = freshDevice();
    const tab = await device.open('other');
    const [mine, tip] = [newId(), newId()];
    await tab.engine.enqueueAll([checkIn(mine, 'a'), checkIn(tip, 'b', { userId: null })]);
    await untilQuiet(tab);
    expect(device.taken).toEqual([tip]);
    tab.engine.sender.setSender('u');
    await untilQuiet(tab, isEmpty(tab));
    expect(device.taken).toEqual([tip, mine]);
  });
  it('what needs a sign-in is held, not refused, and goes on after it', async () => {
    const device = freshDevice();
    device.fates = ['signed-out'];
    const tab = await device.open();
    await tab.engine.enqueue(checkIn(newId(), 'a'));
    for (let turn = 0; turn < 40; turn += 1) await moment();
    expect(tab.state().items).toMatchObject([
      { state: 'waiting', fault: { code: 'not_signed_in' } },
    ]);
    expect(device.sent.length).toBe(1);
    tab.engine.sender.setSender('u');
    await untilQuiet(tab, isEmpty(tab));
    expect(device.taken.length).toBe(1);
  });
  it('a tab that may not send keeps and shows, and sends nothing', async () => {
    const device = freshDevice();
    const tab = await device.open();
    tab.engine.sender.setMaySend(false);
    await tab.engine.enqueue(checkIn(newId(), 'a'));
    await untilQuiet(tab);
    expect(device.sent).toEqual([]);
    expect(tab.state().items.length).toBe(1);
  });
  it('but a call for help goes out from any tab', async () => {
    const device = freshDevice();
    const tab = await device.open();
    tab.engine.sender.setMaySend(false);
    const id = newId();
    await tab.engine.enqueue({ ...checkIn(id, 'sos'), urgent: true });
    await untilQuiet(tab, isEmpty(tab));
    expect(device.taken).toEqual([id]);
  });
});

describe('what comes with an item', () => {
  it('a blob is given to the deliverer as it was, and is gone with the item', async () => {
    const device = freshDevice();
    const tab = await device.open();
    const got: string[] = [];
    tab.engine.sender.registerDeliverer('media.upload', async (_item, blob, onProgress) => {
      onProgress(0.5);
      got.push(blob?.type ?? '', (await blob?.text()) ?? '');
      return {};
    });
    const blob = new Blob(['voice'], { type: 'audio/webm' });
    const item = await tab.engine.enqueue({ ...checkIn(newId(), 'm'), kind: 'media.upload', blob });
    await untilQuiet(tab, isEmpty(tab));
    expect(got).toEqual(['audio/webm', 'voice']);
    const storage = await openIdbStorage(`engine-${disks}`);
    expect(await storage.blob(item.blobId ?? '')).toBeNull();
  });
  it('a conflict is kept to be seen until it is dismissed, also over a restart', async () => {
    const device = freshDevice();
    device.fates = ['conflict'];
    let tab = await device.open();
    const id = newId();
    await tab.engine.enqueue(checkIn(id, 'a'));
    await untilQuiet(tab, isEmpty(tab));
    tab.kill();
    tab = await device.open();
    expect(tab.state().answers).toMatchObject([{ item: { id }, answer: { result: 'conflict' } }]);
    await tab.engine.dismiss(id);
    tab.kill();
    tab = await device.open();
    expect(tab.state().answers).toEqual([]);
  });
  it('the same id again changes nothing', async () => {
    const device = freshDevice();
    const tab = await device.open('other');
    const id = newId();
    const first = await tab.engine.enqueue(checkIn(id, 'a'));
    const again = await tab.engine.enqueue(checkIn(id, 'a', { payload: { twice: true } }));
    expect(again).toEqual(first);
    expect(tab.state().items.length).toBe(1);
  });
});
