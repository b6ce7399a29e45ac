import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { KeyPointDraft, KeyPointVisit } from '../../shared/key-points/schema.ts';
import { saveArea } from '../patrols/actions.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { startShift } from '../shifts/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import {
  importKeyPoints,
  listCandidates,
  readLedger,
  recordDwell,
  recordVisit,
  removeKeyPoint,
  saveKeyPoint,
} from './actions.ts';
import { readKeyPointView, readKeyPointViews } from './queries.ts';

const test = testDatabase();

const draftAt = (east: number, change: Partial<KeyPointDraft> = {}): KeyPointDraft => ({
  id: uuidv7(),
  name: '滨河路地道',
  kind: 'underpass',
  position: place(east, 0),
  radiusMeters: 40,
  fromHour: 22,
  toHour: 5,
  normalEveryMinutes: 720,
  coldEveryMinutes: 240,
  note: '',
  ...change,
});
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const visitOf = (keyPointId: string): KeyPointVisit => ({
  id: uuidv7(),
  keyPointId,
  position: place(3, 0),
  note: '没有人',
});
const visit = (city: SeededCity, what: KeyPointVisit, at: string): Promise<void> =>
  changeCity(test.db, city.cityId, (change) => recordVisit(change, city.people.patrol, what, at));

describe('key points', () => {
  it('are drawn, changed and removed, each change told where it was and where it is', async () => {
    const city = await seedCity(test.sql);
    const draft = draftAt(0);
    const { position, ...rest } = draft;
    const saved = await saveKeyPoint(test.db, city.people.dispatcher, draft);
    expect(saved).toMatchObject({ ...rest, source: 'drawn', lastVisitAt: null, removed: false });
    expect(saved.lon).toBeCloseTo(position.lon, 9);
    await saveKeyPoint(test.db, city.people.dispatcher, { ...draft, position: place(20_000, 0) });
    await removeKeyPoint(test.db, city.people.dispatcher, { id: draft.id });
    expect(await readKeyPointViews(test.sql, city.cityId, null)).toEqual([]);
    const events = await readEventsAfter(test.sql, city.cityId, 0, 100);
    expect(events.map(({ event }) => event.kind)).toEqual(Array(3).fill('keyPoint.changed'));
    expect(events.map(({ audience, cells }) => [audience, cells.length])).toEqual([
      ['staff', 1],
      ['staff', 2],
      ['staff', 1],
    ]);
    const again = await refusal(saveKeyPoint(test.db, city.people.dispatcher, draft));
    expect(again.code).toBe('key_point_removed');
  });

  it('lie within the city', async () => {
    const city = await seedCity(test.sql);
    const far = draftAt(0, { position: place(90_000, 0) });
    const refused = await refusal(saveKeyPoint(test.db, city.people.dispatcher, far));
    expect([refused.code, refused.details.field]).toEqual(['outside_city', 'position']);
  });
});

describe('an import', () => {
  it('answers for each row, keeps the good ones, changes what it knows and brings back what was removed', async () => {
    const city = await seedCity(test.sql);
    const { dispatcher } = city.people;
    const rowAt = (east: number, sourceRef: string) => ({ ...draftAt(east), sourceRef });
    const drawn = await saveKeyPoint(test.db, dispatcher, draftAt(0));
    const rows = [
      rowAt(0, 'a'),
      rowAt(90_000, 'b'),
      { ...rowAt(10, 'c'), id: drawn.id },
      rowAt(20, 'd'),
      { ...rowAt(30, 'd'), name: '后一个' },
    ];
    const first = await importKeyPoints(test.db, dispatcher, {
      source: 'imported',
      keyPoints: rows,
    });
    expect(first).toEqual({
      added: 2,
      changed: 1,
      refused: [
        { index: 1, code: 'outside_city' },
        { index: 2, code: 'invalid_input' },
      ],
    });
    await removeKeyPoint(test.db, dispatcher, { id: rows[0]!.id });
    const again = { source: 'imported' as const, keyPoints: [{ ...rowAt(5, 'a'), name: '新名' }] };
    expect(await importKeyPoints(test.db, dispatcher, again)).toMatchObject({ changed: 1 });
    expect(await importKeyPoints(test.db, dispatcher, again)).toMatchObject({
      added: 0,
      changed: 1,
    });
    const view = await readKeyPointView(test.sql, city.cityId, rows[0]!.id);
    expect(view).toMatchObject({ name: '新名', removed: false, source: 'imported' });
    const names = (await readKeyPointViews(test.sql, city.cityId, null)).map(({ name }) => name);
    expect(names.sort()).toEqual([drawn.name, '后一个', '新名'].sort());
  });
});

describe('candidates', () => {
  it('come from the map of the city, by kind and area, and say what was taken', async () => {
    const city = await seedCity(test.sql);
    const { dispatcher } = city.people;
    const dataDir = mkdtempSync(join(tmpdir(), 'key-points-'));
    const none = { kinds: ['bridge' as const], areaId: null };
    expect(await listCandidates(test.db, dataDir, dispatcher, none)).toEqual([]);
    const feature = (osmId: string, kind: string, east: number) => ({
      type: 'Feature',
      id: osmId,
      geometry: { type: 'Point', coordinates: [place(east, 0).lon, place(east, 0).lat] },
      properties: { kind, nameZh: '桥', nameEn: 'Bridge', osmId },
    });
    const features = [
      feature('w1', 'bridge', 0),
      feature('w2', 'bridge', 9_000),
      feature('n3', 'station', 0),
    ];
    const folder = join(dataDir, 'cities', city.cityId);
    mkdirSync(folder, { recursive: true });
    const file = { type: 'FeatureCollection', features };
    writeFileSync(join(folder, 'key-points.geojson'), JSON.stringify(file));
    const ring = [place(-500, -500), place(500, -500), place(500, 500), place(-500, 500)];
    const area = await saveArea(test.db, dispatcher, {
      id: uuidv7(),
      name: '河东',
      boundary: {
        type: 'Polygon',
        coordinates: [ring.map(({ lon, lat }): [number, number] => [lon, lat])],
      },
    });
    const keyPoints = [{ ...draftAt(0, { kind: 'bridge' }), sourceRef: 'osm:w1' }];
    await importKeyPoints(test.db, dispatcher, { source: 'map', keyPoints });
    const all = await listCandidates(test.db, dataDir, dispatcher, none);
    expect(all.map(({ sourceRef, taken }) => [sourceRef, taken])).toEqual([
      ['osm:w1', true],
      ['osm:w2', false],
    ]);
    const inside = await listCandidates(test.db, dataDir, dispatcher, { ...none, areaId: area.id });
    expect(inside.map(({ sourceRef }) => sourceRef)).toEqual(['osm:w1']);
    rmSync(dataDir, { recursive: true });
  });
});

describe('visits', () => {
  it('are one row each with its team and shift; the last one is the latest by time, whatever its kind', async () => {
    const city = await seedCity(test.sql);
    const { patrol, dispatcher } = city.people;
    const { id } = await saveKeyPoint(test.db, dispatcher, draftAt(0));
    const shiftId = uuidv7();
    const shift = {
      id: shiftId,
      areaId: null,
      vehicle: '',
      members: [{ name: '王', agency: 'police' as const }],
      checkInMinutes: null,
    };
    await changeCity(test.db, city.cityId, (c) => startShift(c, patrol, shift, hoursAgo(5)));
    const last = async () => {
      const view = await readKeyPointView(test.sql, city.cityId, id);
      return [view!.lastVisitAt, view!.lastVisitHow, view!.lastVisitTeamId];
    };
    const three = hoursAgo(3);
    const recorded = visitOf(id);
    await visit(city, recorded, three);
    await visit(city, recorded, three);
    expect(await last()).toEqual([three, 'recorded', city.north.id]);
    const from = hoursAgo(2.1);
    const to = hoursAgo(2);
    const dwell = {
      id: uuidv7(),
      teamId: city.south.id,
      shiftId: null,
      keyPointId: id,
      from,
      to,
      position: place(0, 0),
    };
    const stand = () => changeCity(test.db, city.cityId, (change) => recordDwell(change, dwell));
    await stand();
    await stand();
    expect(await last()).toEqual([to, 'dwell', city.south.id]);
    await visit(city, visitOf(id), hoursAgo(4));
    expect(await last()).toEqual([to, 'dwell', city.south.id]);
    const rows = await readLedger(test.db, dispatcher, { keyPointId: id, before: null });
    expect(rows.map(({ seq, how, shiftId: of }) => [seq, how, of])).toEqual([
      [3, 'recorded', shiftId],
      [2, 'dwell', null],
      [1, 'recorded', shiftId],
    ]);
    expect(rows[0]!.previousHash).toBe(rows[1]!.hash);
    const older = await readLedger(test.db, dispatcher, { keyPointId: null, before: 2 });
    expect(older.map(({ seq }) => seq)).toEqual([1]);
    const [cell] = await test.sql<{ at: string }[]>`
      select last_visit_at as at from cold_cells where city_id = ${city.cityId} order by last_visit_at desc`;
    expect(cell!.at).toBe(to);
  });

  it('count when the key point was removed meanwhile: nobody out there could know', async () => {
    const city = await seedCity(test.sql);
    const { id } = await saveKeyPoint(test.db, city.people.dispatcher, draftAt(0));
    await removeKeyPoint(test.db, city.people.dispatcher, { id });
    await visit(city, visitOf(id), hoursAgo(1));
    const now = new Date().toISOString();
    await visit(city, visitOf(id), now);
    expect((await refusal(visit(city, visitOf(uuidv7()), now))).code).toBe('not_found');
    const rows = await readLedger(test.db, city.people.dispatcher, {
      keyPointId: id,
      before: null,
    });
    expect(rows).toHaveLength(2);
  });
});
