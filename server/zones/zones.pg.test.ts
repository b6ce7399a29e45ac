import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Polygon, Position } from '../../shared/geo/position.ts';
import type { ColdCellView } from '../../shared/zones/schema.ts';
import { changeCity } from '../realtime/change-city.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { cityCenter, seedCity } from '../testing/seed.ts';
import { cellOf, removeZone, saveZone, spreadFrom, touchCells, visitCells } from './actions.ts';
import { readChangedCells } from './cell-records.ts';
import type { Look } from './cell-records.ts';
import { readZoneViews } from './queries.ts';

const test = testDatabase();
const here = latLngToCell(cityCenter.lat, cityCenter.lon, 9);
const next = gridDisk(here, 1).find((cell) => cell !== here)!;
const centerOf = (cell: string): Position => {
  const [lat, lon] = cellToLatLng(cell);
  return { lon, lat };
};

const lookAt = (cell: string, at: string): Look => ({
  id: uuidv7(),
  position: centerOf(cell),
  at,
  people: null,
});

interface Seen {
  cell?: string;
  cluster?: string | null;
  headcount?: number;
  state?: 'live' | 'closed' | 'withdrawn';
  daysAgo?: number;
}
/** A sighting as the tables hold it, without the grouping that would have made its cluster. */
async function seen(cityId: string, sighting: Seen = {}): Promise<string> {
  const { cell = here, cluster = null, headcount = 1, state = 'live', daysAgo = 0 } = sighting;
  const { lon, lat } = centerOf(cell);
  const id = uuidv7();
  await test.sql`
    insert into sightings (city_id, id, position, cell, accuracy_meters, position_source, received_system, received_lon,
      received_lat, seen_at, received_at, progress_at, headcount, reporter_kind, state, closing, cluster_id)
    values (${cityId}, ${id}, st_makepoint(${lon}, ${lat})::geography, ${cell}, 5, 'gps', 'wgs84', ${lon}, ${lat},
      now() - make_interval(days => ${daysAgo}::int), now(), now(), ${headcount}, 'courier', ${state},
      ${state === 'closed' ? 'other' : null}, ${cluster})`;
  return id;
}
async function cluster(cityId: string): Promise<string> {
  const id = uuidv7();
  await test.sql`
    insert into clusters (city_id, id, center, radius_meters, headcount_low, headcount_likely, report_count,
      reports_by_kind, first_seen_at, last_seen_at, created_at)
    values (${cityId}, ${id}, st_makepoint(116.4, 39.9)::geography, 1, 1, 1, 1, '{}', now(), now(), now())`;
  return id;
}
const touch = (cityId: string, cells: string[] = [here]) =>
  changeCity(test.db, cityId, (change) => touchCells(change, cells));
const cellsOf = async (cityId: string): Promise<Map<string, ColdCellView>> =>
  new Map((await readChangedCells(test.sql, cityId, null)).map((view) => [view.cell, view]));
const eventsOf = async (cityId: string): Promise<number> => {
  const [row] = await test.sql<{ count: number }[]>`
    select count(*) as count from events where city_id = ${cityId} and kind = 'cell.changed'`;
  return row!.count;
};

describe('the facts of a cold cell', () => {
  it('count the people of each cluster once, and those without a cluster on their own', async () => {
    const { cityId } = await seedCity(test.sql);
    const [one, two] = [await cluster(cityId), await cluster(cityId)];
    for (const headcount of [2, 3, 1]) await seen(cityId, { cluster: one, headcount });
    await seen(cityId, { cluster: two, headcount: 2 });
    await seen(cityId, { headcount: 1 });
    await seen(cityId, { cell: next, cluster: one, headcount: 4 });
    await touch(cityId, [here, next, here]);
    const cells = await cellsOf(cityId);
    expect(cells.get(here)).toMatchObject({ livePeople: 6, lastVisitAt: null });
    expect(cells.get(next)).toMatchObject({ livePeople: 4 });
  });

  it('forget what was withdrawn, and know when the last was seen', async () => {
    const { cityId } = await seedCity(test.sql);
    await seen(cityId, { state: 'closed', daysAgo: 3 });
    await seen(cityId, { state: 'withdrawn' });
    await seen(cityId, { state: 'closed', daysAgo: 15 });
    await touch(cityId);
    const cell = (await cellsOf(cityId)).get(here)!;
    expect(cell).toMatchObject({ livePeople: 0 });
    const ageDays = (Date.now() - Date.parse(cell.lastSightingAt!)) / 86_400_000;
    expect(ageDays).toBeCloseTo(3, 2);
  });

  it('are told once for each change, and not when nothing changed', async () => {
    const { cityId } = await seedCity(test.sql);
    const id = await seen(cityId);
    await touch(cityId);
    await touch(cityId);
    expect(await eventsOf(cityId)).toBe(1);
    await test.sql`update sightings set state = 'withdrawn' where city_id = ${cityId} and id = ${id}`;
    await touch(cityId);
    expect(await eventsOf(cityId)).toBe(2);
    expect((await cellsOf(cityId)).get(here)).toMatchObject({
      livePeople: 0,
      lastSightingAt: null,
    });
  });

  it('know the last visit, whatever the order in which visits arrive', async () => {
    const { cityId } = await seedCity(test.sql);
    const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const visit = (when: string) =>
      changeCity(test.db, cityId, (change) => visitCells(change, lookAt(here, when)));
    const anHourAgo = at(1);
    await visit(anHourAgo);
    await visit(at(3));
    expect(await visitOf(cityId)).toBe(anHourAgo);
    await visit(at(-2));
    const after = await visitOf(cityId);
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(anHourAgo));
    expect(Date.parse(after)).toBeLessThanOrEqual(Date.now() + 1000);
    expect(await eventsOf(cityId)).toBe(2);
  });

  it('keep every look, once, with what was found', async () => {
    const { cityId } = await seedCity(test.sql);
    const nobody = { ...lookAt(here, new Date().toISOString()), people: 0 };
    const visit = (look: Look) => changeCity(test.db, cityId, (change) => visitCells(change, look));
    await visit(nobody);
    await visit(nobody);
    await visit({ ...lookAt(next, nobody.at), people: 1 });
    const looks = await test.sql<{ cell: string; people: number | null }[]>`
      select cell, people from cell_looks where city_id = ${cityId} order by people`;
    expect([...looks]).toEqual([
      { cell: here, people: 0 },
      { cell: next, people: 1 },
    ]);
  });

  it('are kept by the cell of the position', () => {
    expect(cellOf(centerOf(here), 9)).toBe(here);
  });
});

describe('somebody who was not found', () => {
  const soon = () => new Date().toISOString();
  const spread = (cityId: string, at = soon()) =>
    changeCity(test.db, cityId, (change) =>
      spreadFrom(change, { position: centerOf(here), people: 2, at }),
    );
  const likelyIn = async (cityId: string) =>
    [...(await cellsOf(cityId)).values()].filter(({ likelyPeople }) => likelyPeople > 0);

  it('may be in the cells around, and each of these is told', async () => {
    const { cityId } = await seedCity(test.sql);
    await spread(cityId);
    const likely = await likelyIn(cityId);
    expect(likely.map(({ cell }) => cell)).toEqual(expect.arrayContaining([next]));
    const people = likely.reduce((sum, { likelyPeople }) => sum + likelyPeople, 0);
    expect(people).toBeGreaterThan(0.1);
    expect(people).toBeLessThanOrEqual(2);
    expect(await eventsOf(cityId)).toBe(likely.length);
  });

  it('may be at a place of the same kind', async () => {
    const { cityId } = await seedCity(test.sql);
    const far = gridDisk(here, 6).at(-1)!;
    for (const [cell, kind] of [
      [here, 'underpass'],
      [far, 'underpass'],
      [gridDisk(here, 7).at(-1)!, 'park'],
    ] as const) {
      const { lon, lat } = centerOf(cell);
      await test.sql`
        insert into key_points (city_id, id, name, kind, position, radius_meters, from_hour, to_hour,
          normal_every_minutes, cold_every_minutes, source)
        values (${cityId}, ${uuidv7()}, ${kind}, ${kind}, st_makepoint(${lon}, ${lat})::geography, 30, 20, 6, 240, 120, 'drawn')`;
    }
    await spread(cityId);
    const cells = (await likelyIn(cityId)).map(({ cell }) => cell);
    expect(cells).toContain(far);
    expect(cells).not.toContain(gridDisk(here, 7).at(-1)!);
  });

  it('is no longer guessed where somebody looked or was seen since', async () => {
    const { cityId } = await seedCity(test.sql);
    await spread(cityId, new Date(Date.now() - 60_000).toISOString());
    const before = await likelyIn(cityId);
    await changeCity(test.db, cityId, (change) => visitCells(change, lookAt(next, change.now)));
    const [other] = before.filter(({ cell }) => cell !== next);
    await seen(cityId, { cell: other!.cell });
    await touch(cityId, [other!.cell]);
    const after = await likelyIn(cityId);
    expect(after).toHaveLength(before.length - 2);
  });

  it('adds to what has not faded, and is forgotten after half a day', async () => {
    const { cityId } = await seedCity(test.sql);
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    await spread(cityId, hoursAgo(30));
    expect(await likelyIn(cityId)).toEqual([]);
    await spread(cityId, hoursAgo(6));
    const once = (await cellsOf(cityId)).get(next)!.likelyPeople;
    await spread(cityId);
    const twice = (await cellsOf(cityId)).get(next)!.likelyPeople;
    expect(twice).toBeGreaterThan(once);
    expect(twice).toBeLessThan(2 * once);
  });
});

const visitOf = async (cityId: string): Promise<string> =>
  (await cellsOf(cityId)).get(here)!.lastVisitAt!;

describe('drawn zones', () => {
  const { lon, lat } = cityCenter;
  const [east, north] = [116.41, 39.91];
  const boundary: Polygon = {
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [east, lat],
        [east, north],
        [lon, lat],
      ],
    ],
  };
  const draft = () => ({
    id: uuidv7(),
    name: '东站地下通道',
    boundary,
    weight: 2.5,
    fromHour: 22,
    toHour: 6,
    note: '',
  });

  it('are drawn, changed and removed', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const zone = draft();
    const saved = await saveZone(test.db, people.dispatcher, zone);
    expect(saved).toEqual({ ...zone, removed: false });
    await saveZone(test.db, people.station_manager, { ...zone, weight: 4 });
    expect((await readZoneViews(test.sql, cityId)).map(({ weight }) => weight)).toEqual([4]);
    expect((await removeZone(test.db, people.dispatcher, zone)).removed).toBe(true);
    expect(await readZoneViews(test.sql, cityId)).toEqual([]);
    const audiences = await test.sql<{ kind: string; audience: string }[]>`
      select distinct kind, audience from events where city_id = ${cityId}`;
    expect([...audiences]).toEqual([{ kind: 'zone.changed', audience: 'staff' }]);
  });

  it('that cross themselves are refused before they reach the table', async () => {
    const { people } = await seedCity(test.sql);
    const crossed: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [lon, lat],
          [east, north],
          [east, lat],
          [lon, north],
          [lon, lat],
        ],
      ],
    };
    const refused = await refusal(
      saveZone(test.db, people.dispatcher, { ...draft(), boundary: crossed }),
    );
    expect([refused.code, refused.details.field]).toEqual(['polygon_invalid', 'boundary']);
    expect(refused.details.params!['reason']).toContain('Self-intersection');
  });

  it('that go around the Earth are refused as well', async () => {
    const { people } = await seedCity(test.sql);
    const corners = [
      [-180, -90],
      [180, -90],
      [180, 90],
      [-180, 90],
    ] as [number, number][];
    const boundary: Polygon = { type: 'Polygon', coordinates: [corners] };
    const refused = await refusal(saveZone(test.db, people.dispatcher, { ...draft(), boundary }));
    expect([refused.code, refused.details.field]).toEqual(['polygon_invalid', 'boundary']);
  });
});
