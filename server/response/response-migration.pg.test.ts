import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { readConfiguration } from '../cities/queries.ts';
import { defaultMigrationsFolder, migrate } from '../kernel/migrate.ts';
import { testDatabase } from '../testing/database.ts';
import { readActivationInForce } from './queries.ts';
import { readRecords } from './record-queries.ts';

const test = testDatabase({ migrated: false });

it('nights from before have their record, and a city keeps the hours it had set for its rechecks', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nuanxun-migrations-'));
  try {
    for (const name of await readdir(defaultMigrationsFolder()))
      if (name < '0017')
        await cp(path.join(defaultMigrationsFolder(), name), path.join(folder, name));
    await migrate(test.db, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { sql } = test;
  const hours = {
    own: { normal: 6, orange: 3, red: 1.5 },
    usual: { normal: 4, orange: 2, red: 1 },
  };
  const userId = uuidv7();
  for (const [id, recheckHours] of Object.entries(hours)) {
    await sql`
      insert into cities (id, name_zh, name_en, time_zone, boundary, center, settings)
      values (${id}, '旧', 'Old', 'Asia/Shanghai',
        st_geogfromtext('MULTIPOLYGON(((116 39, 117 39, 117 40, 116 40, 116 39)))'),
        st_geogfromtext('POINT(116.4 39.9)'), ${sql.json({ epsMeters: 90, recheckHours })})`;
    await sql`
      insert into users (city_id, id, username, display_name, role, password_hash)
      values (${id}, ${userId}, 'duty', '值班', 'dispatcher', 'x')`;
  }
  const nights = [
    ['yellow', '2026-01-05T10:00:00Z', '2026-01-05T14:00:00Z'],
    ['red', '2026-01-05T14:00:00Z', '2026-01-05T23:00:00Z'],
    ['orange', '2026-01-06T10:00:00Z', null],
  ] as const;
  for (const [level, from, to] of nights)
    await sql`
      insert into activations (city_id, id, level, temperature_celsius, wind_kmh, felt_celsius, declared_by, declared_at,
        ended_at, ended_by)
      values ('own', ${uuidv7()}, ${level}, -13, 20, -21.6, ${userId}, ${from}, ${to}, ${to === null ? null : userId})`;
  await migrate(test.db);

  const records = await readRecords(sql, 'own', null, 100);
  expect(records.map(({ seq, step, fromLevel, level }) => [seq, step, fromLevel, level])).toEqual([
    [4, 'declared', null, 'orange'],
    [3, 'ended', 'red', 'red'],
    [2, 'raised', 'yellow', 'red'],
    [1, 'declared', null, 'yellow'],
  ]);
  expect(records[0]).toMatchObject({ byName: '值班', byRule: false, feltCelsius: -21.6 });

  const own = (await readConfiguration(sql, 'own'))!;
  expect(own).toMatchObject({ epsMeters: 90, recheckHours: { normal: 6 } });
  const { blue, yellow, orange, red } = own.response.effects;
  expect([blue, yellow, orange, red].map(({ recheckHours }) => recheckHours)).toEqual([
    6, 6, 3, 1.5,
  ]);
  const usual = (await readConfiguration(sql, 'usual'))!;
  expect(usual.recheckHours).toEqual({ normal: 4 });
  expect(usual.response.effects.orange).toMatchObject({ recheckHours: 2, keyPointFactor: 0.75 });
  expect(await readActivationInForce(sql, 'own')).toMatchObject({
    level: 'orange',
    effects: { recheckHours: 3, keyPointFactor: 1, weightFactor: 1 },
  });
});
