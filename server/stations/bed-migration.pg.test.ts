import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { defaultMigrationsFolder, migrate } from '../kernel/migrate.ts';
import { testDatabase } from '../testing/database.ts';
import { readStationViews } from './queries.ts';

const test = testDatabase({ migrated: false });

it('houses from before there were kinds keep their places, those not free as out of use', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nuanxun-migrations-'));
  try {
    for (const name of await readdir(defaultMigrationsFolder()))
      if (name < '0012')
        await cp(path.join(defaultMigrationsFolder(), name), path.join(folder, name));
    await migrate(test.db, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { sql } = test;
  await sql`
    insert into cities (id, name_zh, name_en, time_zone, boundary, center)
    values ('old', '旧', 'Old', 'Asia/Shanghai',
      st_geogfromtext('MULTIPOLYGON(((116 39, 117 39, 117 40, 116 40, 116 39)))'), st_geogfromtext('POINT(116.4 39.9)'))`;
  const houses = [
    { name: 'a', total: 12, free: 5, open: true },
    { name: 'b', total: 0, free: 0, open: true },
    { name: 'c', total: 7, free: 7, open: false },
  ];
  for (const { name, total, free, open } of houses)
    await sql`
      insert into stations (city_id, id, name, position, beds_total, beds_free, beds_updated_at, open)
      values ('old', ${uuidv7()}, ${name}, st_geogfromtext('POINT(116.4 39.9)'), ${total}, ${free},
        '2026-01-05T18:03:00.000Z', ${open})`;
  await migrate(test.db);
  const views = await readStationViews(sql, 'old');
  expect(
    views.map(({ name, bedsTotal, bedsFree, open }) => [name, bedsTotal, bedsFree, open]),
  ).toEqual(houses.map(({ name, total, free, open }) => [name, total, free, open]));
  expect(views[0]).toMatchObject({
    kind: 'station',
    places: [{ kind: 'general', total: 12, free: 5, held: 0, taken: 0, blocked: 7 }],
    bedsUpdatedAt: '2026-01-05T18:03:00.000Z',
    fromHour: 0,
    toHour: 0,
    contact: '',
    setUpMinutes: null,
  });
});
