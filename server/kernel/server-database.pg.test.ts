import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { engineName, testDatabase } from '../testing/database.ts';
import { openDatabase, transact, type Db } from './sql.ts';

const test = testDatabase({ migrated: false });

async function backendOf(db: Db): Promise<number> {
  const [row] = await db<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid ?? 0;
}

describe.runIf(engineName() === 'server')('when a server ends a connection', () => {
  it('fails the transaction that had it and leaves the pool and the process well', async () => {
    const { sql, db } = test;
    const admin = await db.another(1);
    const terminate = (pid: number) => admin.sql`select pg_terminate_backend(${pid}::int)`;
    await sql`create table marks (n int)`;

    const later: unknown[] = [];
    const idle = transact(sql, async (tx) => {
      await tx`insert into marks values (1)`;
      await terminate(await backendOf(tx));
      await wait(100);
      await Promise.all(Array.from({ length: 8 }, () => sql`select 1`));
      later.push(await tx`insert into marks values (2)`.catch((error: Error) => error.message));
    });
    await expect(idle).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await vi.waitFor(() => expect(later).toEqual([expect.stringContaining('CONNECTION_CLOSED')]));

    const busy = transact(sql, async (tx) => {
      const pid = await backendOf(tx);
      setTimeout(() => void terminate(pid).execute(), 50);
      await tx`select pg_sleep(5)`;
    });
    await expect(busy).rejects.toMatchObject({ code: expect.stringMatching(/57P01|CONNECTION/) });
    expect(await sql`select n from marks`).toEqual([]);
  });

  it('is asked to end transactions that nobody goes on with', async () => {
    const [row] = await test.sql<{ limit: string }[]>`
      select current_setting('idle_in_transaction_session_timeout') as limit`;
    expect(row?.limit).toBe('1min');
  });

  it('listens again and says so', async () => {
    const { db } = test;
    const admin = await db.another(1);
    const heard: string[] = [];
    const listening = vi.fn();
    await db.listen('news', (payload) => heard.push(payload), listening);
    await admin.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await vi.waitFor(() => expect(listening).toHaveBeenCalledTimes(2), 5000);
    await admin.sql`notify news, 'again'`;
    await vi.waitFor(() => expect(heard).toEqual(['again']));
  });

  it('refuses a server that is not there in words', async () => {
    const gone = openDatabase({ databaseUrl: 'postgres://someone@127.0.0.1:1/none', dataDir: '' });
    await expect(gone).rejects.toThrow(
      /DATABASE_URL: the database cannot be reached: .*ECONNREFUSED/,
    );
  });
});
