import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeEngine, testDatabase } from '../testing/database.ts';
import { migrate } from './migrate.ts';
import { transact } from './sql.ts';

const test = testDatabase({ migrated: false });

it('gives rows as JavaScript wants them', async () => {
  const { sql } = test;
  const [row] = await sql`
    select 9007199254740991::int8 as whole, 1.25::numeric as fraction,
      '2026-01-06 02:03:00.1239+08'::timestamptz as instant, '2026-01-05'::date as day,
      null::text as nothing, ${{ a: [1, { b: null }] } as never}::jsonb as document,
      ${['x', 'y "z"']}::text[] as words, array['2026-01-05T18:03:00Z'::timestamptz] as instants`;
  expect(row).toEqual({
    whole: 9007199254740991,
    fraction: 1.25,
    instant: '2026-01-05T18:03:00.123Z',
    day: '2026-01-05',
    nothing: null,
    document: { a: [1, { b: null }] },
    words: ['x', 'y "z"'],
    instants: ['2026-01-05T18:03:00.000Z'],
  });
});

it('rolls back what a failed transaction wrote, and keeps what a failed savepoint did not', async () => {
  const { sql } = test;
  await sql`create table marks (id int primary key)`;
  await expect(
    transact(sql, async (tx) => {
      await tx`insert into marks values (1)`;
      throw new Error('second thoughts');
    }),
  ).rejects.toThrow('second thoughts');
  await transact(sql, async (tx) => {
    await tx`insert into marks values (2)`;
    await tx.savepoint((inner) => inner`insert into marks values (2)`).catch(() => {});
    await tx`insert into marks values (3)`;
  });
  expect(await sql`select id from marks order by id`).toEqual([{ id: 2 }, { id: 3 }]);
});

it('reads and writes arrays of an enumeration that a migration has just made', async () => {
  const { db, sql } = test;
  const folder = mkdtempSync(join(tmpdir(), 'nuanxun-migrations-'));
  writeFileSync(
    join(folder, '0001_moods.sql'),
    "create type mood as enum ('calm', 'cold'); create table people (moods mood[] not null);",
  );
  await migrate(db, folder);
  await sql`insert into people (moods) values (${['cold', 'calm']})`;
  expect(await sql`select moods from people`).toEqual([{ moods: ['cold', 'calm'] }]);
  rmSync(folder, { recursive: true });
});

it('runs on a PostgreSQL and a PostGIS that are new enough', async () => {
  const words = await describeEngine(test.db);
  const [, postgres, postgis] = /^\w+ (\d+)\S* .*with PostGIS (\d+\.\d+)/.exec(words) ?? [];
  expect(Number(postgres)).toBeGreaterThanOrEqual(15);
  expect(Number(postgis)).toBeGreaterThanOrEqual(3.3);
});
