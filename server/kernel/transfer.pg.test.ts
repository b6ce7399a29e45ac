import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { engineName, freshDatabase } from '../testing/database.ts';
import { openEmbedded } from './embedded/open.ts';
import { migrate } from './migrate.ts';
import type { Database, Sql } from './sql.ts';
import { exportDatabase, importDatabase } from './transfer.ts';

const SCHEMA = `
  create type mood as enum ('calm', 'cold');
  create table edges (from_mood mood, to_mood mood, primary key (from_mood, to_mood));
  insert into edges values ('calm', 'cold');
  create table places (
    id bigint generated always as identity primary key,
    at geography(point, 4326) not null,
    area geography(polygon, 4326),
    lon double precision generated always as (st_x(at::geometry)) stored,
    seen_at timestamptz not null, moods mood[] not null, notes jsonb, photo bytea,
    price numeric(30, 10), twin_of bigint references places (id), best_visit int
  );
  create table "Visits ""x""" (
    id serial primary key, place_id bigint not null references places (id), words varchar(40)
  );
  alter table places add foreign key (best_visit) references "Visits ""x""" (id);
  create function refuse() returns trigger language plpgsql as
    $$ begin if new.words = 'past' then raise 'too late'; end if; return new; end $$;
  create trigger refuse before insert on "Visits ""x""" for each row execute function refuse();`;

let folder: string;
let source: Database;
let file: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nuanxun-transfer-'));
  writeFileSync(join(folder, '0001_all_kinds.sql'), SCHEMA);
  file = join(folder, 'all.gz');
  source = await migrated(await freshDatabase({ migrated: false }));
  await fill(source.sql);
});

afterAll(async () => {
  await source.close();
  rmSync(folder, { recursive: true });
});

async function migrated<T extends Database>(db: T): Promise<T> {
  await migrate(db, folder);
  return db;
}

async function fill(sql: Sql): Promise<void> {
  await sql`
    insert into places (at, seen_at, moods, price)
    select st_point(n / 7.0, 60 + n / 1e15)::geography,
      '2026-01-05 18:03:00.123456+00'::timestamptz + n * interval '1 microsecond',
      '{cold,calm}', n / 3.0::numeric
    from generate_series(1, 1200) n`;
  await sql`
    update places set twin_of = id + 5, notes = jsonb_build_object('n', id, 'text', E'暖 "q" \\\\ \\n'),
      photo = decode('00ff0a', 'hex'), area = st_buffer(at, 100) where id % 100 = 7`;
  await sql`insert into "Visits ""x""" (place_id, words) select id, null from places where id < 50`;
  await sql`update "Visits ""x""" set words = 'past' where id = 3`;
  await sql`update places set best_visit = 3 where id = 9`;
  await sql`insert into edges values ('cold', 'calm')`;
}

async function contents(sql: Sql): Promise<unknown> {
  return sql`
    select (select jsonb_agg(p::text order by id) from places p) as places,
      (select jsonb_agg(v::text order by id) from "Visits ""x""" v) as visits,
      (select jsonb_agg(e::text order by e::text) from edges e) as edges`;
}

/** On the other engine when this run has both, so that both ways are gone. */
async function emptyTarget(): Promise<Database> {
  return migrated(
    await openEmbedded({ dataDir: '', inMemory: true, maxConnections: 2, onLog: () => {} }),
  );
}

it('refuses what is not whole or not ours, then moves every value to another database and back', async () => {
  const summary = await exportDatabase(source.sql, file);
  expect(summary.counts).toEqual({ 'Visits "x"': 49, edges: 2, places: 1200 });
  await expect(exportDatabase(source.sql, file)).rejects.toThrow(/exists already/);
  const target = await emptyTarget();
  await refuseDamaged(target.sql);

  expect(await importDatabase(target.sql, file)).toEqual(summary);
  expect(await contents(target.sql)).toEqual(await contents(source.sql));
  const [known] =
    await target.sql`select reltuples::int as rows from pg_class where relname = 'places'`;
  expect(known).toEqual({ rows: 1200 });
  await expectRulesAndSequences(target.sql);
  await expect(importDatabase(target.sql, file)).rejects.toThrow(/is not empty/);

  if (engineName() === 'server') {
    const again = `${file}.again`;
    await exportDatabase(target.sql, again);
    const back = await migrated(await freshDatabase({ migrated: false }));
    await importDatabase(back.sql, again);
    expect(await contents(back.sql)).toEqual(await contents(source.sql));
    await back.close();
  }
  await target.close();
});

async function expectRulesAndSequences(sql: Sql): Promise<void> {
  await expect(
    sql`insert into "Visits ""x""" (place_id, words) values (1, 'past')`,
  ).rejects.toThrow('too late');
  await expect(sql`update places set twin_of = -1 where id = 1`).rejects.toMatchObject({
    code: '23503',
  });
  const [next] = await sql<{ id: number }[]>`
    insert into places (at, seen_at, moods) values (st_point(1, 2)::geography, now(), '{}')
    returning id`;
  expect(next?.id).toBe(1201);
  await sql`delete from places where id = 1201`;
}

async function refuseDamaged(sql: Sql): Promise<void> {
  const whole = readFileSync(file);
  const damaged = `${file}.damaged`;
  const lines = gunzipSync(whole).toString().trimEnd().split('\n');
  const refusal = (changed: string[]) => {
    writeFileSync(damaged, gzipSync(changed.join('\n')));
    return importDatabase(sql, damaged).catch((error: Error) => error.message);
  };
  expect(await refusal(lines.slice(0, -1))).toMatch(/cut off/);
  expect(await refusal([...lines.slice(0, -3), ...lines.slice(-2)])).toMatch(/holds 1250 rows/);
  const other = lines[0]?.replace('0001_all_kinds', '0001_other') ?? '';
  expect(await refusal([other, ...lines.slice(1)])).toMatch(/another migration 0001_other/);
  expect(await refusal(['{"format":"something"}'])).toMatch(/not a file of the format/);
  writeFileSync(damaged, whole.subarray(0, whole.length / 2));
  await expect(importDatabase(sql, damaged)).rejects.toThrow(/unexpected end of file/);

  expect(await sql`select count(*) as count from places`).toEqual([{ count: 0 }]);
  expect(await sql`select count(*) as count from edges`).toEqual([{ count: 1 }]);
}
