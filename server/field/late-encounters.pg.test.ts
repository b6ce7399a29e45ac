import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { readClusterView, readLiveMemberIds, readTimeline } from '../clusters/queries.ts';
import { cancelDispatch, closeDispatch } from '../dispatch/actions.ts';
import { readEncounters, recordEncounter } from '../dispatch/encounters.ts';
import { readDispatchView, readOpenRecheckViews, readRecheckView } from '../dispatch/queries.ts';
import { holdBeds } from '../stations/holds.ts';
import { readLiveHoldViews, readStationView } from '../stations/queries.ts';
import { checkIn } from '../stations/stays.ts';
import { holdDraft } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { apart, hoursAgo, lateNight, tellArrival, tellMet, tellStep } from '../testing/late.ts';
import { refusal } from '../testing/refusal.ts';
import { met, onScene, progressOf, reportAt, send } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';

const test = testDatabase();
const hourMs = 3_600_000;

describe('an encounter told late', () => {
  it('encounter/on-scene: counts for when the person was met', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const { patrol } = city.people;
    await tellArrival(test.db, patrol, dispatch.id);
    const metAt = hoursAgo(2.5);
    const items = [{ item: 'coat' as const, quantity: 2 }];
    const answer = await tellMet(test.db, patrol, met(dispatch, 'refused', { metAt, items }));
    expect(answer.result).toBe('applied');
    const [encounter] = await readEncounters(test.db, city.people.dispatcher, { clusterId });
    expect(encounter).toMatchObject({ metAt, receivedAt: answer.receivedAt, items });
    const [owed] = await readOpenRecheckViews(test.sql, city.cityId);
    expect(apart(owed!.dueAt, metAt)).toBe(4 * hourMs);
    const cluster = await readClusterView(test.sql, city.cityId, clusterId);
    expect(cluster!.attendedAt).toBe(metAt);
    const timeline = await readTimeline(test.sql, city.cityId, clusterId);
    expect(timeline.find(({ kind }) => kind === 'encounter')).toMatchObject({
      at: metAt,
      details: { heardAt: answer.receivedAt },
    });
  });

  it('encounter/missing: brings the way there along', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const metAt = hoursAgo(2);
    const answer = await tellMet(test.db, city.people.patrol, met(dispatch, 'police', { metAt }));
    expect(answer.result).toBe('applied');
    expect(await readDispatchView(test.sql, city.cityId, dispatch.id)).toMatchObject({
      state: 'on_scene',
      acceptedAt: metAt,
      onSceneAt: metAt,
    });
    await tellStep(test.db, city.people.patrol, 'close', dispatch.id, hoursAgo(1));
  });

  it('encounter/closed: the one that says somebody was met still settles the place', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const { patrol, dispatcher } = city.people;
    await tellArrival(test.db, patrol, dispatch.id);
    await recordEncounter(test.db, dispatcher, met(dispatch, 'not_found'));
    await closeDispatch(test.db, dispatcher, dispatch);
    expect(await readLiveMemberIds(test.sql, city.cityId, clusterId)).toHaveLength(1);
    const answer = await tellMet(
      test.db,
      patrol,
      met(dispatch, 'hospital', { metAt: hoursAgo(2) }),
    );
    expect(answer.result).toBe('applied');
    expect(await readLiveMemberIds(test.sql, city.cityId, clusterId)).toEqual([]);
    expect((await readClusterView(test.sql, city.cityId, clusterId))!.open).toBe(false);
  });

  it('encounter/gone: people were met, whoever has the place now', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const { patrol, dispatcher } = city.people;
    await tellStep(test.db, patrol, 'accept', dispatch.id, hoursAgo(5));
    await cancelDispatch(test.db, dispatcher, dispatch);
    const other = await send(test.db, city, clusterId, city.south);
    await tellStep(test.db, city.southPatrol, 'accept', other.id, hoursAgo(0));
    const nobody = met(dispatch, 'not_found', { metAt: hoursAgo(3) });
    expect((await tellMet(test.db, patrol, nobody)).result).toBe('conflict');
    expect(await progressOf(test.db, city)).toEqual(['on_the_way']);
    const metAt = hoursAgo(2);
    const items = [{ item: 'quilt' as const, quantity: 1 }];
    const answer = await tellMet(
      test.db,
      patrol,
      met(dispatch, 'aided_on_street', { metAt, items }),
    );
    expect(answer).toMatchObject({
      result: 'conflict',
      conflict: {
        kind: 'dispatch_gone',
        action: 'encounter.record',
        teamId: city.north.id,
        otherTeamId: city.south.id,
      },
    });
    const encounters = await readEncounters(test.db, dispatcher, { clusterId });
    expect(encounters.map(({ teamId, items: given }) => [teamId, given.length])).toEqual([
      [city.north.id, 0],
      [city.north.id, 1],
    ]);
    expect(await readOpenRecheckViews(test.sql, city.cityId)).toHaveLength(1);
    expect(await readLiveMemberIds(test.sql, city.cityId, clusterId)).toHaveLength(1);
    const states = await Promise.all(
      [dispatch, other].map(({ id }) => readDispatchView(test.sql, city.cityId, id)),
    );
    expect(states.map((one) => one!.state)).toEqual(['cancelled', 'accepted']);
  });

  it('encounter/known: is recorded once, whatever action brings it', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const encounter = met(dispatch, 'refused', { metAt: hoursAgo(2) });
    expect((await tellMet(test.db, city.people.patrol, encounter)).result).toBe('applied');
    expect((await tellMet(test.db, city.people.patrol, encounter)).result).toBe('overtaken');
    expect(await readEncounters(test.db, city.people.dispatcher, { clusterId })).toHaveLength(1);
    expect(await readOpenRecheckViews(test.sql, city.cityId)).toHaveLength(1);
  });

  it('encounter/merged: goes to the place that is left', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const { patrol, dispatcher } = city.people;
    await cancelDispatch(test.db, dispatcher, dispatch);
    const survivorId = await reportAt(test.db, city, place(3000, 0));
    await test.sql`
      update clusters set open = false, ended_at = now(), end_reason = 'merged', merged_into = ${survivorId}
      where city_id = ${city.cityId} and id = ${clusterId}`;
    const { conflict } = await tellMet(
      test.db,
      patrol,
      met(dispatch, 'police', { metAt: hoursAgo(2) }),
    );
    expect(conflict!.clusterId).toBe(survivorId);
    const [encounter] = await readEncounters(test.db, dispatcher, { clusterId: survivorId });
    expect(encounter!.outcome).toBe('police');
  });

  it('encounter/recheck, encounter/recheck-two: settles it as of the visit, once for all who were met', async () => {
    const { city, recheckId } = await owedVisit();
    const metAt = hoursAgo(1);
    const { patrol } = city.people;
    const visit = () => met(null, 'police', { recheckId, metAt });
    expect((await tellMet(test.db, patrol, visit())).result).toBe('applied');
    expect((await readRecheckView(test.sql, city.cityId, recheckId))!.doneAt).toBe(metAt);
    const second = await tellMet(test.db, patrol, { ...visit(), outcome: 'refused' });
    expect(second.result).toBe('applied');
    expect(await readOpenRecheckViews(test.sql, city.cityId)).toHaveLength(1);
  });

  it('encounter/recheck-settled: is recorded beside that of the team that came first', async () => {
    const { city, clusterId, recheckId } = await owedVisit();
    const first = met(null, 'police', { recheckId });
    await recordEncounter(test.db, city.southPatrol, first);
    const settled = await readRecheckView(test.sql, city.cityId, recheckId);
    const late = met(null, 'refused', { recheckId, metAt: hoursAgo(1) });
    expect(await tellMet(test.db, city.people.patrol, late)).toMatchObject({
      result: 'conflict',
      conflict: {
        kind: 'recheck_settled',
        recheckId,
        clusterId,
        teamId: city.north.id,
        otherTeamId: city.south.id,
      },
    });
    expect(await readRecheckView(test.sql, city.cityId, recheckId)).toEqual(settled);
    expect(await readOpenRecheckViews(test.sql, city.cityId)).toHaveLength(1);
    const encounters = await readEncounters(test.db, city.people.dispatcher, { clusterId });
    expect(encounters).toHaveLength(3);
  });

  it('encounter/station-full: who was brought in was brought in', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const { patrol } = city.people;
    const stationId = city.station.id;
    for (let bed = 0; bed <= city.station.bedsTotal; bed += 1) {
      const escorted = met(dispatch, 'escorted', { stationId, metAt: hoursAgo(2) });
      expect((await tellMet(test.db, patrol, escorted)).result).toBe('applied');
    }
    expect((await readStationView(test.sql, city.cityId, stationId))!.bedsFree).toBe(0);
    const expected = await readLiveHoldViews(test.sql, city.cityId);
    expect(expected).toHaveLength(city.station.bedsTotal + 1);
    expect(expected.filter(({ withinPlaces }) => !withinPlaces)).toHaveLength(1);
  });

  it('encounter/arrived: who is in the house already needs no second place', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const { patrol, dispatcher, station_manager: manager } = city.people;
    const stationId = city.station.id;
    const kept = await holdBeds(
      test.db,
      dispatcher,
      holdDraft(stationId, { dispatchId: dispatch.id }),
    );
    const stay = { id: uuidv7(), stationId, kind: 'general', how: 'escorted' } as const;
    await checkIn(test.db, manager, { ...stay, holdId: kept.id, label: '', note: '' });
    const { bedsFree } = (await readStationView(test.sql, city.cityId, stationId))!;
    const escorted = met(dispatch, 'escorted', { stationId, metAt: hoursAgo(2) });
    expect((await tellMet(test.db, patrol, escorted)).result).toBe('applied');
    expect(await readLiveHoldViews(test.sql, city.cityId)).toEqual([]);
    expect((await readStationView(test.sql, city.cityId, stationId))!.bedsFree).toBe(bedsFree);
  });

  it('encounter/too-old: after 48 hours it is refused, for somebody to look at', async () => {
    const { city, dispatch } = await lateNight(test.db, 60);
    const old = met(dispatch, 'police', { metAt: hoursAgo(49) });
    expect(await refusal(tellMet(test.db, city.people.patrol, old))).toMatchObject({
      code: 'seen_too_long_ago',
      details: { field: 'metAt', params: { hours: 48 } },
    });
  });

  it('encounter/ahead: a little counts as now, much is for somebody to set right', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const { patrol, dispatcher } = city.people;
    const ahead = (hours: number) => met(dispatch, 'police', { metAt: hoursAgo(-hours) });
    const { receivedAt } = await tellMet(test.db, patrol, ahead(4 / 60));
    const [encounter] = await readEncounters(test.db, dispatcher, { clusterId });
    expect(encounter!.metAt).toBe(receivedAt);
    const refused = await refusal(tellMet(test.db, patrol, ahead(0.2)));
    expect(refused).toMatchObject({ code: 'seen_in_future', details: { field: 'metAt' } });
  });

  async function owedVisit() {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    const dispatch = await onScene(test.db, city, clusterId);
    const refused = met(dispatch, 'refused');
    const { recheckId } = await recordEncounter(test.db, city.people.patrol, refused);
    await closeDispatch(test.db, city.people.patrol, dispatch);
    return { city, clusterId, recheckId: recheckId! };
  }
});
