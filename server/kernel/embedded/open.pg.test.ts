import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { transact } from '../sql.ts';
import { openEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from './open.ts';

let dataDir: string;
let log: string[];
let opened: EmbeddedDatabase[];

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'nuanxun-embedded-'));
  log = [];
  opened = [];
});

afterAll(async () => {
  await Promise.all(opened.map((db) => db.close()));
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(name: string, options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const onLog = (line: string) => log.push(line);
  const folder = join(dataDir, name);
  const db = await openEmbedded({ dataDir: folder, maxConnections: 4, onLog, ...options });
  opened.push(db);
  return db;
}

it('keeps its rows when it is closed and opened again', async () => {
  const first = await open('kept');
  await first.sql`create table places (at geography(point, 4326))`;
  await first.sql`insert into places values (st_point(24.9, 60.2)::geography)`;
  await expect(open('kept')).rejects.toThrow(`in use by process ${process.pid}`);
  await first.close();
  const second = await open('kept');
  expect(await second.sql`select st_astext(at) as at from places`).toEqual([
    { at: 'POINT(24.9 60.2)' },
  ]);
  await second.close();
});

it('starts over when its creation was cut short', async () => {
  mkdirSync(join(dataDir, 'half', 'db'), { recursive: true });
  writeFileSync(join(dataDir, 'half', 'db', 'PG_VERSION'), '18\n');
  writeFileSync(join(dataDir, 'half', 'db.creating'), '');
  const db = await open('half');
  expect(await db.sql`select 1 as ok`).toEqual([{ ok: 1 }]);
  await db.close();
});

it('refuses files of another PostgreSQL in words', async () => {
  mkdirSync(join(dataDir, 'old', 'db'), { recursive: true });
  writeFileSync(join(dataDir, 'old', 'db', 'PG_VERSION'), '17\n');
  await expect(open('old')).rejects.toThrow(/made by PostgreSQL 17/);
});

describe('when the engine fails', () => {
  let db: EmbeddedDatabase;

  beforeAll(async () => {
    db = await open('failing', { deadlineMs: 3000, idleTurnMs: 400 });
    await db.sql`create table kept (n int)`;
  });

  afterAll(() => db.close());

  it('replaces a hung one: what waited fails in words, what was committed is there', async () => {
    const { sql } = db;
    const heard: string[] = [];
    const listening = vi.fn();
    await db.listen('news', (payload) => heard.push(payload), listening);
    await sql`insert into kept values (1)`;

    const reached = vi.fn();
    const hung = transact(sql, async (tx) => {
      await tx`insert into kept values (-2)`;
      await tx`do $$ begin loop end loop; end $$`.catch(reached);
      await wait(10);
      await tx`insert into kept values (-3)`;
    });
    const waiting = sql`insert into kept values (-4)`.execute();
    const [hungEnd, waitingEnd] = await Promise.allSettled([hung, waiting]);
    expect(hungEnd).toMatchObject({
      reason: { message: expect.stringMatching(/gave no answer for 3 s/) },
    });
    expect(waitingEnd).toMatchObject({ reason: { code: '57P02' } });
    expect(reached).toHaveBeenCalledOnce();

    expect(await sql`select n from kept`).toEqual([{ n: 1 }]);
    await transact(sql, (tx) => tx`insert into kept values (2)`);
    await vi.waitFor(() => expect(listening).toHaveBeenCalledTimes(2), 5000);
    await sql`notify news, 'again'`;
    await vi.waitFor(() => expect(heard).toEqual(['again']));
    expect(log.join('\n')).toMatch(/gave no answer[^]*is back after/);
  });

  it('replaces one that died in the middle of a transaction', async () => {
    const { sql, engine } = db;
    const died = transact(sql, async (tx) => {
      await tx`insert into kept values (-5)`;
      await engine.worker?.terminate();
      await wait(20);
      await tx`insert into kept values (-6)`;
    });
    await expect(died).rejects.toThrow(/stopped unexpectedly|CONNECTION_CLOSED/);
    await sql`insert into kept values (3)`;
    expect(await sql`select n from kept order by n`).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('ends a transaction that uses the pool inside itself, and says why', async () => {
    const { sql } = db;
    const stuck = transact(sql, async (tx) => {
      await tx`select 1`;
      await sql`select 2`;
    });
    await expect(stuck).rejects.toThrow(/must use the transaction, never the pool/);
    expect(await sql`select 3 as n`).toEqual([{ n: 3 }]);
  });
});
