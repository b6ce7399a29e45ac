import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { DispatchView, EncounterDraft, Outcome } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { readClusterView, readLiveMemberIds, readTimeline } from '../clusters/queries.ts';
import { setDuty } from '../patrols/actions.ts';
import { report } from '../sightings/intake.ts';
import { readOwnReports } from '../sightings/queries.ts';
import { readStationView } from '../stations/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { declareNight } from '../weather/actions.ts';
import {
  acceptDispatch,
  arriveAtScene,
  cancelDispatch,
  closeDispatch,
  declineDispatch,
  listCandidates,
  sendTeam,
  setOff,
} from './actions.ts';
import { readEncounters, recordEncounter } from './encounters.ts';
import { readActiveDispatchViews, readOpenRecheckViews, readRecheckView } from './queries.ts';

const test = testDatabase();

/** Somebody reports a person; answers the cluster it became. */
async function reportAt(city: SeededCity, position: Position = place(0, 0)): Promise<string> {
  const id = uuidv7();
  const origin = {
    kind: 'courier',
    userId: city.people.reporter.userId,
    deviceId: null,
    trackingCode: null,
  } as const;
  await report(
    test.db,
    city.cityId,
    {
      id,
      position,
      system: 'wgs84',
      accuracyMeters: 10,
      positionSource: 'gps',
      addressText: '',
      seenAt: new Date().toISOString(),
      headcount: 1,
      flags: [],
      needs: [],
      note: '',
      contactPhone: '',
    },
    origin,
  );
  const [row] = await test.sql<{ cluster_id: string }[]>`
    select cluster_id from sightings where city_id = ${city.cityId} and id = ${id}`;
  return row!.cluster_id;
}

const send = (city: SeededCity, clusterId: string, team = city.north): Promise<DispatchView> =>
  sendTeam(test.db, city.people.dispatcher, { id: uuidv7(), clusterId, teamId: team.id, note: '' });

/** Sends the northern team and lets it arrive. */
async function onScene(city: SeededCity, clusterId: string): Promise<DispatchView> {
  const { id } = await send(city, clusterId);
  await acceptDispatch(test.db, city.people.patrol, { id });
  await setOff(test.db, city.people.patrol, { id });
  return arriveAtScene(test.db, city.people.patrol, { id });
}

const met = (
  dispatch: { id: string } | null,
  outcome: Outcome,
  change: Partial<EncounterDraft> = {},
): EncounterDraft => ({
  id: uuidv7(),
  dispatchId: dispatch?.id ?? null,
  recheckId: null,
  outcome,
  position: place(0, 0),
  flags: [],
  items: [],
  stationId: null,
  note: '',
  metAt: new Date().toISOString(),
  ...change,
});

const eventKinds = async (city: SeededCity): Promise<Set<string>> => {
  const rows = await test.sql<{ kind: string }[]>`
    select distinct kind from events where city_id = ${city.cityId}`;
  return new Set(rows.map(({ kind }) => kind));
};
const progressOf = async (city: SeededCity): Promise<string[]> => {
  const own = await readOwnReports(test.sql, city.cityId, { userId: city.people.reporter.userId });
  return own.map(({ progress }) => progress);
};

describe('the road of a dispatch', () => {
  it('goes from offered to closed, each step on the timeline, and ends the place', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    const dispatch = await onScene(city, clusterId);
    expect(dispatch.state).toBe('on_scene');
    const { recheckId } = await recordEncounter(
      test.db,
      city.people.patrol,
      met(dispatch, 'hospital', { items: [{ item: 'coat', quantity: 1 }] }),
    );
    expect(recheckId).toBeNull();
    const closed = await closeDispatch(test.db, city.people.patrol, { id: dispatch.id });
    expect(closed.state).toBe('closed');
    expect(closed.target.lat).toBeCloseTo(place(0, 0).lat, 9);
    expect(closed.endedAt).not.toBeNull();
    const timeline = await readTimeline(test.sql, city.cityId, clusterId);
    const kinds = timeline.map(({ kind }) => kind);
    expect(kinds.filter((kind) => !['opened', 'grew', 'emptied'].includes(kind))).toEqual([
      'offered',
      'accepted',
      'en_route',
      'on_scene',
      'encounter',
      'closed',
    ]);
    const cluster = await readClusterView(test.sql, city.cityId, clusterId);
    expect(cluster).toMatchObject({ open: false, endReason: 'emptied' });
    expect(cluster!.attendedAt).not.toBeNull();
    expect(await progressOf(city)).toEqual(['reached']);
    const kindsSent = await eventKinds(city);
    for (const kind of [
      'dispatch.changed',
      'cluster.changed',
      'cell.changed',
      'report.progressed',
    ]) {
      expect(kindsSent).toContain(kind);
    }
  });

  it('tells reporters on the way, and takes it back when the team is called off', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    const { id } = await send(city, clusterId);
    expect(await progressOf(city)).toEqual(['received']);
    await acceptDispatch(test.db, city.people.patrol, { id });
    expect(await progressOf(city)).toEqual(['on_the_way']);
    await setOff(test.db, city.people.patrol, { id });
    await cancelDispatch(test.db, city.people.dispatcher, { id });
    expect(await progressOf(city)).toEqual(['received']);
    expect((await send(city, clusterId)).state).toBe('offered');
  });

  it('keeps the reason of a team that declines, and the place is free again', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    const { id } = await send(city, clusterId);
    const declined = await declineDispatch(test.db, city.people.patrol, { id, reason: '车坏了' });
    expect(declined).toMatchObject({ state: 'declined', declineReason: '车坏了' });
    await send(city, clusterId, city.south);
  });

  it('answers a step taken twice the same, and refuses one that is no edge', async () => {
    const city = await seedCity(test.sql);
    const draft = {
      id: uuidv7(),
      clusterId: await reportAt(city),
      teamId: city.north.id,
      note: '小心',
    };
    const offered = await sendTeam(test.db, city.people.dispatcher, draft);
    expect(await sendTeam(test.db, city.people.dispatcher, draft)).toEqual(offered);
    const accepted = await acceptDispatch(test.db, city.people.patrol, draft);
    expect(await acceptDispatch(test.db, city.people.patrol, draft)).toEqual(accepted);
    const skipped = await refusal(closeDispatch(test.db, city.people.patrol, draft));
    expect([skipped.code, skipped.details.params]).toEqual([
      'dispatch_edge',
      { from: 'accepted', to: 'closed' },
    ]);
    const timeline = await readTimeline(test.sql, city.cityId, draft.clusterId);
    expect(timeline.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
  });

  it('holds its edges in the database, whoever writes', async () => {
    const city = await seedCity(test.sql);
    const { id } = await send(city, await reportAt(city));
    const jump = test.sql`update dispatches set state = 'on_scene' where id = ${id}`;
    await expect(jump).rejects.toMatchObject({ constraint_name: 'dispatch_edge' });
  });

  it('is walked by its own team or the desk, not by another team', async () => {
    const city = await seedCity(test.sql);
    const { id } = await send(city, await reportAt(city));
    const refused = await refusal(acceptDispatch(test.db, city.southPatrol, { id }));
    expect(refused.code).toBe('dispatch_not_yours');
    await acceptDispatch(test.db, city.people.station_manager, { id });
  });

  it('is not closed before a single encounter was recorded', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(city, await reportAt(city));
    const refused = await refusal(closeDispatch(test.db, city.people.patrol, dispatch));
    expect(refused.code).toBe('encounter_missing');
  });
});

describe('sending a team', () => {
  it('lets one of two desks in the same second win, and tells the other who has it', async () => {
    const city = await seedCity(test.sql);
    const elsewhere = await test.db.another();
    for (let round = 0; round < 5; round += 1) {
      const clusterId = await reportAt(city, place(0, 1000 * (round + 1)));
      const outcomes = await Promise.allSettled([
        sendTeam(test.db, city.people.dispatcher, {
          id: uuidv7(),
          clusterId,
          teamId: city.north.id,
          note: '',
        }),
        sendTeam(elsewhere, city.people.station_manager, {
          id: uuidv7(),
          clusterId,
          teamId: city.south.id,
          note: '',
        }),
      ]);
      const [won] = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      const [lost] = outcomes.filter((outcome) => outcome.status === 'rejected');
      const winner = won!.value.teamId === city.north.id ? city.north : city.south;
      expect(lost!.reason).toMatchObject({
        code: 'cluster_taken',
        details: { params: { teamName: winner.name } },
      });
      await cancelDispatch(test.db, city.people.dispatcher, won!.value);
    }
  });

  it('gives one team to one of two places in the same second', async () => {
    const city = await seedCity(test.sql);
    const elsewhere = await test.db.another();
    const places = [await reportAt(city), await reportAt(city, place(3000, 0))];
    const outcomes = await Promise.allSettled(
      places.map((clusterId, index) =>
        sendTeam(index === 0 ? test.db : elsewhere, city.people.dispatcher, {
          id: uuidv7(),
          clusterId,
          teamId: city.north.id,
          note: '',
        }),
      ),
    );
    const codes = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? 'sent' : outcome.reason.code,
    );
    expect(codes.sort()).toEqual(['sent', 'team_busy']);
  });

  it('refuses a team off duty and a place that ended', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    await setDuty(test.db, city.people.patrol, { teamId: city.north.id, onDuty: false });
    const offDuty = await refusal(send(city, clusterId));
    expect(offDuty.code).toBe('team_off_duty');
    const dispatch = await sendTeam(test.db, city.people.dispatcher, {
      id: uuidv7(),
      clusterId,
      teamId: city.south.id,
      note: '',
    });
    for (const step of [acceptDispatch, setOff, arriveAtScene]) {
      await step(test.db, city.southPatrol, dispatch);
    }
    await recordEncounter(test.db, city.southPatrol, met(dispatch, 'police'));
    await closeDispatch(test.db, city.southPatrol, dispatch);
    expect((await refusal(send(city, clusterId, city.south))).code).toBe('cluster_ended');
  });

  it('offers the teams by distance, with what is known of them', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    await send(city, await reportAt(city, place(5000, 0)), city.south);
    const candidates = await listCandidates(test.db, city.people.dispatcher, { clusterId });
    expect(candidates.map(({ teamId }) => teamId)).toEqual([city.north.id, city.south.id]);
    const [nearest, other] = candidates;
    expect(nearest!.distanceMeters).toBeGreaterThan(490);
    expect(nearest!.distanceMeters).toBeLessThan(510);
    expect(nearest!.positionAgeSeconds).toBeGreaterThanOrEqual(59);
    expect([nearest!.busy, other!.busy, other!.onDuty]).toEqual([false, true, true]);
  });

  it('shows active dispatches and those of the last two hours', async () => {
    const city = await seedCity(test.sql);
    const first = await send(city, await reportAt(city));
    await cancelDispatch(test.db, city.people.dispatcher, first);
    const second = await send(city, await reportAt(city, place(4000, 0)));
    const ids = async () =>
      (await readActiveDispatchViews(test.sql, city.cityId)).map(({ id }) => id);
    expect(await ids()).toEqual([first.id, second.id]);
    await test.sql`
      update dispatches set ended_at = now() - interval '3 hours' where city_id = ${city.cityId} and id = ${first.id}`;
    expect(await ids()).toEqual([second.id]);
  });
});

describe('an encounter', () => {
  it('of somebody who refuses owes a recheck, sooner at red and for the vulnerable', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(city, await reportAt(city));
    const metAt = new Date(Date.now() - 60_000).toISOString();
    const dueHours = async (flags: EncounterDraft['flags']) => {
      const draft = met(dispatch, 'refused', { flags, metAt });
      const { recheckId } = await recordEncounter(test.db, city.people.patrol, draft);
      const recheck = (await readRecheckView(test.sql, city.cityId, recheckId!))!;
      return (Date.parse(recheck.dueAt) - Date.parse(metAt)) / 3_600_000;
    };
    expect(await dueHours([])).toBe(4);
    expect(await dueHours(['elderly'])).toBe(2);
    const night = { level: 'red', temperatureCelsius: -25, windKmh: 30, note: '' } as const;
    await declareNight(test.db, city.people.dispatcher, night);
    expect(await dueHours([])).toBe(1);
    expect(await dueHours(['alone'])).toBe(0.5);
    const owed = await readOpenRecheckViews(test.sql, city.cityId);
    expect(owed).toHaveLength(4);
    expect(owed.map(({ dueAt }) => dueAt)).toEqual(owed.map(({ dueAt }) => dueAt).toSorted());
    expect(await eventKinds(city)).toContain('recheck.changed');
  });

  it('that is sent again changes nothing and answers the same', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(city, await reportAt(city));
    const draft = met(dispatch, 'escorted', { stationId: city.station.id });
    const first = await recordEncounter(test.db, city.people.patrol, draft);
    expect(await recordEncounter(test.db, city.people.patrol, draft)).toEqual(first);
    const station = await readStationView(test.sql, city.cityId, city.station.id);
    expect(station!.bedsFree).toBe(city.station.bedsTotal - 1);
    const aided = met(dispatch, 'aided_on_street');
    const owed = await recordEncounter(test.db, city.people.patrol, aided);
    expect(await recordEncounter(test.db, city.people.patrol, aided)).toEqual(owed);
    expect(await readOpenRecheckViews(test.sql, city.cityId)).toHaveLength(1);
  });

  it('escorts to a station that has a bed, and to no other', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(city, await reportAt(city));
    const escort = (stationId: string | null) =>
      recordEncounter(test.db, city.people.patrol, met(dispatch, 'escorted', { stationId }));
    expect((await refusal(escort(null))).details.field).toBe('stationId');
    expect((await refusal(escort(uuidv7()))).code).toBe('not_found');
    for (let bed = 0; bed < city.station.bedsTotal; bed += 1) await escort(city.station.id);
    const full = await refusal(escort(city.station.id));
    expect([full.code, full.details.params]).toEqual([
      'beds_out_of_range',
      { stationName: city.station.name, bedsTotal: 2, bedsFree: 0 },
    ]);
  });

  it('with nobody found keeps the place live, counts once per visit, and says so to the reporters', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    const dispatch = await onScene(city, clusterId);
    await recordEncounter(test.db, city.people.patrol, met(dispatch, 'not_found'));
    await recordEncounter(test.db, city.people.patrol, met(dispatch, 'not_found'));
    await closeDispatch(test.db, city.people.patrol, dispatch);
    const cluster = await readClusterView(test.sql, city.cityId, clusterId);
    expect(cluster).toMatchObject({ open: true, notFoundCount: 1 });
    expect(await readLiveMemberIds(test.sql, city.cityId, clusterId)).toHaveLength(1);
    expect(await progressOf(city)).toEqual(['not_found']);
  });

  it('leaves live what was reported after the team arrived', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    const dispatch = await onScene(city, clusterId);
    await reportAt(city, place(5, 0));
    await recordEncounter(test.db, city.people.patrol, met(dispatch, 'hospital'));
    await closeDispatch(test.db, city.people.patrol, dispatch);
    expect(await readLiveMemberIds(test.sql, city.cityId, clusterId)).toHaveLength(1);
    expect((await readClusterView(test.sql, city.cityId, clusterId))!.open).toBe(true);
  });

  it('on a recheck settles it once, and owes the next to whoever refuses again', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(city, await reportAt(city));
    const first = await recordEncounter(
      test.db,
      city.people.patrol,
      met(dispatch, 'refused', { flags: ['elderly', 'drunk'] }),
    );
    await closeDispatch(test.db, city.people.patrol, dispatch);
    const visit = met(null, 'refused', { recheckId: first.recheckId });
    const second = await recordEncounter(test.db, city.southPatrol, visit);
    const settled = await readRecheckView(test.sql, city.cityId, first.recheckId!);
    expect(settled!.doneAt).not.toBeNull();
    const next = await readRecheckView(test.sql, city.cityId, second.recheckId!);
    expect(next).toMatchObject({ doneAt: null, flags: ['elderly'] });
    const late = met(null, 'police', { recheckId: first.recheckId });
    await recordEncounter(test.db, city.people.patrol, late);
    const still = await readRecheckView(test.sql, city.cityId, first.recheckId!);
    expect(still!.doneAt).toBe(settled!.doneAt);
  });

  it('keeps when it was met, also when it arrives after the closing, but not days late or ahead', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    const dispatch = await onScene(city, clusterId);
    await recordEncounter(test.db, city.people.patrol, met(dispatch, 'police'));
    await closeDispatch(test.db, city.people.patrol, dispatch);
    const metAt = new Date(Date.now() - 3_600_000).toISOString();
    await recordEncounter(
      test.db,
      city.people.patrol,
      met(dispatch, 'hospital', { metAt, note: '无网络' }),
    );
    const encounters = await readEncounters(test.db, city.people.dispatcher, { clusterId });
    expect(encounters.map(({ outcome, metAt: at }) => [outcome, at])[0]).toEqual([
      'hospital',
      metAt,
    ]);
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const ahead = met(dispatch, 'police', { metAt: at(1) });
    const days = met(dispatch, 'police', { metAt: at(-49) });
    expect((await refusal(recordEncounter(test.db, city.people.patrol, ahead))).code).toBe(
      'seen_in_future',
    );
    expect((await refusal(recordEncounter(test.db, city.people.patrol, days))).code).toBe(
      'seen_too_long_ago',
    );
  });

  it('belongs to a dispatch or a recheck, of the own team, and hands over what can be handed over', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await send(city, await reportAt(city));
    const attempt = (draft: EncounterDraft, who = city.people.patrol) =>
      refusal(recordEncounter(test.db, who, draft));
    expect((await attempt(met(dispatch, 'police'))).code).toBe('dispatch_edge');
    expect((await attempt(met(null, 'police'))).details.field).toBe('dispatchId');
    const shelter = met(dispatch, 'police', { items: [{ item: 'shelter', quantity: 1 }] });
    expect((await attempt(shelter)).details.field).toBe('items');
    expect((await attempt(met(dispatch, 'police'), city.southPatrol)).code).toBe(
      'dispatch_not_yours',
    );
  });

  it('is read with its items, and that it was read is kept', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(city);
    const dispatch = await onScene(city, clusterId);
    const items = [
      { item: 'coat', quantity: 1 },
      { item: 'coat', quantity: 2 },
      { item: 'food', quantity: 1 },
    ] as const;
    await recordEncounter(
      test.db,
      city.people.patrol,
      met(dispatch, 'aided_on_street', { items: [...items], flags: ['alone'] }),
    );
    const [encounter] = await readEncounters(test.db, city.people.auditor, { clusterId });
    expect(encounter).toMatchObject({
      teamId: city.north.id,
      recordedBy: city.people.patrol.displayName,
      flags: ['alone'],
      items: [
        { item: 'coat', quantity: 3 },
        { item: 'food', quantity: 1 },
      ],
    });
    const audited = await test.sql`
      select 1 from audit_entries where city_id = ${city.cityId} and action = 'encounters.read' and subject = ${clusterId}`;
    expect(audited).toHaveLength(1);
  });
});
