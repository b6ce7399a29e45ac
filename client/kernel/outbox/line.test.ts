import { describe, expect, it } from 'vitest';
import type { StoredItem } from './item.ts';
import { nextTurn, parallelSubjects, pauseMs } from './line.ts';
import type { Moment } from './line.ts';

let order = 0;
const item = (subject: string, more: Partial<StoredItem> = {}): StoredItem => {
  order += 1;
  return {
    id: `i${order}`,
    subject,
    kind: 'shift.checkIn',
    at: '2026-01-05T18:00:00.000Z',
    madeAt: '2026-01-05T18:00:00.000Z',
    cityId: 'demo',
    userId: 'u',
    payload: {},
    blobId: null,
    urgent: false,
    attempts: 0,
    lastTriedAt: null,
    state: 'waiting',
    fault: null,
    order,
    ...more,
  };
};
const at = (more: Partial<Moment> = {}): Moment => ({
  now: 1000,
  senderId: 'u',
  signedOut: false,
  sending: new Set(),
  notBefore: new Map(),
  pausedUntil: 0,
  canDeliver: () => true,
  ...more,
});
const ids = (items: readonly StoredItem[]) => items.map(({ id }) => id);

describe('what is sent next', () => {
  it('the first of each subject, of a few subjects at a time', () => {
    const [a1, a2, b, c, d] = [item('a'), item('a'), item('b'), item('c'), item('d')];
    expect(ids(nextTurn([a1, a2, b, c, d], at()).start)).toEqual(ids([a1, b, c]));
    expect(nextTurn([a1, b, c, d], at({ sending: new Set([a1.id]) })).start.length).toBe(
      parallelSubjects - 1,
    );
  });
  it('two people’s items about one thing do not wait for each other', () => {
    const [theirs, mine] = [item('a', { userId: 'other' }), item('a')];
    expect(ids(nextTurn([theirs, mine], at()).start)).toEqual([mine.id]);
  });
  it('a call for help goes before everything, beside the limit, and through a pause', () => {
    const calm = ['a', 'b', 'c', 'd'].map((subject) => item(subject));
    const sos = item('sos', { urgent: true, kind: 'sos.raise' });
    expect(ids(nextTurn([...calm, sos], at()).start)[0]).toBe(sos.id);
    const paused = nextTurn([...calm, sos], at({ pausedUntil: 9000 }));
    expect(ids(paused.start)).toEqual([sos.id]);
    expect(paused.wakeAt).toBe(9000);
    const sending = new Set(ids(calm));
    expect(ids(nextTurn([...calm, sos], at({ sending })).start)).toEqual([sos.id]);
  });
  it('a refused batch of a track holds back no later points', () => {
    const [refused, later] = [
      item('track', { kind: 'track.points', state: 'refused' }),
      item('track', { kind: 'track.points' }),
    ];
    expect(ids(nextTurn([refused, later], at()).start)).toEqual([later.id]);
  });
  it('nothing of a person who is not signed in, or not known yet', () => {
    const [mine, tip] = [item('a'), item('b', { userId: null })];
    for (const moment of [
      at({ senderId: null }),
      at({ senderId: undefined }),
      at({ signedOut: true }),
    ])
      expect(ids(nextTurn([mine, tip], moment).start)).toEqual([tip.id]);
  });
});

it('pauses grow from one second to a minute, each a little different', () => {
  expect([1, 2, 3, 7, 50].map((failures) => pauseMs(failures, () => 0.5))).toEqual([
    1000, 2000, 4000, 60_000, 60_000,
  ]);
  expect(pauseMs(1, () => 0)).toBe(800);
});
