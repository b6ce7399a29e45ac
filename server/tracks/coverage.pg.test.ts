import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gridOfStreets, origin } from '../../shared/tracks/testing/made-tracks.ts';
import { saveArea } from '../patrols/actions.ts';
import { serveStreetsFrom } from '../streets/queries.ts';
import { testDatabase } from '../testing/database.ts';
import {
  began,
  cityWithStreets,
  night,
  seedKeyPoint,
  storeInBatches,
} from '../testing/made-night.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import { readCoverage, readCoveredStreets } from './coverage.ts';
import { settleTracks } from './settling.ts';

const test = testDatabase();
const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxun-tracks-'));
beforeAll(() => serveStreetsFrom(dataDir));
afterAll(() => {
  serveStreetsFrom(null);
  rmSync(dataDir, { recursive: true, force: true });
});

const minute = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

describe('coverage', () => {
  const period = { from: iso(began), to: iso(began + 60 * minute), areaId: null, teamId: null };

  it('sums up points, streets, minutes and metres, by team and by area', async () => {
    const city = await cityWithStreets(test.sql, dataDir);
    await seedKeyPoint(test.sql, city.cityId, 1500);
    await seedKeyPoint(test.sql, city.cityId, 9000);
    await storeInBatches(test.db, city, night(), 60);
    const staff = city.people.dispatcher;
    const whole = await readCoverage(test.db, staff, period);
    expect(whole.keyPoints).toEqual({
      due: 2,
      visited: 1,
      visitedByDwell: 1,
      visitedByRecord: 0,
      overdue: 2,
    });
    // 29 × 4 streets east and 30 × 3 north, of 100 m
    expect(whole.streets!.totalMeters).toBe(20_600);
    expect(whole.streets!.coveredMeters).toBeGreaterThan(2_550);
    expect(whole.streets!.coveredMeters).toBeLessThan(2_760);
    expect(whole.hours.totalMinutes).toBe(60);
    expect(whole.hours.coveredMinutes).toBeGreaterThanOrEqual(27);
    expect(whole.hours.coveredMinutes).toBeLessThanOrEqual(29);
    expect(whole.trackMeters).toBeGreaterThan(2_600);

    // Read a day at a time, it comes to the same wherever one day's reading ends and the next begins.
    for (const minutes of [0, 10, 13, 20, 40]) {
      const from = iso(began - (3 * 24 * 60 - minutes) * minute);
      const longer = await readCoverage(test.db, staff, { ...period, from });
      expect(longer.streets).toEqual(whole.streets);
      expect(longer.hours.coveredMinutes).toBe(whole.hours.coveredMinutes);
      expect(longer.trackMeters).toBe(whole.trackMeters);
    }

    const other = await readCoverage(test.db, staff, { ...period, teamId: city.south.id });
    expect(other.streets!.coveredMeters).toBe(0);
    expect([other.hours.coveredMinutes, other.trackMeters, other.keyPoints.visited]).toEqual([
      0, 0, 0,
    ]);

    const [west, south, east, north] = [-0.001, -0.001, 0.0059, 0.0005];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ].map(([lon, lat]): [number, number] => [origin.lon + lon!, origin.lat + lat!]);
    const area = await saveArea(test.db, staff, {
      id: uuidv7(),
      name: '西段',
      boundary: { type: 'Polygon', coordinates: [ring] },
    });
    const inside = await readCoverage(test.db, staff, { ...period, areaId: area.id });
    // about 500 m of the first street and the beginnings of the six that leave it northwards
    expect(inside.streets!.totalMeters).toBeGreaterThan(780);
    expect(inside.streets!.totalMeters).toBeLessThan(900);
    expect(inside.streets!.coveredMeters).toBeGreaterThan(480);
    expect(inside.streets!.coveredMeters).toBeLessThan(520);
    expect(inside.keyPoints.due).toBe(0);

    const { lines } = await readCoveredStreets(test.db, staff, period);
    expect(lines.length).toBeGreaterThan(20);
    expect(
      lines.flat().every(([lon, lat]) => Math.abs(lat - origin.lat) < 0.002 && lon > 116.3),
    ).toBe(true);
  });

  it('knows the last visit from before the period: seen a while ago, a key point is not due yet', async () => {
    const city = await cityWithStreets(test.sql, dataDir);
    await seedKeyPoint(test.sql, city.cityId, 1500);
    await storeInBatches(test.db, city, night(), 60);
    const from = iso(began + 30 * minute);
    const due = async (toMinute: number) => {
      const of = { ...period, from, to: iso(began + toMinute * minute) };
      const { keyPoints } = await readCoverage(test.db, city.people.patrol, of);
      return [keyPoints.due, keyPoints.visited, keyPoints.overdue];
    };
    // seen after about a quarter of an hour, and to be seen every half hour
    expect(await due(43)).toEqual([0, 0, 0]);
    expect(await due(60)).toEqual([1, 0, 1]);
  });

  it('goes by key points alone in a city without streets', async () => {
    const city = await seedCity(test.sql);
    await storeInBatches(test.db, city, night(), 60);
    const summary = await readCoverage(test.db, city.people.auditor, period);
    expect(summary.streets).toBeNull();
    expect(summary.trackMeters).toBeGreaterThan(2_600);
    expect(await readCoveredStreets(test.db, city.people.auditor, period)).toEqual({ lines: [] });
  });

  it('is worked out anew when the streets were replaced', async () => {
    const city = await cityWithStreets(test.sql, dataDir);
    await storeInBatches(test.db, city, night(), 60);
    const before = await readCoverage(test.db, city.people.dispatcher, period);
    const file = path.join(dataDir, 'cities', city.cityId, 'streets.json');
    writeFileSync(file, JSON.stringify(gridOfStreets(29, 3)));
    utimesSync(file, new Date(), new Date(Date.now() + 60_000));
    serveStreetsFrom(null);
    serveStreetsFrom(dataDir);
    const between = await readCoverage(test.db, city.people.dispatcher, period);
    expect(between.streets!.coveredMeters).toBe(0);
    await settleTracks(test.db, 0);
    const after = await readCoverage(test.db, city.people.dispatcher, period);
    expect(after.streets!.totalMeters).toBe(28 * 3 * 100 + 29 * 2 * 100);
    expect(Math.abs(after.streets!.coveredMeters - before.streets!.coveredMeters)).toBeLessThan(5);
  });

  it('is refused for a period that ends before it begins or goes over months', async () => {
    const { people } = await seedCity(test.sql);
    for (const to of [period.from, iso(began + 40 * 24 * 60 * minute)]) {
      const refused = await refusal(readCoverage(test.db, people.dispatcher, { ...period, to }));
      expect([refused.code, refused.details.field]).toEqual(['invalid_input', 'to']);
    }
  });
});
