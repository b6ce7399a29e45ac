/** Before the server opens: the demo city is made and filled, or the way to the first administrator is shown. */
import { once } from 'node:events';
import path from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { CITY_FILES } from '../../shared/basemap/schema.ts';
import type { CityFile, StreetsFile } from '../../shared/basemap/schema.ts';
import { createFirstCityLink, createSetupLink, hasAdministrator } from '../accounts/setup.ts';
import { readCity } from '../basemap/city-folder.ts';
import { scanCities } from '../cities/catalogue.ts';
import { createCity, findCity, listCities } from '../cities/queries.ts';
import type { Config } from '../kernel/config.ts';
import { spawnProcess } from '../kernel/embedded/entries.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { readKeyPlaces, readStreetGraph } from './city-files.ts';
import { dice } from './dice.ts';
import { seedCity } from './seed-city.ts';

/** The city that is made up; any other has to be imported first. */
export const madeUpCity = 'nuanhe';

type Say = (line: string) => void;

/** Answers the one-time links to print: one for each city that nobody can administer. */
export async function prepareCities(
  db: Database,
  config: Config,
  say: Say,
): Promise<{ cityName: string; token: string }[]> {
  const { on, cityId } = config.demo;
  if (on && cityId === madeUpCity) await prepareMadeUpCity(db, config, say);
  else if (on) await prepareImportedCity(db, config, say);
  await scanCities(db.sql, config.dataDir, (_level, message, details) =>
    say(
      `${message}${details ? `: ${JSON.stringify(details, (_key, value: unknown) => (value instanceof Error ? value.message : value))}` : ''}`,
    ),
  );
  return await setupLinks(db.sql, config, say);
}

/** Only a new database gets a made-up city; one that has it keeps it, with its files. */
async function prepareMadeUpCity(db: Database, config: Config, say: Say): Promise<void> {
  const cities = await listCities(db.sql);
  const known = cities.find((city) => city.id === madeUpCity);
  if (known ? !known.demo : cities.length > 0) return;
  if (!readCity(config.dataDir, madeUpCity)) await makeFiles(config.dataDir, say);
  const file = requireFolder(config, madeUpCity);
  if (!known) await createCity(db.sql, { ...describe(file), demo: true });
  await fill(db, config, file, say);
}

async function makeFiles(dataDir: string, say: Say): Promise<void> {
  say('Making the demo city: streets, places and its map (once, some seconds) …');
  const began = performance.now();
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const child = spawnProcess(new URL(`./make-city-worker.${extension}`, import.meta.url), [
    dataDir,
  ]);
  let complaint = '';
  child.stderr?.on(
    'data',
    (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-4_000)),
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the demo city could not be made: ${complaint.trim()}`);
  say(`Demo city made after ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

/** An imported city has a simulated night only while no real account works in it. */
async function prepareImportedCity(db: Database, config: Config, say: Say): Promise<void> {
  const file = requireFolder(config, config.demo.cityId);
  const created = await createCity(db.sql, { ...describe(file), demo: true });
  const known = await findCity(db.sql, file.slug);
  if (!created && !known?.demo) {
    const [user] = await db.sql`select 1 from users where city_id = ${file.slug} limit 1`;
    if (user)
      throw new Error(
        `NUANXUN_DEMO_CITY names ${file.slug}, where real accounts work: a demo lets anyone in. Name another city, or set NUANXUN_DEMO=off.`,
      );
    await db.sql`update cities set demo = true where id = ${file.slug}`;
  }
  await fill(db, config, file, say);
}

function requireFolder(config: Config, slug: string): CityFile {
  const file = readCity(config.dataDir, slug);
  if (file) return file;
  throw new Error(
    `NUANXUN_DEMO_CITY is "${slug}", but there is no such city in ${path.join(config.dataDir, 'cities')}. ` +
      `Make it first: npm run city -- EXTRACT.osm.pbf --slug ${slug}`,
  );
}

const describe = (file: CityFile) => ({
  id: file.slug,
  nameZh: file.name.zh,
  nameEn: file.name.en,
  timeZone: file.timezone,
  boundary: file.boundary,
  center: file.center,
  // As in most cities; the police of a real one are not the first to call about somebody sleeping outside.
  hotline: '12345',
});

/** Once: a night was declared means that all was there. */
async function fill(db: Database, config: Config, file: CityFile, say: Say): Promise<void> {
  const [night] = await db.sql`select 1 from activations where city_id = ${file.slug} limit 1`;
  if (night) return;
  say(`Filling ${file.name.en} with teams, stations and a cold night (simulated) …`);
  const city = (await findCity(db.sql, file.slug))!;
  const random = dice(`${config.demo.seed}/city`);
  const places = await readKeyPlaces(
    db.sql,
    config.dataDir,
    city,
    readStreetGraph(config.dataDir, file.slug),
    random,
  );
  const streetsPath = path.join(config.dataDir, 'cities', file.slug, CITY_FILES.streets);
  const streets = existsSync(streetsPath)
    ? (JSON.parse(readFileSync(streetsPath, 'utf8')) as StreetsFile)
    : null;
  await seedCity({ db, city, places, streets, dice: random, seed: config.demo.seed });
}

async function setupLinks(
  db: Db,
  config: Config,
  say: Say,
): Promise<{ cityName: string; token: string }[]> {
  const cities = await listCities(db);
  if (cities.length === 0) {
    say('There is no city yet. Make one from a map:  npm run city -- EXTRACT.osm.pbf --name NAME');
    say(
      'or make a first one without a map, together with its administrator, at the address below.',
    );
    return [{ cityName: 'the first city', token: await createFirstCityLink(db) }];
  }
  const links: { cityName: string; token: string }[] = [];
  for (const city of cities) {
    if ((city.demo && config.demo.on) || (await hasAdministrator(db, city.id))) continue;
    const cityName = city.nameZh === city.nameEn ? city.nameEn : `${city.nameZh} ${city.nameEn}`;
    links.push({ cityName, token: await createSetupLink(db, city.id) });
  }
  return links;
}
