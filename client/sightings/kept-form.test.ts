import { afterEach, expect, it, vi } from 'vitest';
import { keepForm, restoreForm } from './kept-form.ts';
import { emptyForm } from './report-form.ts';

const shelf = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => shelf.get(key) ?? null,
  setItem: (key: string, text: string) => shelf.set(key, text),
});
afterEach(() => shelf.clear());
const now = Date.parse('2026-01-05T18:00:00.000Z');
const form = emptyForm('a', new Date(now).toISOString());

it('what was written comes back, an empty form only when something belongs to it', () => {
  keepForm({ ...form, note: 'by the vent' });
  expect(restoreForm(now + 60_000)).toMatchObject({ id: 'a', note: 'by the vent' });
  keepForm(form);
  expect(restoreForm(now).id).not.toBe('a');
  keepForm(form, true);
  const later = now + 60_000;
  expect(restoreForm(later)).toEqual({ ...form, startedAt: new Date(later).toISOString() });
});
