// The law of the grouping, kept in the tables: whatever happened in whatever order, the clusters in the
// database are those that the batch computation makes of the live sightings.
import { describe, expect, test } from 'vitest';
import type { CitySettings } from '../../shared/cities/schema.ts';
import { groupLive } from '../../shared/clusters/regroup.ts';
import type { LivePoint } from '../../shared/clusters/regroup.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { CityEventBody } from '../../shared/realtime/events.ts';
import { mergeBySubject } from '../../shared/realtime/merge.ts';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import {
  closeSighting,
  editSighting,
  markDuplicate,
  reportSighting,
  withdrawSighting,
} from '../sightings/actions.ts';
import { readSightingViews } from '../sightings/queries.ts';
import type { Database, Sql } from '../kernel/sql.ts';
import { testDatabase } from '../testing/database.ts';
import { draftAt } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { pullIn, regroupCity, splitOff, undoPlacement } from './actions.ts';
import { expireDue } from './expiry.ts';
import { readOpenClusterViews } from './queries.ts';

const database = testDatabase({ maxConnections: 6 });

/** Numbers that look random and are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Stored {
  id: string;
  lon: number;
  lat: number;
  kind: 'apart' | 'with' | null;
  anchor: string | null;
  is_core: boolean;
  component_id: string | null;
  cluster_id: string | null;
}

const readLive = (sql: Sql, cityId: string): Promise<Stored[]> =>
  sql<Stored[]>`
    select id, st_x(position::geometry) as lon, st_y(position::geometry) as lat, placement as kind,
      placement_anchor as anchor, is_core, component_id, cluster_id
    from sightings where city_id = ${cityId} and state = 'live' order by id`;

const pointOf = ({ id, lon, lat, kind, anchor }: Stored): LivePoint => ({
  id,
  lon,
  lat,
  placement: kind === 'with' ? { kind, anchorId: anchor! } : kind === null ? null : { kind },
});

/** Smallest member id of each one's cluster. */
function keysOf(rows: readonly Stored[]): (string | null)[] {
  const first = new Map<string, string>();
  for (const { id, cluster_id } of rows) {
    if (cluster_id !== null && !first.has(cluster_id)) first.set(cluster_id, id);
  }
  return rows.map(({ cluster_id }) => (cluster_id === null ? null : first.get(cluster_id)!));
}

async function expectLaw(sql: Sql, cityId: string, settings: CitySettings): Promise<Stored[]> {
  const rows = await readLive(sql, cityId);
  const batch = groupLive(rows.map(pointOf), settings);
  const keys = keysOf(rows);
  expect(
    rows.map(({ id, is_core, component_id }, i) => ({
      id,
      isCore: is_core,
      componentKey: component_id,
      groupKey: keys[i],
    })),
  ).toEqual(batch);
  const open = await readOpenClusterViews(sql, cityId, null);
  const counts = new Map<string, number>();
  for (const { cluster_id } of rows) {
    if (cluster_id !== null) counts.set(cluster_id, (counts.get(cluster_id) ?? 0) + 1);
  }
  expect(new Map(open.map(({ id, reportCount }) => [id, reportCount]))).toEqual(counts);
  return rows;
}

/** What a screen holds that applied every event equals what it would be given now. */
async function expectEventsTellAll(sql: Sql, cityId: string): Promise<void> {
  const logged = await readEventsAfter(sql, cityId, 0, 100_000);
  const last = mergeBySubject(logged.map(({ event }) => event as CityEventBody));
  const sightings = last.flatMap((event) =>
    event.kind === 'sighting.changed' && event.sighting.state === 'live' ? [event.sighting] : [],
  );
  const clusters = last.flatMap((event) =>
    event.kind === 'cluster.changed' && event.cluster.open ? [event.cluster] : [],
  );
  const byId = <T extends { id: string }>(views: readonly T[]) =>
    views.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(sightings)).toEqual(byId(await readSightingViews(sql, cityId, null)));
  expect(byId(clusters)).toEqual(byId(await readOpenClusterViews(sql, cityId, null)));
  expect(logged.map(({ event }) => event.seq)).toEqual(logged.map((_, i) => i + 1));
}

async function set(sql: Sql, cityId: string, settings: Partial<CitySettings>): Promise<void> {
  await sql`update cities set settings = settings || ${sql.json(settings)}::jsonb where id = ${cityId}`;
}

class Night {
  readonly #db: Database;
  readonly #city: SeededCity;
  readonly #random: () => number;
  readonly #drafts = new Map<string, SightingDraft>();
  #live: Stored[] = [];

  constructor(db: Database, city: SeededCity, seed: number) {
    this.#db = db;
    this.#city = city;
    this.#random = seeded(seed);
  }

  look(rows: Stored[]): void {
    this.#live = rows;
  }

  #somewhere(): Position {
    const meters = () => (this.#random() - 0.5) * 700;
    return place(meters(), meters());
  }

  #anyone(): Stored {
    return this.#live[Math.floor(this.#random() * this.#live.length)]!;
  }

  async step(): Promise<void> {
    const { people, cityId } = this.#city;
    const desk = people.dispatcher;
    const db = this.#db;
    const dice = this.#random();
    if (this.#live.length < 8 || dice < 0.35) {
      const drafts = [1, 2, 3, 4].map(() => draftAt(this.#somewhere()));
      for (const draft of drafts) this.#drafts.set(draft.id, draft);
      await Promise.all(drafts.map((draft) => reportSighting(db, people.reporter, draft)));
      return;
    }
    const { id, cluster_id: clusterId } = this.#anyone();
    const other = this.#anyone();
    if (dice < 0.5) {
      const [row] = await db.sql<{ version: number }[]>`
        select version from sightings where city_id = ${cityId} and id = ${id}`;
      const draft = { ...this.#drafts.get(id)!, position: this.#somewhere() };
      await editSighting(db, desk, { ...draft, version: row!.version });
    } else if (dice < 0.56) await withdrawSighting(db, people.reporter, { id });
    else if (dice < 0.62) await closeSighting(db, desk, { id, closing: 'mistaken' });
    else if (dice < 0.66) {
      if (other.id !== id) await markDuplicate(db, desk, { id, duplicateOf: other.id });
    } else if (dice < 0.76) await splitOff(db, desk, { sightingId: id });
    else if (dice < 0.88) {
      const target = other.cluster_id ?? clusterId;
      if (target !== null && (other.id !== id || this.#live.length > 1)) {
        await pullIn(db, desk, { sightingId: id, clusterId: target }).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'cluster_ended' });
        });
      }
    } else if (dice < 0.94) await undoPlacement(db, desk, { sightingId: id });
    else {
      await db.sql`
        update sightings set seen_at = now() - interval '3 days'
        where city_id = ${cityId} and id = any (${[id, other.id]}::uuid[])`;
      expect(await expireDue(db, cityId)).toBe(id === other.id ? 1 : 2);
    }
  }
}

const lawful: Partial<CitySettings>[] = [
  { minPoints: 1, maxDiameterMeters: 250 },
  { minPoints: 3, maxDiameterMeters: null },
  { minPoints: 2, maxDiameterMeters: 150, epsMeters: 60 },
];

describe('the clusters in the database', () => {
  test.each(lawful.map((settings, seed) => ({ settings, seed })))(
    'are the batch computation’s after any stream of changes ($settings)',
    async ({ settings, seed }) => {
      const { db, sql } = database;
      const city = await seedCity(sql);
      await set(sql, city.cityId, settings);
      const full = { epsMeters: 80, ...settings } as CitySettings;
      const night = new Night(db, city, seed * 7919 + 1);
      for (let step = 0; step < 60; step += 1) {
        await night.step();
        night.look(await expectLaw(sql, city.cityId, full));
      }
      await expectEventsTellAll(sql, city.cityId);
    },
    120_000,
  );

  test('are those of PostGIS where nothing is cut and nothing placed by hand', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    await set(sql, cityId, { maxDiameterMeters: null, minPoints: 3 });
    const random = seeded(4);
    const meters = () => (random() - 0.5) * 1500;
    await Promise.all(
      Array.from({ length: 200 }, () =>
        reportSighting(db, people.reporter, draftAt(place(meters(), meters()))),
      ),
    );
    // Metres on a plane around the city's centre differ from those on the ellipsoid by far less than a millimetre in 80 m.
    const rows = await sql<
      { id: string; cluster_id: string | null; is_core: boolean; label: number | null }[]
    >`
      with local as (
        select id, cluster_id, is_core, st_transform(position::geometry,
          '+proj=aeqd +lat_0=39.9 +lon_0=116.4 +datum=WGS84 +units=m') as spot
        from sightings where city_id = ${cityId} and state = 'live')
      select id, cluster_id, is_core, st_clusterdbscan(spot, 80, 3) over (order by id) as label from local order by id`;
    const cores = rows.filter(({ is_core }) => is_core);
    expect(cores.length).toBeGreaterThan(20);
    const partition = (key: (row: (typeof rows)[number]) => string | number | null) => {
      const first = new Map<string | number | null, string>();
      return cores.map((row) => {
        if (!first.has(key(row))) first.set(key(row), row.id);
        return first.get(key(row));
      });
    };
    expect(partition((row) => row.cluster_id)).toEqual(partition((row) => row.label));
    expect(rows.map(({ cluster_id }) => cluster_id === null)).toEqual(
      rows.map(({ label }) => label === null),
    );
  });

  test('are the batch computation’s when two servers take reports of one neighbourhood at once', async () => {
    const { db, sql } = database;
    const other = await database.db.another(4);
    const { cityId, people } = await seedCity(sql);
    const random = seeded(5);
    const meters = () => (random() - 0.5) * 500;
    const drafts = Array.from({ length: 160 }, () => draftAt(place(meters(), meters())));
    const answers = await Promise.all(
      drafts.map(async (draft, i) => {
        await new Promise((resolve) => setTimeout(resolve, (i % 16) * 10));
        return reportSighting(i % 2 === 0 ? db : other, people.reporter, draft);
      }),
    );
    expect(answers).toHaveLength(160);
    const settings = { epsMeters: 80, minPoints: 1, maxDiameterMeters: 250 } as CitySettings;
    await expectLaw(sql, cityId, settings);
    await expectEventsTellAll(sql, cityId);
  });

  test('follow when the city’s own rules change', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    for (const east of [0, 60, 120, 400]) {
      await reportSighting(db, people.reporter, draftAt(place(east, 0)));
    }
    expect(await readOpenClusterViews(sql, cityId, null)).toHaveLength(2);
    await set(sql, cityId, { epsMeters: 40 });
    await changeCity(db, cityId, regroupCity);
    const settings = { epsMeters: 40, minPoints: 1, maxDiameterMeters: 250 } as CitySettings;
    await expectLaw(sql, cityId, settings);
    expect(await readOpenClusterViews(sql, cityId, null)).toHaveLength(4);
    await expectEventsTellAll(sql, cityId);
  });
});
