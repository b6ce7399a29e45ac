import { v7 as uuidv7 } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import type { Polygon } from '../../shared/geo/position.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { appRouter } from '../router.ts';
import { readSnapshot } from '../snapshots/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { contextOf, place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { watchConditions } from './conditions.ts';
import { readClosureView, readClosureViews, readConditions } from './queries.ts';
import { openRoads } from './roads.ts';

const test = testDatabase();
let city: SeededCity;
beforeAll(async () => {
  city = await seedCity(test.sql);
});
const roads = openRoads({ dataDir: '/nowhere', valhallaUrl: undefined }, () => undefined);
const as = (role: 'dispatcher' | 'patrol') =>
  appRouter.createCaller(contextOf(test.db, city.people[role], { roads })).roads;

function box(east: number, north: number, meters: number): Polygon {
  const corners = [
    place(east - meters, north - meters),
    place(east + meters, north - meters),
    place(east + meters, north + meters),
    place(east - meters, north + meters),
    place(east - meters, north - meters),
  ];
  return { type: 'Polygon', coordinates: [corners.map(({ lon, lat }) => [lon, lat])] };
}

it('a closed stretch is told to the staff, makes ways longer at once, and is forgotten when it opens', async () => {
  const desk = as('dispatcher');
  const way = () =>
    roads.estimate(city.cityId, 'van', [place(-900, 0)], [place(900, 0)]).seconds[0]!;
  const free = way();
  const id = uuidv7();
  const closure = await desk.close({ id, boundary: box(0, 0, 200), reason: '桥面结冰' });
  expect(closure).toMatchObject({ id, reason: '桥面结冰', openedAt: null, openedBy: null });
  expect(closure.closedBy).toBe(city.people.dispatcher.userId);
  expect(way()).toBeGreaterThan(free);
  expect(await desk.listClosures()).toEqual([closure]);
  expect(await readClosureViews(test.sql, city.cityId)).toEqual([closure]);

  const viewer = { cityId: city.cityId, staff: true, userId: null, deviceId: null };
  expect((await readSnapshot(test.db, viewer, null)).closures).toEqual([closure]);
  const outside = { ...viewer, staff: false };
  expect((await readSnapshot(test.db, outside, null)).closures).toEqual([]);

  const opened = await desk.open({ id });
  expect(opened.openedBy).toBe(city.people.dispatcher.userId);
  expect(way()).toBe(free);
  expect(await desk.listClosures()).toEqual([]);
  expect(await readClosureView(test.sql, city.cityId, id)).toEqual(opened);
  const events = await readEventsAfter(test.sql, city.cityId, 0, 100);
  const told = events.filter(({ event }) => event.kind === 'closure.changed');
  expect(told.map(({ audience }) => audience)).toEqual(['staff', 'staff']);
});

it('closing and opening twice changes nothing the second time', async () => {
  const desk = as('dispatcher');
  const draft = { id: uuidv7(), boundary: box(500, 500, 50), reason: '施工' };
  const once = await desk.close(draft);
  expect(await desk.close({ ...draft, reason: '别的' })).toEqual(once);
  const opened = await desk.open({ id: draft.id });
  expect(await desk.open({ id: draft.id })).toEqual(opened);
  expect(await desk.close(draft)).toEqual(opened);
});

it('refuses a shape that crosses itself, a closure nobody knows and another city', async () => {
  const desk = as('dispatcher');
  const [a, b, c, d] = box(0, 0, 100).coordinates[0]!;
  const crossed: Polygon = { type: 'Polygon', coordinates: [[a!, c!, b!, d!, a!]] };
  await expect(desk.close({ id: uuidv7(), boundary: crossed, reason: 'x' })).rejects.toMatchObject({
    cause: { code: 'polygon_invalid' },
  });
  await expect(desk.open({ id: uuidv7() })).rejects.toMatchObject({ cause: { code: 'not_found' } });
  const stops = [place(0, 0), place(500, 0)];
  await expect(
    as('patrol').route({ cityId: 'elsewhere', mode: 'van', stops }),
  ).rejects.toMatchObject({ cause: { code: 'not_allowed' } });
  const own = await as('patrol').route({ cityId: city.cityId, mode: 'van', stops });
  expect(own).toMatchObject({
    estimated: true,
    legs: [{ line: [[], []].map(() => expect.anything()) }],
  });
  const areas = await desk.isochrones({
    cityId: city.cityId,
    mode: 'foot',
    from: stops[0]!,
    minutes: [5],
  });
  expect(areas).toMatchObject({ estimated: true, features: [{ properties: { minutes: 5 } }] });
});

it('another server hears of closures and of a changed winter factor', async () => {
  const other = openRoads({ dataDir: '/nowhere', valhallaUrl: undefined }, () => undefined);
  const watch = await watchConditions(test.db, other, () => undefined);
  const way = () =>
    other.estimate(city.cityId, 'car', [place(-900, 0)], [place(900, 0)]).seconds[0]!;
  const free = way();
  const id = uuidv7();
  await as('dispatcher').close({ id, boundary: box(0, 0, 150), reason: '积雪' });
  await expect.poll(way, { timeout: 4_000 }).toBeGreaterThan(free);
  await as('dispatcher').open({ id });
  await expect.poll(way, { timeout: 4_000 }).toBe(free);
  await test.sql`
    update cities set settings = jsonb_set(settings, '{winterFactor}', '2.3') where id = ${city.cityId}`;
  expect((await readConditions(test.sql, city.cityId)).get(city.cityId)?.winterFactor).toBe(2.3);
  await expect.poll(way, { timeout: 9_000 }).toBeCloseTo(free * 2, 3);
  await watch.stop();
  await other.close();
});
