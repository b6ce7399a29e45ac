import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Polygon } from '../../shared/geo/position.ts';
import type { TeamPositionReport } from '../../shared/patrols/schema.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { place, seedCity } from '../testing/seed.ts';
import {
  planTeamDuty,
  removeArea,
  removeTeam,
  saveArea,
  saveTeam,
  setDuty,
  storePosition,
} from './actions.ts';
import { readAreaViews, readTeamPositions, readTeamViews } from './queries.ts';

const test = testDatabase();
const corner = (east: number, north: number): [number, number] => {
  const { lon, lat } = place(east, north);
  return [lon, lat];
};
const square: Polygon = {
  type: 'Polygon',
  coordinates: [[corner(0, 0), corner(900, 0), corner(900, 900), corner(0, 900), corner(0, 0)]],
};
const kindsOf = async (cityId: string): Promise<string[]> => {
  const rows = await test.sql<{ kind: string }[]>`
    select kind from events where city_id = ${cityId} order by seq`;
  return rows.map(({ kind }) => kind);
};

describe('teams', () => {
  it('are saved, changed and removed, each with an event', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const draft = {
      id: uuidv7(),
      name: '东队',
      callSign: 'A1',
      vehicle: '京A·10001',
      areaId: null,
      skills: ['medical' as const, 'female_member' as const],
    };
    const saved = await saveTeam(test.db, people.administrator, draft);
    expect(saved).toEqual({
      ...draft,
      onDuty: false,
      shiftEndsAt: null,
      breakFromAt: null,
      breakMinutes: 0,
      removed: false,
    });
    expect(await saveTeam(test.db, people.administrator, draft)).toEqual(saved);
    await saveTeam(test.db, people.administrator, { ...draft, name: '东一队' });
    const teams = await readTeamViews(test.sql, cityId);
    expect(teams.map(({ name }) => name)).toEqual(['东一队', '北队', '南队']);
    const removed = await removeTeam(test.db, people.administrator, { id: draft.id });
    expect(removed.removed).toBe(true);
    expect(await readTeamViews(test.sql, cityId)).toHaveLength(2);
    expect(await kindsOf(cityId)).toEqual(Array.from({ length: 4 }, () => 'team.changed'));
  });

  it('go on and off duty by their own patrol or the desk', async () => {
    const { people, north, southPatrol } = await seedCity(test.sql);
    const off = { teamId: north.id, onDuty: false };
    expect((await refusal(setDuty(test.db, southPatrol, off))).code).toBe('not_allowed');
    expect((await setDuty(test.db, people.patrol, off)).onDuty).toBe(false);
    expect((await setDuty(test.db, people.dispatcher, { ...off, onDuty: true })).onDuty).toBe(true);
    const nowhere = { teamId: uuidv7(), onDuty: true };
    expect((await refusal(setDuty(test.db, people.dispatcher, nowhere))).code).toBe('not_found');
  });

  it('say when their shift ends and when they rest, until they go off duty', async () => {
    const { people, north, southPatrol } = await seedCity(test.sql);
    const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const times = { shiftEndsAt: hour(5), breakFromAt: hour(2), breakMinutes: 30 };
    const asked = { teamId: north.id, ...times };
    expect((await refusal(planTeamDuty(test.db, southPatrol, asked))).code).toBe('not_allowed');
    expect(await planTeamDuty(test.db, people.patrol, asked)).toMatchObject(times);
    const without = { ...asked, breakFromAt: null };
    expect(await planTeamDuty(test.db, people.dispatcher, without)).toMatchObject({
      shiftEndsAt: times.shiftEndsAt,
      breakFromAt: null,
      breakMinutes: 0,
    });
    const off = await setDuty(test.db, people.patrol, { teamId: north.id, onDuty: false });
    expect(off).toMatchObject({ shiftEndsAt: null, breakFromAt: null, breakMinutes: 0 });
    const late = await refusal(planTeamDuty(test.db, people.dispatcher, asked));
    expect(late.code).toBe('team_off_duty');
  });

  it('can only have an area that is there', async () => {
    const { people } = await seedCity(test.sql);
    const draft = {
      id: uuidv7(),
      name: '东队',
      callSign: 'A1',
      vehicle: '',
      areaId: uuidv7(),
      skills: [],
    };
    const refused = await refusal(saveTeam(test.db, people.administrator, draft));
    expect([refused.code, refused.details.field]).toEqual(['not_found', 'areaId']);
  });
});

describe('areas', () => {
  it('are drawn, closed by the server, and leave their teams when they are removed', async () => {
    const { cityId, people, north } = await seedCity(test.sql);
    const [ring] = square.coordinates;
    const open = { ...square, coordinates: [ring!.slice(0, -1)] };
    const area = await saveArea(test.db, people.dispatcher, {
      id: uuidv7(),
      name: '河东',
      boundary: open,
    });
    expect(area.boundary.coordinates[0]).toHaveLength(5);
    await saveTeam(test.db, people.administrator, {
      ...north,
      callSign: 'N1',
      vehicle: '',
      areaId: area.id,
      skills: [],
    });
    await removeArea(test.db, people.dispatcher, { id: area.id });
    expect(await readAreaViews(test.sql, cityId)).toEqual([]);
    const teams = await readTeamViews(test.sql, cityId);
    expect(teams.find(({ id }) => id === north.id)!.areaId).toBeNull();
    expect((await kindsOf(cityId)).slice(-2)).toEqual(['team.changed', 'area.changed']);
  });

  it('whose edges cross or that have no surface are refused on their field', async () => {
    const { people } = await seedCity(test.sql);
    const bowTie = [corner(0, 0), corner(900, 900), corner(900, 0), corner(0, 900), corner(0, 0)];
    const line = [corner(0, 0), corner(900, 0), corner(900, 0), corner(0, 0)];
    for (const ring of [bowTie, line]) {
      const boundary: Polygon = { type: 'Polygon', coordinates: [ring] };
      const refused = await refusal(
        saveArea(test.db, people.dispatcher, { id: uuidv7(), name: 'x', boundary }),
      );
      expect([refused.code, refused.details.field]).toEqual(['polygon_invalid', 'boundary']);
    }
  });
});

describe('positions', () => {
  const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
  const reportAt = (seconds: number, east: number): TeamPositionReport => ({
    position: place(east, 0),
    accuracyMeters: 8,
    headingDegrees: 90,
    at: at(seconds),
  });

  it('keep the newest, tell every server, and stay out of the event log', async () => {
    const { cityId, people, north } = await seedCity(test.sql);
    const heard: unknown[] = [];
    const listening = await test.db.listen('team_positions', (payload) =>
      heard.push(JSON.parse(payload)),
    );
    const newer = reportAt(-10, 200);
    await storePosition(test.db, people.patrol, newer);
    await storePosition(test.db, people.patrol, reportAt(-20, 999));
    const stored = (await readTeamPositions(test.sql, cityId)).find(
      ({ teamId }) => teamId === north.id,
    )!;
    expect(stored).toEqual({
      teamId: north.id,
      ...newer.position,
      accuracyMeters: 8,
      headingDegrees: 90,
      at: newer.at,
    });
    await expect.poll(() => heard).toEqual([{ cityId, position: stored }]);
    expect(await kindsOf(cityId)).toEqual([]);
    await listening.unlisten();
  });

  it('of a device whose clock is ahead count as now, so that the next ones still come through', async () => {
    const { cityId, people, north } = await seedCity(test.sql);
    await storePosition(test.db, people.patrol, reportAt(3600, 100));
    await storePosition(test.db, people.patrol, reportAt(3605, 300));
    const stored = (await readTeamPositions(test.sql, cityId)).find(
      ({ teamId }) => teamId === north.id,
    )!;
    expect(stored.lon).toBeCloseTo(place(300, 0).lon, 9);
    expect(Date.parse(stored.at)).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it('are kept to the tenth: a heading just short of north is north', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const report = { ...reportAt(0, 0), accuracyMeters: 1e-320, headingDegrees: 359.999_999 };
    await storePosition(test.db, people.patrol, report);
    const [stored] = await readTeamPositions(test.sql, cityId);
    expect(stored).toMatchObject({ accuracyMeters: 0, headingDegrees: 0 });
  });

  it('are of somebody in a team', async () => {
    const { people } = await seedCity(test.sql);
    const refused = await refusal(
      storePosition(test.db, { ...people.patrol, teamId: null }, reportAt(0, 0)),
    );
    expect(refused.code).toBe('not_allowed');
  });
});
