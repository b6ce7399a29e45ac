import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../testing/database.ts';
import { migrate, migrationStatus } from './migrate.ts';

const FIRST = '0001_places.sql';
const SECOND = '0002_visits.sql';

let db: FreshDatabase;
let folder: string;

beforeEach(async () => {
  db = await freshDatabase({ migrated: false });
  folder = mkdtempSync(join(tmpdir(), 'nuanxun-migrate-'));
  write(FIRST, 'create table places (id int primary key);\ninsert into places values (1);');
  write(SECOND, 'create table visits (place int references places (id));');
});

afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

it('applies each file once, in order, even when several start at the same time', async () => {
  expect(await migrationStatus(db, folder)).toEqual({ applied: [], pending: [FIRST, SECOND] });
  const others = [db, await db.another(1), await db.another(1)];
  const runs = await Promise.all(others.map((one) => migrate(one, folder)));
  expect(runs.flatMap((run) => run.applied).toSorted()).toEqual([FIRST, SECOND]);
  expect(await db.sql`select id from places`).toEqual([{ id: 1 }]);
  expect(await migrationStatus(db, folder)).toEqual({ applied: [FIRST, SECOND], pending: [] });
  expect(await migrate(db, folder)).toEqual({ applied: [] });
});

it('refuses a file that was changed after it was applied, by its name', async () => {
  await migrate(db, folder);
  write(FIRST, 'create table places (id bigint primary key);');
  await expect(migrate(db, folder)).rejects.toThrow(`Migration ${FIRST} was changed`);
  await expect(migrationStatus(db, folder)).rejects.toThrow(`Migration ${FIRST} was changed`);
  write(FIRST, 'create table places (id int primary key);\r\ninsert into places values (1);');
  expect(await migrate(db, folder)).toEqual({ applied: [] });
});

it('refuses a missing file, a late one, a double number and an odd name', async () => {
  await migrate(db, folder);
  write('0003_more.sql', 'select 1');
  write('0003_other.sql', 'select 1');
  await expect(migrate(db, folder)).rejects.toThrow('have the same number');
  rmSync(join(folder, '0003_other.sql'));
  renameSync(join(folder, SECOND), join(folder, '0002_calls.sql'));
  await expect(migrate(db, folder)).rejects.toThrow(`The database has migration ${SECOND}`);
  renameSync(join(folder, '0002_calls.sql'), join(folder, SECOND));
  write('0000_early.sql', 'select 1');
  await expect(migrate(db, folder)).rejects.toThrow(`0000_early.sql comes before ${SECOND}`);
  rmSync(join(folder, '0000_early.sql'));
  write('4_short.sql', 'select 1');
  await expect(migrate(db, folder)).rejects.toThrow('4_short.sql is not named NNNN_words.sql');
});

it('keeps nothing of a file that failed, and says where it failed', async () => {
  write('0003_broken.sql', 'create table half (id int);\n\ninsert into nowhere values (1);');
  await expect(migrate(db, folder)).rejects.toThrow(
    /Migration 0003_broken.sql failed: relation "nowhere" does not exist \(line 3\)/,
  );
  expect(await migrationStatus(db, folder)).toEqual({
    applied: [FIRST, SECOND],
    pending: ['0003_broken.sql'],
  });
  expect(await db.sql`select to_regclass('half') as half`).toEqual([{ half: null }]);
});
