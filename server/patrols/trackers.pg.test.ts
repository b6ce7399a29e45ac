import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import { listTrackers, revokeTracker, saveTracker } from './tracker-actions.ts';

const test = testDatabase();

describe('trackers', () => {
  it('get a key of their own that stays theirs, and that administrators alone can read', async () => {
    const { people, north, south } = await seedCity(test.sql);
    const draft = { id: uuidv7(), teamId: north.id, label: '一号车' };
    const saved = await saveTracker(test.db, people.administrator, draft);
    expect(saved).toMatchObject({ ...draft, lastHeardAt: null, batteryPercent: null });
    expect(saved.deviceKey).toMatch(/^[\w-]{20}$/);
    const moved = await saveTracker(test.db, people.administrator, { ...draft, teamId: south.id });
    expect(moved).toEqual({ ...saved, teamId: south.id });
    const second = { ...draft, id: uuidv7(), label: '二号车' };
    const other = await saveTracker(test.db, people.administrator, second);
    expect(other.deviceKey).not.toBe(saved.deviceKey);
    expect(await listTrackers(test.db, people.administrator)).toEqual([moved, other]);
    const seen = await listTrackers(test.db, people.dispatcher);
    expect(seen.map(({ deviceKey }) => deviceKey)).toEqual([null, null]);
  });

  it('are gone once revoked, of their own city alone, each change in the log', async () => {
    const { cityId, people, north } = await seedCity(test.sql);
    const draft = { id: uuidv7(), teamId: north.id, label: '一号车' };
    await saveTracker(test.db, people.administrator, draft);
    const stranger = (await seedCity(test.sql)).people.administrator;
    const { id } = draft;
    expect((await refusal(revokeTracker(test.db, stranger, { id }))).code).toBe('not_found');
    await revokeTracker(test.db, people.administrator, { id });
    await revokeTracker(test.db, people.administrator, { id });
    expect(await listTrackers(test.db, people.administrator)).toEqual([]);
    const again = await refusal(saveTracker(test.db, people.administrator, draft));
    expect([again.code, again.details.field]).toEqual(['not_found', 'id']);
    const log = await test.sql<{ action: string; subject: string }[]>`
      select action, subject from audit_entries where city_id = ${cityId} order by at, id`;
    expect(log.map(({ action, subject }) => [action, subject])).toEqual([
      ['tracker.saved', '一号车'],
      ['tracker.revoked', '一号车'],
    ]);
  });
});
