import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { ShiftDraft } from '../../shared/shifts/schema.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { readAlarmView, readOpenAlarmViews } from '../crew/queries.ts';
import { removeKeyPoint, saveKeyPoint } from '../key-points/actions.ts';
import { readKeyPointView } from '../key-points/queries.ts';
import { readShiftView } from '../shifts/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { done, hoursAgo } from '../testing/late.ts';
import { refusal } from '../testing/refusal.ts';
import { place, seedCity, seedPerson } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { submit } from './actions.ts';

const test = testDatabase();

describe('a visit of a key point, told late', () => {
  const position = place(0, 0);
  async function withKeyPoint() {
    const city = await seedCity(test.sql);
    const keyPoint = await saveKeyPoint(test.db, city.people.administrator, {
      id: uuidv7(),
      name: '河沿桥洞',
      kind: 'underpass',
      position,
      radiusMeters: 40,
      fromHour: 20,
      toHour: 6,
      normalEveryMinutes: 240,
      coldEveryMinutes: 120,
      note: '',
    });
    const visitAt = (at: string) =>
      submit(
        test.db,
        city.people.patrol,
        done('keyPoint.visit', at, {
          visit: { id: uuidv7(), keyPointId: keyPoint.id, position, note: '' },
        }),
      );
    const lastVisit = async () =>
      (await readKeyPointView(test.sql, city.cityId, keyPoint.id))!.lastVisitAt;
    const ledger = async () => {
      const rows = await test.sql<{ visited_from: string }[]>`
        select visited_from from visit_ledger where city_id = ${city.cityId} order by seq`;
      return rows.map((row) => row.visited_from);
    };
    return { city, keyPoint, visitAt, lastVisit, ledger };
  }

  it('visit/late: is in the ledger for when it was, and the latest visit stays the last', async () => {
    const { visitAt, lastVisit, ledger } = await withKeyPoint();
    const [late, later] = [hoursAgo(3), hoursAgo(5)] as const;
    expect((await visitAt(late)).result).toBe('applied');
    expect((await visitAt(later)).result).toBe('applied');
    expect(await ledger()).toEqual([late, later]);
    expect(await lastVisit()).toBe(late);
  });

  it('visit/removed: counts, whether the key point was removed since or before', async () => {
    const { city, keyPoint, visitAt, ledger } = await withKeyPoint();
    await removeKeyPoint(test.db, city.people.administrator, keyPoint);
    const [before, after] = [hoursAgo(3), hoursAgo(0)] as const;
    expect((await visitAt(before)).result).toBe('applied');
    expect((await visitAt(after)).result).toBe('applied');
    expect(await ledger()).toEqual([before, after]);
  });
});

const shiftOf = (more: Partial<ShiftDraft> = {}): ShiftDraft => ({
  id: uuidv7(),
  areaId: null,
  vehicle: '京A·0001',
  members: [{ name: '李', agency: 'civil_affairs' }],
  checkInMinutes: 60,
  ...more,
});
const begin = (city: SeededCity, shift: ShiftDraft, at: string, who = city.people.patrol) =>
  submit(test.db, who, done('shift.start', at, { shift }));

describe('a shift told late', () => {
  it('start/late: runs from when it began; one that ran until then ends there', async () => {
    const city = await seedCity(test.sql);
    const [first, second] = [shiftOf(), shiftOf()];
    const [firstAt, secondAt] = [hoursAgo(6), hoursAgo(3)];
    expect((await begin(city, first, firstAt)).result).toBe('applied');
    expect((await begin(city, second, secondAt)).result).toBe('applied');
    const view = (id: string) => readShiftView(test.sql, city.cityId, id);
    expect(await view(first.id)).toMatchObject({ startedAt: firstAt, endedAt: secondAt });
    expect(await view(second.id)).toMatchObject({ startedAt: secondAt, endedAt: null });
  });

  it('start/replaced: one that somebody else had begun is a conflict, and none is lost', async () => {
    const city = await seedCity(test.sql);
    const colleague = await seedPerson(test.sql, city.cityId, {
      role: 'patrol',
      teamId: city.north.id,
      stationId: null,
    });
    const [theirs, own] = [shiftOf(), shiftOf()];
    await begin(city, theirs, hoursAgo(6), colleague);
    expect(await begin(city, own, hoursAgo(3))).toMatchObject({
      result: 'conflict',
      conflict: { kind: 'shift_replaced', action: 'shift.start', teamId: city.north.id },
    });
    for (const { id } of [theirs, own])
      expect(await readShiftView(test.sql, city.cityId, id)).not.toBeNull();
  });

  it('start/again: runs once, whatever action brings it', async () => {
    const city = await seedCity(test.sql);
    const shift = shiftOf();
    const at = hoursAgo(6);
    expect((await begin(city, shift, at)).result).toBe('applied');
    expect((await begin(city, shift, hoursAgo(2))).result).toBe('overtaken');
    expect((await readShiftView(test.sql, city.cityId, shift.id))!.startedAt).toBe(at);
  });

  it('end/late, end/again: ends when it ended, and not again later', async () => {
    const city = await seedCity(test.sql);
    const shift = shiftOf();
    await begin(city, shift, hoursAgo(6));
    const end = (at: string) =>
      submit(test.db, city.people.patrol, done('shift.end', at, { shiftId: shift.id }));
    const endedAt = hoursAgo(2);
    expect((await end(endedAt)).result).toBe('applied');
    expect((await end(hoursAgo(1))).result).toBe('overtaken');
    expect((await readShiftView(test.sql, city.cityId, shift.id))!.endedAt).toBe(endedAt);
  });

  it('checkIn/late, checkIn/older: the latest sign of life counts', async () => {
    const city = await seedCity(test.sql);
    const shift = shiftOf();
    await begin(city, shift, hoursAgo(6));
    const checkIn = (at: string) =>
      submit(test.db, city.people.patrol, done('shift.checkIn', at, { shiftId: shift.id }));
    const at = hoursAgo(2);
    expect((await checkIn(at)).result).toBe('applied');
    expect((await checkIn(hoursAgo(3))).result).toBe('overtaken');
    expect((await readShiftView(test.sql, city.cityId, shift.id))!.lastCheckInAt).toBe(at);
  });

  it('shift/not-yours: is the team’s own', async () => {
    const city = await seedCity(test.sql);
    const shift = shiftOf();
    await begin(city, shift, hoursAgo(6));
    const end = done('shift.end', hoursAgo(1), { shiftId: shift.id });
    expect((await refusal(submit(test.db, city.southPatrol, end))).code).toBe('shift_not_yours');
  });
});

describe('a track told late', () => {
  const pointsFrom = (at: string): TrackPoint[] =>
    Array.from({ length: 12 }, (_, index) => {
      const { lon, lat } = place(index * 7, 0);
      return [Date.parse(at) + index * 5_000, lon, lat, 8, 1.4, 90];
    });
  const countOf = async (cityId: string) => {
    const [row] = await test.sql<{ points: number; actions: number }[]>`
      select (select count(*)::int from track_points where city_id = ${cityId}) as points,
        (select count(*)::int from field_actions where city_id = ${cityId}) as actions`;
    return row;
  };

  it('track/late, track/again: keeps each moment once, however often it comes', async () => {
    const city = await seedCity(test.sql);
    const batch = done('track.points', hoursAgo(3), { points: pointsFrom(hoursAgo(3)) });
    const first = await submit(test.db, city.people.patrol, batch);
    expect(first.result).toBe('applied');
    expect(await submit(test.db, city.people.patrol, batch)).toEqual(first);
    const again = await submit(test.db, city.people.patrol, { ...batch, id: uuidv7() });
    expect(again.result).toBe('applied');
    expect(await countOf(city.cityId)).toEqual({ points: 12, actions: 2 });
  });
});

describe('a call for help told late', () => {
  it('sos/late: is an alarm at once, raised when it was raised', async () => {
    const city = await seedCity(test.sql);
    const at = hoursAgo(1);
    const sos = { id: uuidv7(), place: { position: place(10, 0), accuracyMeters: 9, at } };
    const action = done('sos.raise', at, { sos });
    const answer = await submit(test.db, city.people.patrol, action);
    expect(answer.result).toBe('applied');
    expect(await submit(test.db, city.people.patrol, action)).toEqual(answer);
    expect(await readOpenAlarmViews(test.sql, city.cityId)).toHaveLength(1);
    expect(await readAlarmView(test.sql, city.cityId, sos.id)).toMatchObject({
      kind: 'sos',
      teamId: city.north.id,
      raisedAt: at,
      receivedAt: answer.receivedAt,
    });
  });
});
