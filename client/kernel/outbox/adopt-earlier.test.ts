import { afterEach, expect, it, vi } from 'vitest';
import { adoptEarlier } from './adopt-earlier.ts';
import type { NewItem } from './item.ts';

const draft = { id: '019b0000-0000-7000-8000-000000000001', seenAt: '2026-01-05T18:00:00.000Z' };
const kept = [
  { draft, cityId: 'demo', userId: null, version: null, attempts: 3, fault: null, refused: false },
  { draft, cityId: 'demo', userId: 'u', version: null, attempts: 0, fault: null, refused: false },
  { draft, cityId: 'demo', userId: 'u', version: 2, attempts: 0, fault: null, refused: true },
  'nonsense',
];
const shelf = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => shelf.get(key) ?? null,
  setItem: (key: string, text: string) => shelf.set(key, text),
  removeItem: (key: string) => shelf.delete(key),
});
afterEach(() => shelf.clear());

it('reports that an earlier version left behind move into the outbox', async () => {
  shelf.set('nuanxun.report.outbox', JSON.stringify(kept));
  let moved: NewItem[] = [];
  await adoptEarlier(async (items) => (moved = items));
  expect(moved.map(({ kind, userId }) => [kind, userId])).toEqual([
    ['tip.report', null],
    ['sighting.report', 'u'],
    ['sighting.edit', 'u'],
  ]);
  expect(moved[2]?.payload).toMatchObject({ sighting: { id: draft.id, version: 2 } });
  expect(shelf.size).toBe(0);
});

it('and stay where they are when the outbox cannot take them', async () => {
  shelf.set('nuanxun.report.outbox', JSON.stringify(kept));
  await expect(adoptEarlier(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
  expect(shelf.size).toBe(1);
});
