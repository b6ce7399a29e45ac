import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { transact, type Database, type Sql } from './sql.ts';

const test = testDatabase({ migrated: false });

class Refused extends Error {}

/** One person's money moves about: the sum may never change, whatever fails. */
async function transfer(sql: Sql, step: number): Promise<void> {
  await transact(sql, async (tx) => {
    const [from, to] = step % 2 === 0 ? [1, 2] : [2, 1];
    await tx`update purses set coins = coins - 1 where id = 1 and ${from === 1}`;
    await tx`update purses set coins = coins + 1 where id = 1 and ${from === 2}`;
    const failing = tx.savepoint(async (inner) => {
      await inner`update purses set coins = coins + 1000 where id = ${to}`;
      await inner`select 1 / ${step - step}::int`;
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    await tx`update purses set coins = coins + ${to === 2 ? 1 : -1} where id = 2`;
    await tx`select pg_notify('moved', ${String(step)})`;
    if (step % 5 === 0) throw new Refused(`step ${step}`);
  });
}

async function readByCursor(sql: Sql, rows: number): Promise<number> {
  let sum = 0;
  const cursor = sql<{ n: number }[]>`select n from generate_series(1, ${rows}::int) n`.cursor(7);
  for await (const chunk of cursor) for (const row of chunk) sum += row.n;
  return sum;
}

async function oneStep(pool: Database, step: number): Promise<void> {
  const { sql } = pool;
  switch (step % 4) {
    case 0:
      expect(await readByCursor(sql, 20)).toBe(210);
      break;
    case 1:
      await expect(sql`select * from no_such_table`).rejects.toMatchObject({ code: '42P01' });
      break;
    case 2:
      expect(
        await Promise.all([1, 2, 3].map((n) => sql<{ n: number }[]>`select ${n}::int + 1 as n`)),
      ).toEqual([[{ n: 2 }], [{ n: 3 }], [{ n: 4 }]]);
      break;
    default:
      expect(await sql`select coins from purses where id = ${1 + (step % 2)}`).toHaveLength(1);
  }
  await transfer(sql, step).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
}

it('keeps transactions, savepoints, cursors, errors and notifications of many users apart', async () => {
  const { db, sql } = test;
  const pools = [db, await db.another(), await db.another(3)];
  await sql`create table purses (id int primary key, coins int not null)`;
  await sql`insert into purses values (1, 500), (2, 500)`;
  const heard: number[] = [];
  await pools[1]?.listen('moved', (payload) => heard.push(Number(payload)));

  const steps = Array.from({ length: 240 }, (_, index) => index + 1);
  const queue = steps.slice();
  const user = async (pool: Database) => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      await oneStep(pool, step);
    }
  };
  await Promise.all(Array.from({ length: 12 }, (_, index) => user(pools[index % 3] as Database)));

  expect(await sql`select sum(coins) as sum from purses`).toEqual([{ sum: 1000 }]);
  const committed = steps.filter((step) => step % 5 !== 0);
  await vi.waitFor(() => expect(heard.toSorted((a, b) => a - b)).toEqual(committed));
});

it('carries a parameter and a result of tens of megabytes', async () => {
  const text = 'brücke 桥 '.repeat(1_500_000);
  const [row] = await test.sql<{ text: string }[]>`select ${text}::text as text`;
  expect(row?.text === text).toBe(true);
  const rows = await test.sql`select repeat('x', 100) as x from generate_series(1, 100000)`;
  expect(rows).toHaveLength(100_000);
});

it('goes on after an error in the middle of queries sent together', async () => {
  const { sql } = test;
  const answers = await Promise.allSettled([
    sql`select 1 as n`,
    sql`select nonsense`,
    sql`select 2 as n`,
    sql`select 1 / ${0}::int as n`,
    sql`select ${3}::int as n`,
  ]);
  expect(
    answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value[0]?.['n'] : answer.reason.code,
    ),
  ).toEqual([1, '42703', 2, '22012', 3]);
});

it('hears nothing of a transaction that was rolled back, and everything once', async () => {
  const { db, sql } = test;
  const heard: string[] = [];
  const listening = vi.fn();
  const { unlisten } = await db.listen('news', (payload) => heard.push(payload), listening);
  expect(listening).toHaveBeenCalledTimes(1);
  await transact(sql, async (tx) => {
    await tx`notify news, 'never'`;
    throw new Refused();
  }).catch(() => {});
  await transact(sql, (tx) => tx`notify news, 'once'`);
  await vi.waitFor(() => expect(heard).toEqual(['once']));
  await unlisten();
  await sql`notify news, 'too late'`;
  await wait(50);
  expect(heard).toEqual(['once']);
});

it('retries a transaction that lost against another', async () => {
  const { sql } = test;
  let attempts = 0;
  const result = await transact(sql, async (tx) => {
    attempts += 1;
    if (attempts < 3) await tx`do $$ begin raise serialization_failure; end $$`;
    return attempts;
  });
  expect(result).toBe(3);
  await expect(
    transact(sql, async (tx) => {
      await tx`do $$ begin raise exception using errcode = '40P01'; end $$`;
    }),
  ).rejects.toMatchObject({ code: '40P01' });
});
