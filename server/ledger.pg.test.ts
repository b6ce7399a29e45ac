import { spawnSync } from 'node:child_process';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { recordVisit, saveKeyPoint } from './key-points/actions.ts';
import { changeCity } from './realtime/change-city.ts';
import { engineName, testDatabase } from './testing/database.ts';
import { place, seedCity } from './testing/seed.ts';

const test = testDatabase();

const ledger = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'server/ledger.ts', ...words],
    { encoding: 'utf8', env: { ...process.env, DATABASE_URL: test.db.url ?? '' }, timeout: 50_000 },
  );
  return { status, stdout, stderr };
};

// The embedded database is open in this process and lets no other in.
describe.skipIf(engineName() === 'embedded')('npm run ledger', () => {
  it('verifies and exports, and ends with 1 and the row when a ledger is broken', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const keyPoint = {
      id: uuidv7(),
      name: '东站',
      kind: 'station' as const,
      position: place(0, 0),
      radiusMeters: 50,
      fromHour: 0,
      toHour: 0,
      normalEveryMinutes: 60,
      coldEveryMinutes: 60,
      note: '',
    };
    await saveKeyPoint(test.db, people.dispatcher, keyPoint);
    for (const note of ['没有人', 'a "b", c', ''])
      await changeCity(test.db, cityId, (change) => {
        const visit = { id: uuidv7(), keyPointId: keyPoint.id, position: place(0, 0), note };
        return recordVisit(change, people.patrol, visit, change.now);
      });
    const whole = ledger('verify');
    expect([whole.status, whole.stdout]).toEqual([
      0,
      expect.stringMatching(new RegExp(`^${cityId}: holds. 3 rows, last hash [0-9a-f]{64}\n$`)),
    ]);
    const written = ledger('export', '--city', cityId);
    const lines = written.stdout.trimEnd().split('\n');
    expect([written.status, lines.length]).toEqual([0, 4]);
    expect(lines[2]).toContain(',"a ""b"", c",');
    await test.sql`alter table visit_ledger disable trigger user`;
    await test.sql`update visit_ledger set note = 'x' where city_id = ${cityId} and seq = 2`;
    const broken = ledger('verify', '--city', cityId);
    expect([broken.status, broken.stdout]).toEqual([
      1,
      expect.stringMatching(`^${cityId}: BROKEN at row 2: what it says is not what was hashed.`),
    ]);
    expect(ledger('verify', '--city', 'nowhere')).toMatchObject({ status: 1 });
    expect(ledger('export').status).toBe(2);
  });
});
