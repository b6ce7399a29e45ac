import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlarmView } from '../../shared/crew/schema.ts';
import type { ClientToServer, FollowAnswer, ServerToClient } from '../../shared/realtime/events.ts';
import type { Session } from '../kernel/context.ts';
import { sessionCookie } from '../kernel/context.ts';
import { insertSession } from '../accounts/queries.ts';
import { hashToken, newToken } from '../accounts/tokens.ts';
import { changeCity } from '../realtime/change-city.ts';
import { checkIn, endShift, startShift } from '../shifts/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { place, seedCity, seedPerson } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { acknowledgeAlarm, endAlarm, raiseMissedCheckIns, raiseSos } from './actions.ts';
import { readOpenAlarmViews } from './queries.ts';

const test = testDatabase();

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const sos = (city: SeededCity, who: Session, change: { id?: string; east?: number } = {}) =>
  changeCity(test.db, city.cityId, (open) =>
    raiseSos(
      open,
      who,
      {
        id: change.id ?? uuidv7(),
        place:
          change.east === undefined
            ? null
            : { position: place(change.east, 0), accuracyMeters: 12, at: open.now },
      },
      hoursAgo(0),
    ),
  );
/** A shift that owes a check-in every hour, begun so many hours ago. */
async function onShift(city: SeededCity, hours: number): Promise<string> {
  const id = uuidv7();
  const draft = {
    id,
    areaId: null,
    vehicle: '',
    members: [{ name: '王', agency: 'police' as const }],
    checkInMinutes: 60,
  };
  const { patrol } = city.people;
  await changeCity(test.db, city.cityId, (change) =>
    startShift(change, patrol, draft, hoursAgo(hours)),
  );
  return id;
}
const sign = (city: SeededCity, shiftId: string, at: string) =>
  changeCity(test.db, city.cityId, (change) =>
    checkIn(change, city.people.patrol, { shiftId, at }),
  );
const open = (city: SeededCity): Promise<AlarmView[]> => readOpenAlarmViews(test.sql, city.cityId);
const watch = (city: SeededCity): Promise<number> => raiseMissedCheckIns(test.db, city.cityId);

describe('a call for help', () => {
  it('holds the newest place known of the team, and is the same one when it is sent again', async () => {
    const city = await seedCity(test.sql);
    const { patrol } = city.people;
    const shiftId = await onShift(city, 0.5);
    const own = await sos(city, patrol, { east: 700 });
    expect(own).toMatchObject({ kind: 'sos', teamId: city.north.id, shiftId, accuracyMeters: 12 });
    expect(own.lon).toBeCloseTo(place(700, 0).lon, 9);
    const known = await sos(city, patrol);
    expect(known.lat).toBeCloseTo(place(0, 500).lat, 9);
    expect(await sos(city, patrol, { id: own.id })).toEqual(own);
    expect(await open(city)).toHaveLength(2);
    const { code } = await refusal(sos(city, { ...patrol, teamId: null }));
    expect(code).toBe('not_allowed');
  });

  it('is acknowledged by the first who says so, and over when the desk says so', async () => {
    const city = await seedCity(test.sql);
    const { patrol, dispatcher, station_manager: manager } = city.people;
    const { id } = await sos(city, patrol);
    const seen = await acknowledgeAlarm(test.db, dispatcher, { id });
    expect(seen.acknowledgedByName).toBe(dispatcher.displayName);
    expect(await acknowledgeAlarm(test.db, manager, { id })).toEqual(seen);
    const over = await endAlarm(test.db, manager, { id, note: '已回车上' });
    expect(over.endedAt).not.toBeNull();
    expect(await endAlarm(test.db, dispatcher, { id, note: '' })).toEqual(over);
    expect(await open(city)).toEqual([]);
    const audit = await test.sql<{ action: string; user_id: string }[]>`
      select action, user_id from audit_entries where city_id = ${city.cityId} order by at, id`;
    expect(audit.map(({ action, user_id: by }) => [action, by])).toEqual([
      ['alarm.acknowledged', dispatcher.userId],
      ['alarm.ended', manager.userId],
    ]);
    const other = await seedCity(test.sql);
    const stranger = other.people.dispatcher;
    expect((await refusal(acknowledgeAlarm(test.db, stranger, { id }))).code).toBe('not_found');
    expect((await refusal(endAlarm(test.db, stranger, { id, note: '' }))).code).toBe('not_found');
  });
});

describe('a check-in that did not come', () => {
  it('is told once, with where the team was last, whoever else looks at the same time', async () => {
    const city = await seedCity(test.sql);
    const shiftId = await onShift(city, 1.5);
    const second = await test.db.another();
    const both = [watch(city), raiseMissedCheckIns(second, city.cityId), watch(city)];
    expect((await Promise.all(both)).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    const [alarm, ...more] = await open(city);
    expect(more).toEqual([]);
    expect(alarm).toMatchObject({ kind: 'missed_check_in', shiftId, teamId: city.north.id });
    expect(Date.parse(alarm!.raisedAt) / 60_000).toBeCloseTo(Date.now() / 60_000 - 30, 0);
    expect(alarm!.lat).toBeCloseTo(place(0, 500).lat, 9);
  });

  it('is none while it is not due, when none is asked for, and after the shift', async () => {
    const city = await seedCity(test.sql);
    const shiftId = await onShift(city, 0.9);
    expect(await watch(city)).toBe(0);
    await test.sql`update shifts set check_in_minutes = null, started_at = now() - interval '1 day',
      last_check_in_at = now() - interval '1 day' where city_id = ${city.cityId}`;
    expect(await watch(city)).toBe(0);
    await test.sql`update shifts set check_in_minutes = 60 where city_id = ${city.cityId}`;
    const ended = { shiftId, at: hoursAgo(0) };
    await changeCity(test.db, city.cityId, (c) => endShift(c, city.people.patrol, ended));
    expect(await watch(city)).toBe(0);
  });

  it('is over when a sign of life comes that is newer than the last, even one from before it was due', async () => {
    const city = await seedCity(test.sql);
    const shiftId = await onShift(city, 2);
    await watch(city);
    await sign(city, shiftId, hoursAgo(3));
    expect(await open(city)).toHaveLength(1);
    await sign(city, shiftId, hoursAgo(1.5));
    expect(await open(city)).toEqual([]);
    // That one lets the next fall due half an hour ago: it is owed in its turn.
    expect(await watch(city)).toBe(1);
    await sign(city, shiftId, hoursAgo(0));
    expect([await open(city), await watch(city)]).toEqual([[], 0]);
  });

  it('is over when the shift ends, and stays when somebody at the desk has taken it up', async () => {
    const city = await seedCity(test.sql);
    const shiftId = await onShift(city, 2);
    await watch(city);
    const [taken] = await open(city);
    await acknowledgeAlarm(test.db, city.people.dispatcher, { id: taken!.id });
    await sign(city, shiftId, hoursAgo(1.5));
    expect(await open(city)).toHaveLength(1);
    expect(await watch(city)).toBe(0);
    await endAlarm(test.db, city.people.dispatcher, { id: taken!.id, note: '电话联系上了' });
    // The desk has heard of them just now: the hour runs from there.
    expect(await watch(city)).toBe(0);
    await test.sql`update alarms set ended_at = ended_at - interval '61 minutes',
      acknowledged_at = acknowledged_at - interval '61 minutes' where city_id = ${city.cityId}`;
    expect(await watch(city)).toBe(1);
    // Newer than the last sign, but from before the desk heard of them: no news, and nothing is forgotten.
    await sign(city, shiftId, hoursAgo(1.25));
    expect([(await open(city)).length, await watch(city)]).toEqual([1, 0]);
    const ended = { shiftId, at: hoursAgo(0) };
    await changeCity(test.db, city.cityId, (c) => endShift(c, city.people.patrol, ended));
    expect(await open(city)).toEqual([]);
  });
});

describe('over the sockets', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(test.db);
  });
  afterAll(() => served.close());
  type Wire = Socket<ServerToClient, ClientToServer>;

  /** A signed-in screen that follows its city from now on. */
  async function screen(who: Session): Promise<Wire> {
    const token = newToken();
    const { cityId, userId } = who;
    const tokenHash = hashToken(token);
    await insertSession(test.sql, { tokenHash, cityId, userId, seconds: 3600 });
    const wire: Wire = io(served.baseUrl, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: `${sessionCookie}=${token}` },
    });
    const answer = await new Promise<FollowAnswer>((resolve) =>
      wire.emit('follow', { cityId, since: null, cells: null }, resolve),
    );
    expect(answer.kind).toBe('snapshot');
    return wire;
  }

  it('a call for help reaches every screen of the city’s staff and none of another city', async () => {
    const city = await seedCity(test.sql);
    const other = await seedCity(test.sql);
    const seat = { role: 'dispatcher' as const, teamId: null, stationId: null };
    const desk = [city.people.dispatcher, city.people.administrator, city.southPatrol];
    for (let more = 0; more < 3; more += 1)
      desk.push(await seedPerson(test.sql, city.cityId, seat));
    const away = [other.people.dispatcher, other.people.patrol, city.people.reporter];
    const heard = new Map<Wire, Map<string, number>>();
    const seatAt = async (who: Session): Promise<Wire> => {
      const wire = await screen(who);
      const arrivals = new Map<string, number>();
      heard.set(wire, arrivals);
      wire.on('events', ({ events }) => {
        for (const event of events)
          if (event.kind === 'alarm.changed') arrivals.set(event.alarm.id, performance.now());
      });
      return wire;
    };
    const near = await Promise.all(desk.map(seatAt));
    const far = await Promise.all(away.map(seatAt));
    const times: number[] = [];
    for (let call = 0; call < 200; call += 1) {
      const id = uuidv7();
      const raisedAt = performance.now();
      await sos(city, city.people.patrol, { id, east: call });
      const all = () => near.every((wire) => heard.get(wire)!.has(id));
      await expect.poll(all, { interval: 1, timeout: 10_000 }).toBe(true);
      times.push(Math.max(...near.map((wire) => heard.get(wire)!.get(id)! - raisedAt)));
    }
    for (const wire of far) expect(heard.get(wire)!.size).toBe(0);
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.ceil(times.length * share) - 1]!.toFixed(1);
    console.info(
      `call for help → last of ${near.length} screens: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
    );
    for (const wire of heard.keys()) wire.close();
  });
});
