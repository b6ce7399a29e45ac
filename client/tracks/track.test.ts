import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { trackBatchSchema, trackPointSchema } from '../../shared/tracks/schema.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { TrackBuffer, batchPoints } from './track-buffer.ts';
import { isWorthKeeping, motionBetween, trackPointOf } from './track-point.ts';

const start = Date.parse('2026-01-05T18:00:00.000Z');
const point = (seconds: number, meters = 0, speed: number | null = null): TrackPoint => [
  start + seconds * 1000,
  125.3,
  43.9 + meters / 111_111,
  8,
  speed,
  null,
];
const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});

describe('a point of the track', () => {
  it('comes every 5 s while driving, every 10 s on foot, every 30 s while standing', () => {
    expect(isWorthKeeping(point(0), point(4, 60, 12))).toBe(false);
    expect(isWorthKeeping(point(0), point(5, 60, 12))).toBe(true);
    expect(isWorthKeeping(point(0), point(9, 12, 1.3))).toBe(false);
    expect(isWorthKeeping(point(0), point(10, 13, 1.3))).toBe(true);
    expect(isWorthKeeping(point(0), point(29, 3, 0))).toBe(false);
    expect(isWorthKeeping(point(0), point(30, 3, 0))).toBe(true);
  });
  it('tells the motion from the way when the device knows no speed, but not from jitter', () => {
    expect(motionBetween(point(0), point(10, 100))).toBe('driving');
    expect(motionBetween(point(0), point(20, 25))).toBe('walking');
    expect(motionBetween(point(0), point(2, 10))).toBe('standing');
  });
  it('is not kept when it is older than the last', () => {
    expect(isWorthKeeping(point(60), point(10, 500, 20))).toBe(false);
  });
  it('is always one the server takes, whatever the device says', () => {
    const anything = fc.option(fc.double(), { nil: null });
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        anything,
        anything,
        (longitude, latitude, accuracy, speed, heading) => {
          const coords = { longitude, latitude, accuracy, speed, heading };
          const made = trackPointOf(coords as GeolocationCoordinates, start);
          expect(trackPointSchema.safeParse(made).success).toBe(true);
        },
      ),
    );
  });
});

describe('the track of a shift', () => {
  const bufferOf = (send: (points: TrackPoint[]) => Promise<unknown>, ownerId = 'me') =>
    new TrackBuffer({ ownerId, send });
  const sent: TrackPoint[][] = [];
  const keepAll = (points: TrackPoint[]) => {
    sent.push(points);
    return Promise.resolve();
  };
  beforeEach(() => {
    sent.length = 0;
  });

  it('goes out in batches, whole and in order', async () => {
    const buffer = bufferOf(keepAll);
    // 24 points in two minutes: time decides; without time it is the number
    for (let i = 0; i <= batchPoints; i++) buffer.add(point(i * 5, i * 60, 12));
    await buffer.flush();
    const flat = sent.flat();
    expect(flat).toHaveLength(batchPoints + 1);
    expect(flat.map(([at]) => at)).toEqual(flat.map(([at]) => at).toSorted((a, b) => a - b));
    for (const batch of sent) expect(trackBatchSchema.safeParse(batch).success).toBe(true);
    expect(sent.length).toBeLessThan(8);
  });
  it('survives a killed page, and is never sent for somebody else', async () => {
    const before = bufferOf(keepAll);
    before.add(point(0));
    before.add(point(40));
    const stranger = bufferOf(keepAll, 'another');
    await stranger.flush();
    expect(sent).toEqual([]);
    // the page of before is gone; the same person opens it anew
    const after = bufferOf(keepAll);
    await after.flush();
    expect(sent.flat()).toHaveLength(2);
    expect(bufferOf(keepAll).waiting).toBe(0);
  });
  it('stays here while the outbox has no room', async () => {
    let full = true;
    const buffer = bufferOf((points) =>
      full ? Promise.reject(new Error('full')) : keepAll(points),
    );
    buffer.add(point(0));
    await buffer.flush();
    expect(buffer.waiting).toBe(1);
    full = false;
    await buffer.flush();
    expect(sent.flat()).toHaveLength(1);
  });
});
