import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CITY_FILES } from '../../shared/basemap/schema.ts';
import type { Polygon, Position } from '../../shared/geo/position.ts';
import { travelModes } from '../../shared/roads/schema.ts';
import { hasExtract, makeRoadCity } from '../testing/road-city.ts';
import type { RoadCity } from '../testing/road-city.ts';
import { EngineProcess } from './engine.ts';
import { RoadSource } from './road-source.ts';
import { openRoads } from './roads.ts';
import type { Roads } from './roads.ts';
import { TravelTable } from './travel-table.ts';

const silent = (): void => undefined;

/** A square round a place, so many metres to each side. */
function around({ lon, lat }: Position, meters: number): Polygon {
  const [x, y] = [meters / (111_320 * Math.cos((lat * Math.PI) / 180)), meters / 111_320];
  const ring: [number, number][] = [
    [lon - x, lat - y],
    [lon + x, lat - y],
    [lon + x, lat + y],
    [lon - x, lat + y],
    [lon - x, lat - y],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

/** A road and a matrix are sought in two ways, which may prefer one of two like ways. */
function expectAlike(a: number, b: number): void {
  if (a === Infinity || b === Infinity) expect(a).toBe(b);
  else expect(Math.abs(a - b)).toBeLessThanOrEqual(5 + 0.05 * Math.max(a, b));
}

function lawsOf(extract: string | null): void {
  let city: RoadCity;
  let roads: Roads;
  beforeAll(async () => {
    city = await makeRoadCity(extract);
    roads = openRoads({ dataDir: city.dataDir, valhallaUrl: undefined }, silent);
  }, 120_000);
  afterAll(async () => {
    await roads.close();
    city.remove();
  });

  it('knows that it has roads', () => {
    expect(roads.isEstimated(city.cityId)).toBe(false);
    expect(roads.isEstimated('elsewhere')).toBe(true);
  });

  it('says the same of a pair in a matrix and as a route, for every way of travelling', async () => {
    const places = city.places(7);
    for (const mode of travelModes) {
      const matrix = await roads.matrix(city.cityId, mode, places, places);
      expect(matrix.estimated).toBe(false);
      let [alike, all] = [0, 0];
      for (let i = 0; i < 7; i++)
        for (let j = 0; j < 7; j++) {
          const seconds = matrix.seconds[i * 7 + j]!;
          if (i === j || seconds === Infinity) continue;
          const route = await roads.route(city.cityId, mode, [places[i]!, places[j]!]);
          all += 1;
          // The route's search leaves out small streets far from its ends: it may only be longer.
          expect(seconds).toBeLessThan(route.seconds * 1.05 + 10);
          if (Math.abs(seconds - route.seconds) <= 5 + 0.05 * route.seconds) alike += 1;
        }
      expect(all).toBeGreaterThan(30);
      expect(alike / all).toBeGreaterThan(0.9);
    }
  });

  it('finds ways between all places beside streets, and a way of legs that add up', async () => {
    const places = city.places(40, 3);
    const { seconds } = await roads.matrix(city.cityId, 'van', places, places);
    const none = seconds.filter((value) => value === Infinity).length;
    expect(none / seconds.length).toBeLessThan(0.05);
    const route = await roads.route(city.cityId, 'car', places.slice(0, 4));
    expect(route.legs).toHaveLength(3);
    expect(
      route.legs.every(({ line, manoeuvres }) => line.length > 1 && manoeuvres.length > 1),
    ).toBe(true);
    expect(route.legs[0]!.manoeuvres[0]!.kind).toBe('depart');
    expect(route.legs[0]!.manoeuvres.at(-1)!.kind).toBe('arrive');
    expect(route.seconds).toBeCloseTo(route.legs.reduce((sum, leg) => sum + leg.seconds, 0));
  });

  it('says the same in tiles as in one piece', async () => {
    const engine = new EngineProcess(silent);
    const whole = engine.on(path.join(city.dataDir, 'cities', city.cityId, CITY_FILES.roads));
    const [from, to] = [city.places(23, 5), city.places(31, 6)];
    const ask = { mode: 'car' as const, closures: [] };
    const one = await new RoadSource(whole, null).matrix(ask, from, to);
    const tiled = await new RoadSource({ ...whole, pairsAtOnce: 50 }, null).matrix(ask, from, to);
    await engine.close();
    one.seconds.forEach((seconds, i) => expectAlike(tiled.seconds[i]!, seconds));
  });

  it('takes a closure into account at once, and its opening', async () => {
    const [from, to] = city.places(2, 11) as [Position, Position];
    const ask = async () => (await roads.matrix(city.cityId, 'car', [from], [to])).seconds[0]!;
    const free = await ask();
    const { legs } = await roads.route(city.cityId, 'car', [from, to]);
    const [lon, lat] = legs[0]!.line[Math.floor(legs[0]!.line.length / 2)]!;
    roads.setConditions(city.cityId, {
      winterFactor: 1.15,
      closures: [{ id: 'a', boundary: around({ lon, lat }, 60) }],
    });
    expect(await ask()).toBeGreaterThan(free);
    roads.setConditions(city.cityId, {
      winterFactor: 1.15,
      closures: [{ id: 'b', boundary: around(to, 400) }],
    });
    expect(await ask()).toBe(Infinity);
    const detour = await roads.route(city.cityId, 'car', [from, to]);
    expect(detour.estimated).toBe(true);
    expect(Number.isFinite(detour.seconds)).toBe(true);
    roads.setConditions(city.cityId, { winterFactor: 2.3, closures: [] });
    expect(await ask()).toBeCloseTo(free * 2, 1);
    roads.setConditions(city.cityId, { winterFactor: 1.15, closures: [] });
    expect(await ask()).toBe(free);
  });

  it('says of closures the same in a matrix and as a route, wherever they lie', async () => {
    let [unlike, all] = [0, 0];
    for (const [seed, mode] of [[1, 'car'] as const, [4, 'van'] as const, [8, 'van'] as const]) {
      const places = city.places(6, seed + 100);
      const closed = city.places(3, seed + 500);
      const closures = closed.map((place, i) => ({
        id: `${seed} ${i}`,
        boundary: around(place, 30 + 60 * i),
      }));
      roads.setConditions(city.cityId, { winterFactor: 1, closures });
      const { seconds } = await roads.matrix(city.cityId, mode, places, places);
      for (let i = 0; i < 6; i++)
        for (let j = 0; j < 6; j++) {
          if (i === j) continue;
          const route = await roads.route(city.cityId, mode, [places[i]!, places[j]!]);
          const asked = seconds[i * 6 + j]!;
          all += 1;
          if ((asked === Infinity) !== route.estimated) unlike += 1;
          else if (asked < Infinity) expect(asked).toBeLessThan(route.seconds * 1.05 + 10);
        }
    }
    roads.setConditions(city.cityId, { winterFactor: 1.15, closures: [] });
    expect(unlike / all).toBeLessThan(0.02);
  });

  it('keeps answering when one of many places lies off the map', async () => {
    const places = [...city.places(3), { lon: -30, lat: 0 }];
    const { seconds, estimated } = await roads.matrix(city.cityId, 'van', places, places);
    expect(estimated).toBe(false);
    expect(seconds[1]).toBeLessThan(Infinity);
    expect([seconds[3], seconds[12]]).toEqual([Infinity, Infinity]);
    const away = await roads.matrix(
      city.cityId,
      'van',
      [{ lon: -30, lat: 0 }],
      [{ lon: -31, lat: 0 }],
    );
    expect(away.estimated).toBe(true);
  });

  it('draws what can be reached, the farther holding the nearer', async () => {
    const [from] = city.places(1, 2) as [Position];
    const { features, estimated } = await roads.isochrones(city.cityId, 'van', from, [3, 6]);
    expect(estimated).toBe(false);
    expect(features.map(({ properties }) => properties.minutes)).toEqual([6, 3]);
  });

  it('finds the streets a track was driven on', async () => {
    const route = await roads.route(city.cityId, 'car', city.places(2, 17));
    const points = route.legs[0]!.line.map(([lon, lat], i) => ({
      position: { lon, lat },
      at: new Date(Date.UTC(2026, 0, 5) + i * 5_000).toISOString(),
    }));
    const matched = await roads.match(city.cityId, 'car', points);
    expect(matched.estimated).toBe(false);
    expect(Math.abs(matched.meters - route.meters)).toBeLessThan(0.15 * route.meters + 50);
  });

  it('keeps a warm table that says what the matrix says, whatever came and went before', async () => {
    const table = new TravelTable(roads, city.cityId, 'van');
    const first = city.places(12, 21);
    const kept = table.add(first);
    expect(table.isEstimate(kept[0]!, kept[1]!)).toBe(true);
    expect(table.seconds(kept[0]!, kept[1]!)).toBeGreaterThan(0);
    table.drop(kept[3]!, kept[7]!);
    const late = city.places(70, 22);
    const seats = table.add(late.slice(0, 5));
    await table.ready();
    seats.push(...table.add(late.slice(5)));
    table.drop(seats[2]!);
    await table.ready();
    const here = [
      ...kept.map((index, i) => ({ index, place: first[i]! })),
      ...seats.map((index, i) => ({ index, place: late[i]! })),
    ];
    const now = here.filter((_, i) => ![3, 7, 12 + 2].includes(i));
    expect(table.size).toBe(now.length);
    const places = now.map(({ place }) => place);
    const matrix = await roads.matrix(city.cityId, 'van', places, places);
    let unlike = 0;
    now.forEach((a, i) =>
      now.forEach((b, j) => {
        if (i === j) return;
        expect(table.isEstimate(a.index, b.index)).toBe(false);
        const [seconds, asked] = [
          table.seconds(a.index, b.index),
          matrix.seconds[i * now.length + j]!,
        ];
        if (Math.abs(seconds - asked) > 5 + 0.05 * asked) unlike += 1;
      }),
    );
    // The engine seeks from one side or the other; of two ways that cost it the same one may take longer.
    expect(unlike / now.length ** 2).toBeLessThan(0.01);
    table.close();
  });

  it('asks anew after a closure, with an estimate marked as one until then', async () => {
    const table = new TravelTable(roads, city.cityId, 'car');
    const [a, b] = table.add(city.places(2, 11)) as [number, number];
    await table.ready();
    const before = table.seconds(a, b);
    roads.setConditions(city.cityId, {
      winterFactor: 1.15,
      closures: [{ id: 'c', boundary: around(city.places(2, 11)[1]!, 400) }],
    });
    expect(table.isEstimate(a, b)).toBe(true);
    expect(table.seconds(a, b)).toBeGreaterThanOrEqual(before);
    await table.ready();
    expect([table.isEstimate(a, b), table.seconds(a, b)]).toEqual([false, Infinity]);
    roads.setConditions(city.cityId, { winterFactor: 1.15, closures: [] });
    await table.ready();
    expect(table.seconds(a, b)).toBe(before);
    table.close();
  });
}

describe('the demo town', () => {
  lawsOf(null);
});

describe.skipIf(!hasExtract('Helsinki'))(
  'Helsinki (needs ../shared/data/osm/Helsinki.osm.pbf)',
  () => {
    lawsOf('Helsinki');
  },
);

describe('what can go wrong', () => {
  it('survives tiles that are none: the estimate answers, and other cities keep their roads', async () => {
    const city = await makeRoadCity(null);
    const broken = path.join(city.dataDir, 'cities', 'broken');
    mkdirSync(broken, { recursive: true });
    writeFileSync(path.join(broken, CITY_FILES.roads), Buffer.alloc(5_000, 'garbage'));
    const good = readFileSync(path.join(city.dataDir, 'cities', city.cityId, CITY_FILES.roads));
    mkdirSync(path.join(city.dataDir, 'cities', 'half'));
    writeFileSync(
      path.join(city.dataDir, 'cities', 'half', CITY_FILES.roads),
      good.subarray(0, good.length / 2),
    );
    const said: string[] = [];
    const roads = openRoads({ dataDir: city.dataDir, valhallaUrl: undefined }, (_, words) => {
      said.push(words);
    });
    const places = city.places(3);
    expect(['broken', 'half', city.cityId].map((id) => roads.isEstimated(id))).toEqual([
      true,
      true,
      false,
    ]);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('the roads are broken');
    const { estimated, seconds } = await roads.matrix('broken', 'van', places, places);
    expect(estimated).toBe(true);
    expect(seconds[1]).toBeLessThan(Infinity);
    expect((await roads.route('broken', 'van', places)).estimated).toBe(true);
    expect((await roads.matrix(city.cityId, 'van', places, places)).rows).toBe(3);
    await roads.close();
    city.remove();
  });

  it('survives questions that are none, and its own end', async () => {
    const city = await makeRoadCity(null);
    const engine = new EngineProcess(silent);
    const { ask } = engine.on(path.join(city.dataDir, 'cities', city.cityId, CITY_FILES.roads));
    await expect(ask('matrix', { sources: 'x' })).rejects.toThrow(/./);
    await expect(ask('route', { locations: [{ lon: 'a' }] })).rejects.toThrow(/./);
    await expect(ask('isochrone', {})).rejects.toThrow(/./);
    const [a, b] = city.places(2);
    const question = { sources: [a], targets: [b], costing: 'auto', verbose: false };
    await expect(ask('matrix', question)).resolves.toHaveProperty('sources_to_targets');
    await engine.close();
    await expect(ask('matrix', question)).rejects.toThrow('not running');
    city.remove();
  });
});
