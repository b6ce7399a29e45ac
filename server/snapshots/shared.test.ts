import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/realtime/events.ts';
import type { Database } from '../kernel/sql.ts';
import type { Viewer } from '../realtime/sockets.ts';
import { shareSnapshots } from './shared.ts';

const stranger: Viewer = { cityId: 'c', staff: false, userId: null, deviceId: null };
const staff: Viewer = { ...stranger, staff: true };

/** A database whose log grows while it is read. */
function logOf() {
  const log = { seq: 5, reads: 0, fails: false };
  const read = async (): Promise<Snapshot> => {
    log.reads += 1;
    const { seq } = log;
    await wait(20);
    if (log.fails) throw new Error('away');
    return { seq } as Snapshot;
  };
  return { log, read: shareSnapshots({} as Database, read) };
}

describe('screens that come at once', () => {
  it('are given one snapshot by view', async () => {
    const { log, read } = logOf();
    const all = [
      ...Array.from({ length: 500 }, () => read(stranger, null, 5)),
      ...Array.from({ length: 500 }, () => read(staff, null, 5)),
      ...Array.from({ length: 500 }, (_, index) =>
        read(staff, index % 2 ? ['a', 'b'] : ['b', 'a'], 5),
      ),
    ];
    expect(new Set((await Promise.all(all)).map(({ seq }) => seq))).toEqual(new Set([5]));
    expect(log.reads).toBe(3);
  });

  it('never get one from before they could hear what comes after it', async () => {
    const { log, read } = logOf();
    const early = read(staff, null, 5);
    await wait(5);
    log.seq = 6;
    const late = Array.from({ length: 300 }, () => read(staff, null, 6));
    expect((await early).seq).toBe(5);
    for (const { seq } of await Promise.all(late)) expect(seq).toBe(6);
    expect(log.reads).toBe(2);
  });

  it('get one even when the log begins anew below what was sent', async () => {
    const { read } = logOf();
    expect((await read(staff, null, 900)).seq).toBe(5);
  });

  it('are not given a failure that is over', async () => {
    const { log, read } = logOf();
    log.fails = true;
    await expect(read(staff, null, 0)).rejects.toThrow('away');
    log.fails = false;
    expect((await read(staff, null, 0)).seq).toBe(5);
  });
});
