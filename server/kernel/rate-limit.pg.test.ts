import { describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { hitLimit } from './rate-limit.ts';

const test = testDatabase();

describe('limits', () => {
  it('count over all servers and begin anew with the next window', async () => {
    const elsewhere = await test.db.another();
    const key = `test:${crypto.randomUUID()}`;
    const limit = { limit: 3, windowSeconds: 3600 };
    await hitLimit(test.sql, key, limit);
    await hitLimit(elsewhere.sql, key, limit);
    await hitLimit(test.sql, key, limit);
    expect((await refusal(hitLimit(elsewhere.sql, key, limit))).code).toBe('too_many_attempts');
    await test.sql`update rate_counters set window_start = window_start - interval '1 hour' where key = ${key}`;
    await hitLimit(test.sql, key, limit);
  });
});
