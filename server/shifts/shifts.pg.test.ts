import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { LateOutcome } from '../../shared/field/late.ts';
import type { ShiftDraft } from '../../shared/shifts/schema.ts';
import type { Session } from '../kernel/context.ts';
import { planTeamDuty, setDuty } from '../patrols/actions.ts';
import { readTeamView } from '../patrols/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import {
  checkIn,
  checkInOverRadio,
  endOverRadio,
  endShift,
  readShift,
  startOverRadio,
  startShift,
} from './actions.ts';
import { findShiftAt, readShiftView, readTotals } from './queries.ts';

const test = testDatabase();

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const draft = (change: Partial<ShiftDraft> = {}): ShiftDraft => ({
  id: uuidv7(),
  areaId: null,
  vehicle: '京A·10001',
  members: [
    { name: '王', agency: 'civil_affairs' },
    { name: '李', agency: 'police' },
  ],
  checkInMinutes: 60,
  ...change,
});
const start = (city: SeededCity, who: Session, shift: ShiftDraft, at: string) =>
  changeCity(test.db, city.cityId, (change) => startShift(change, who, shift, at));
const end = (city: SeededCity, who: Session, shiftId: string, at: string) =>
  changeCity(test.db, city.cityId, (change) => endShift(change, who, { shiftId, at }));
const sign = (city: SeededCity, who: Session, shiftId: string, at: string) =>
  changeCity(test.db, city.cityId, (change) => checkIn(change, who, { shiftId, at }));
const spanOf = async ({ cityId }: SeededCity, id: string) => {
  const shift = await readShiftView(test.sql, cityId, id);
  return [shift!.startedAt, shift!.endedAt];
};
const onDuty = async ({ cityId, north }: SeededCity) =>
  (await readTeamView(test.sql, cityId, north.id))!.onDuty;
const applied: LateOutcome = { result: 'applied' };
const overtaken: LateOutcome = { result: 'overtaken' };

describe('a shift', () => {
  it('puts its team on duty when it begins and off when it ends, for the times it happened', async () => {
    const city = await seedCity(test.sql);
    const { patrol, auditor } = city.people;
    await test.sql`update teams set on_duty = false where city_id = ${city.cityId}`;
    const shift = draft();
    const began = hoursAgo(3);
    expect(await start(city, patrol, shift, began)).toEqual(applied);
    expect(await start(city, patrol, shift, hoursAgo(1))).toEqual(overtaken);
    expect(await onDuty(city)).toBe(true);
    const { shift: view, members } = await readShift(test.db, auditor, { shiftId: shift.id });
    expect(members).toEqual(shift.members);
    expect(view).toMatchObject({
      teamId: city.north.id,
      memberCount: 2,
      agencies: ['civil_affairs', 'police'],
      startedAt: began,
      endedAt: null,
      lastCheckInAt: began,
      checkInDueAt: hoursLater(began, 1),
    });
    expect(await findShiftAt(test.sql, city.cityId, city.north.id, hoursAgo(2))).toBe(shift.id);
    expect(await findShiftAt(test.sql, city.cityId, city.north.id, hoursAgo(4))).toBeNull();
    const ended = hoursAgo(1);
    expect(await end(city, patrol, shift.id, ended)).toEqual(applied);
    expect(await end(city, patrol, shift.id, hoursAgo(0.5))).toEqual(overtaken);
    expect(await spanOf(city, shift.id)).toEqual([began, ended]);
    expect(await onDuty(city)).toBe(false);
    const kinds = await test.sql<{ kind: string }[]>`
      select kind from events where city_id = ${city.cityId} order by seq`;
    const change = ['shift.changed', 'team.changed'];
    expect(kinds.map(({ kind }) => kind)).toEqual([...change, ...change]);
    expect(JSON.stringify(await test.sql`select payload from events`)).not.toContain('王');
  });

  it('says when its crew means to be back, and only the one that runs does', async () => {
    const city = await seedCity(test.sql);
    const { patrol } = city.people;
    const endsAt = async () =>
      (await readTeamView(test.sql, city.cityId, city.north.id))!.shiftEndsAt;
    const plannedEndAt = hoursAgo(-5);
    const shift = draft({ plannedEndAt });
    await start(city, patrol, shift, hoursAgo(1));
    expect(await endsAt()).toBe(plannedEndAt);
    await start(city, patrol, draft({ plannedEndAt: hoursAgo(3) }), hoursAgo(8));
    expect(await endsAt()).toBe(plannedEndAt);
    await start(city, patrol, draft(), hoursAgo(0.5));
    expect(await endsAt()).toBeNull();
    await start(city, patrol, draft({ plannedEndAt }), hoursAgo(0.25));
    const running = await findShiftAt(test.sql, city.cityId, city.north.id, hoursAgo(0.1));
    await end(city, patrol, running!, hoursAgo(0));
    expect(await endsAt()).toBeNull();
  });

  it('told of late leaves what the desk has said of its end and its break since', async () => {
    const city = await seedCity(test.sql);
    const { patrol, dispatcher } = city.people;
    const teamId = city.north.id;
    const team = async () => (await readTeamView(test.sql, city.cityId, teamId))!;
    const said = { shiftEndsAt: hoursAgo(-5), breakFromAt: hoursAgo(-2), breakMinutes: 30 };
    await planTeamDuty(test.db, dispatcher, { teamId, ...said });
    await start(city, patrol, draft(), hoursAgo(1));
    expect(await team()).toMatchObject(said);
    // what was said of yesterday's duty is no word about tonight's
    await setDuty(test.db, dispatcher, { teamId, onDuty: false });
    await test.sql`delete from shift_members where city_id = ${city.cityId}`;
    await test.sql`delete from shifts where city_id = ${city.cityId}`;
    await setDuty(test.db, dispatcher, { teamId, onDuty: true });
    const old = { shiftEndsAt: hoursAgo(12), breakFromAt: hoursAgo(14), breakMinutes: 30 };
    await planTeamDuty(test.db, dispatcher, { teamId, ...old });
    await start(city, patrol, draft(), hoursAgo(1));
    expect(await team()).toMatchObject({ shiftEndsAt: null, breakFromAt: null, breakMinutes: 0 });
  });

  it('is of the team that began it, for the patrols; the desk runs any over the radio', async () => {
    const city = await seedCity(test.sql);
    const { patrol, dispatcher } = city.people;
    const shift = draft();
    await start(city, patrol, shift, hoursAgo(1));
    const { southPatrol } = city;
    const asked = { shiftId: shift.id };
    for (const work of [
      () => end(city, southPatrol, shift.id, hoursAgo(0)),
      () => sign(city, southPatrol, shift.id, hoursAgo(0)),
      () => readShift(test.db, southPatrol, asked),
      () => start(city, southPatrol, shift, hoursAgo(0)),
    ])
      expect((await refusal(work())).code).toBe('shift_not_yours');
    const heard = await checkInOverRadio(test.db, dispatcher, asked);
    expect(heard.lastCheckInAt > heard.startedAt).toBe(true);
    const radio = { ...draft(), teamId: city.south.id };
    expect(await startOverRadio(test.db, dispatcher, radio)).toMatchObject({
      teamId: city.south.id,
    });
    expect((await endOverRadio(test.db, dispatcher, asked)).endedAt).not.toBeNull();
    const nobody = { ...patrol, teamId: null };
    expect((await refusal(start(city, nobody, draft(), hoursAgo(0)))).code).toBe('not_allowed');
    const nowhere = draft({ areaId: uuidv7() });
    expect((await refusal(start(city, patrol, nowhere, hoursAgo(0)))).details.field).toBe('areaId');
  });
});

describe('shifts of one team', () => {
  it('follow each other: the older ends where the newer begins, in whatever order they are heard of', async () => {
    for (const lateFirst of [false, true]) {
      const city = await seedCity(test.sql);
      const { patrol } = city.people;
      const [older, newer] = [draft(), draft()];
      const [eight, ten] = [hoursAgo(8), hoursAgo(6)];
      const steps = [
        () => start(city, patrol, older, eight),
        () => start(city, patrol, newer, ten),
      ];
      if (lateFirst) steps.reverse();
      for (const step of steps) expect(await step()).toEqual(applied);
      expect(await spanOf(city, older.id)).toEqual([eight, ten]);
      expect(await spanOf(city, newer.id)).toEqual([ten, null]);
      expect(await onDuty(city)).toBe(true);
    }
  });

  it('begun by two people are a conflict that says so', async () => {
    const city = await seedCity(test.sql);
    const { patrol, dispatcher } = city.people;
    const byDesk = { ...dispatcher, teamId: city.north.id };
    const [first, second, between] = [draft(), draft(), draft()];
    await start(city, byDesk, first, hoursAgo(8));
    const replaced = (otherShiftId: string, shiftId: string) => ({
      result: 'conflict',
      conflict: {
        kind: 'shift_replaced',
        otherTeamId: city.north.id,
        details: { shiftId, otherShiftId },
      },
    });
    expect(await start(city, patrol, second, hoursAgo(4))).toEqual(replaced(first.id, second.id));
    expect(await start(city, byDesk, between, hoursAgo(6))).toEqual(
      replaced(second.id, between.id),
    );
    expect((await spanOf(city, between.id))[1]).toBe((await spanOf(city, second.id))[0]);
    expect((await spanOf(city, first.id))[1]).toBe((await spanOf(city, between.id))[0]);
  });

  it('end neither before they began nor after the next one did; the earlier of two ends counts', async () => {
    const city = await seedCity(test.sql);
    const { patrol } = city.people;
    const [older, newer] = [draft(), draft()];
    const [began, next] = [hoursAgo(8), hoursAgo(4)];
    await start(city, patrol, older, began);
    await start(city, patrol, newer, next);
    expect(await end(city, patrol, older.id, hoursAgo(2))).toEqual(overtaken);
    expect(await onDuty(city)).toBe(true);
    const earlier = hoursAgo(5);
    expect(await end(city, patrol, older.id, earlier)).toEqual(applied);
    expect(await spanOf(city, older.id)).toEqual([began, earlier]);
    expect(await end(city, patrol, newer.id, hoursAgo(9))).toEqual(applied);
    expect(await spanOf(city, newer.id)).toEqual([next, next]);
    expect(await onDuty(city)).toBe(false);
  });

  it('take a sign of life only when it is later than the last', async () => {
    const city = await seedCity(test.sql);
    const { patrol } = city.people;
    const shift = draft();
    await start(city, patrol, shift, hoursAgo(3));
    const two = hoursAgo(2);
    expect(await sign(city, patrol, shift.id, two)).toEqual(applied);
    expect(await sign(city, patrol, shift.id, hoursAgo(2.5))).toEqual(overtaken);
    expect((await readShiftView(test.sql, city.cityId, shift.id))!.lastCheckInAt).toBe(two);
    await end(city, patrol, shift.id, hoursAgo(1));
    expect(await sign(city, patrol, shift.id, hoursAgo(0))).toEqual(overtaken);
  });
});

describe('the totals of a period', () => {
  it('count each member and each vehicle of the shifts that began in it', async () => {
    const city = await seedCity(test.sql);
    const { patrol } = city.people;
    const alone = { vehicle: '', members: [{ name: '赵', agency: 'volunteer' as const }] };
    const joint = draft();
    await start(city, patrol, draft(), hoursAgo(30));
    await start(city, patrol, joint, hoursAgo(8));
    await end(city, patrol, joint.id, hoursAgo(6));
    await start(city, city.southPatrol, draft(alone), hoursAgo(1));
    const period = { from: hoursAgo(12), to: hoursAgo(-1) };
    expect(await readTotals(test.sql, city.cityId, period)).toEqual({
      shifts: 2,
      jointShifts: 1,
      personTimes: 3,
      vehicleTrips: 1,
      minutes: 180,
    });
    const empty = { from: hoursAgo(99), to: hoursAgo(98) };
    expect((await readTotals(test.sql, city.cityId, empty)).minutes).toBe(0);
  });
});

function hoursLater(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString();
}
