import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { changeCity } from '../realtime/change-city.ts';
import { testDatabase } from '../testing/database.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { readLedger, recordVisit, saveKeyPoint } from './actions.ts';
import { verifyLedger } from './ledger.ts';

const test = testDatabase();

/** A city whose ledger has so many rows, a minute apart. */
async function withRows(count: number): Promise<SeededCity> {
  const city = await seedCity(test.sql);
  const { dispatcher, patrol } = city.people;
  const { id: keyPointId } = await saveKeyPoint(test.db, dispatcher, {
    id: uuidv7(),
    name: '东站',
    kind: 'station',
    position: place(0, 0),
    radiusMeters: 50,
    fromHour: 0,
    toHour: 0,
    normalEveryMinutes: 60,
    coldEveryMinutes: 60,
    note: '',
  });
  for (let index = 0; index < count; index += 1) {
    const at = new Date(Date.now() - (count - index) * 60_000).toISOString();
    const visit = { id: uuidv7(), keyPointId, position: place(index, 0), note: `第 ${index} 次 "` };
    await changeCity(test.db, city.cityId, (change) => recordVisit(change, patrol, visit, at));
  }
  return city;
}
/** As somebody would who owns the tables. */
async function tamper(work: () => Promise<unknown>): Promise<void> {
  await test.sql`alter table visit_ledger disable trigger ledger_append_only`;
  try {
    await work();
  } finally {
    await test.sql`alter table visit_ledger enable trigger ledger_append_only`;
  }
}
const check = ({ cityId }: SeededCity) => verifyLedger(test.sql, cityId);

describe('the visit ledger', () => {
  it('takes neither change nor removal', async () => {
    const { cityId } = await withRows(1);
    const change = test.sql`update visit_ledger set note = 'x' where city_id = ${cityId}`;
    await expect(change).rejects.toMatchObject({ code: '23001' });
    const removal = test.sql`delete from visit_ledger where city_id = ${cityId}`;
    await expect(removal).rejects.toMatchObject({ code: '23001' });
    await expect(test.sql`truncate visit_ledger`).rejects.toMatchObject({ code: '23001' });
  });

  it('holds as a chain from 32 zero bytes on, each city its own, and an empty one holds too', async () => {
    const city = await withRows(3);
    const other = await withRows(1);
    const rows = await readLedger(test.db, city.people.auditor, { keyPointId: null, before: null });
    expect(rows[2]!.previousHash).toBe('0'.repeat(64));
    expect(await check(city)).toMatchObject({ entries: 3, lastHash: rows[0]!.hash, broken: null });
    expect(await check(other)).toMatchObject({ entries: 1, broken: null });
    const empty = await seedCity(test.sql);
    expect(await check(empty)).toMatchObject({ entries: 0, lastHash: null, broken: null });
  });

  it('holds also where a device spells its ids in capitals', async () => {
    const city = await withRows(1);
    const [known] = await readLedger(test.db, city.people.auditor, {
      keyPointId: null,
      before: null,
    });
    const visit = {
      id: uuidv7().toUpperCase(),
      keyPointId: known!.keyPointId.toUpperCase(),
      position: place(5, 0),
      note: '',
    };
    const at = new Date().toISOString();
    await changeCity(test.db, city.cityId, (change) =>
      recordVisit(change, city.people.patrol, visit, at),
    );
    expect(await check(city)).toMatchObject({ entries: 2, broken: null });
  });

  it('is hashed in the form that its document describes', async () => {
    const city = await withRows(1);
    const [row] = await test.sql<Record<string, string | number | null>[]>`
      select *, encode(hash, 'hex') as hex from visit_ledger where city_id = ${city.cityId}`;
    const text = `["nuanxun-visit-1","${'0'.repeat(64)}","${city.cityId}",1,"${row!['id']}","${row!['key_point_id']}","${city.north.id}",null,"${city.people.patrol.userId}","recorded","${row!['visited_from']}","${row!['visited_to']}",${row!['lon']},${row!['lat']},"第 0 次 \\"","${row!['recorded_at']}"]`;
    expect(createHash('sha256').update(text).digest('hex')).toBe(row!['hex']);
  });

  it.each([
    ['note', `'x'`],
    ['how', `'dwell'`],
    ['user_id', 'null'],
    ['team_id', 'key_point_id'],
    ['shift_id', 'key_point_id'],
    ['lat', 'lat + 1e-9'],
    ['visited_from', `visited_from - interval '1 microsecond'`],
    ['visited_to', `visited_to + interval '1 hour'`],
    ['recorded_at', `recorded_at - interval '1 day'`],
    ['id', 'key_point_id'],
    ['hash', `decode(repeat('ab', 32), 'hex')`],
  ])('names the row in which %s was changed behind its back', async (column, value) => {
    const city = await withRows(4);
    await tamper(() =>
      test.sql.unsafe(
        `update visit_ledger set ${column} = ${value} where city_id = '${city.cityId}' and seq = 3`,
      ),
    );
    expect(await check(city)).toMatchObject({ entries: 2, broken: { seq: 3, why: 'hash' } });
  });

  it('names the row after one that was taken out, also the first', async () => {
    for (const taken of [1, 2]) {
      const city = await withRows(3);
      await tamper(
        () => test.sql`delete from visit_ledger where city_id = ${city.cityId} and seq = ${taken}`,
      );
      expect(await check(city)).toMatchObject({ broken: { seq: taken + 1, why: 'gap' } });
    }
  });

  it('names the first row where rows were closed up, swapped or written anew', async () => {
    const closedUp = await withRows(3);
    const { cityId } = closedUp;
    await tamper(async () => {
      await test.sql`delete from visit_ledger where city_id = ${cityId} and seq = 2`;
      await test.sql`update visit_ledger set seq = 2 where city_id = ${cityId} and seq = 3`;
    });
    expect(await check(closedUp)).toMatchObject({ broken: { seq: 2, why: 'chain' } });
    const swapped = await withRows(4);
    await tamper(async () => {
      const of = swapped.cityId;
      for (const [from, to] of [
        [2, 9],
        [3, 2],
        [9, 3],
      ] as const)
        await test.sql`update visit_ledger set seq = ${to} where city_id = ${of} and seq = ${from}`;
    });
    expect(await check(swapped)).toMatchObject({ broken: { seq: 2, why: 'chain' } });
  });

  it('cannot tell by itself that its end was cut off: the number of rows and the last hash do', async () => {
    const city = await withRows(3);
    const noted = await check(city);
    await tamper(
      () => test.sql`delete from visit_ledger where city_id = ${city.cityId} and seq = 3`,
    );
    const cut = await check(city);
    expect(cut.broken).toBeNull();
    expect([cut.entries, cut.lastHash]).not.toEqual([noted.entries, noted.lastHash]);
  });
});
