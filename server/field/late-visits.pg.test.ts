import { describe, expect, it } from 'vitest';
import { readClusterView, readLiveMemberIds, readTimeline } from '../clusters/queries.ts';
import {
  acceptDispatch,
  arriveAtScene,
  cancelDispatch,
  declineDispatch,
  setOff,
} from '../dispatch/actions.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import { readDispatchView } from '../dispatch/queries.ts';
import { testDatabase } from '../testing/database.ts';
import {
  done,
  hoursAgo,
  lateNight,
  offered,
  tellArrival,
  tellMet,
  tellStep,
} from '../testing/late.ts';
import { refusal } from '../testing/refusal.ts';
import { met, progressOf, reportAt, send } from '../testing/road.ts';
import { place } from '../testing/seed.ts';
import { readOpenConflictViews } from './queries.ts';
import { readDetails, settleConflict, submit } from './actions.ts';

const test = testDatabase();
const hourMs = 3_600_000;
const viewOf = async (cityId: string, id: string) =>
  (await readDispatchView(test.sql, cityId, id))!;

describe('a step told late', () => {
  it('step/on-time: counts for when it was taken, on the timeline too', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const { patrol } = city.people;
    const times = [hoursAgo(5), hoursAgo(4), hoursAgo(3), hoursAgo(2)] as const;
    await tellStep(test.db, patrol, 'accept', dispatch.id, times[0]);
    expect(await progressOf(test.db, city)).toEqual(['on_the_way']);
    await tellStep(test.db, patrol, 'setOff', dispatch.id, times[1]);
    await tellStep(test.db, patrol, 'arrive', dispatch.id, times[2]);
    await tellMet(test.db, patrol, met(dispatch, 'hospital', { metAt: hoursAgo(2.5) }));
    const answer = await tellStep(test.db, patrol, 'close', dispatch.id, times[3]);
    expect(answer).toMatchObject({ result: 'applied', conflict: null });
    expect(await viewOf(city.cityId, dispatch.id)).toMatchObject({
      state: 'closed',
      acceptedAt: times[0],
      enRouteAt: times[1],
      onSceneAt: times[2],
      endedAt: times[3],
    });
    const timeline = await readTimeline(test.sql, city.cityId, clusterId);
    const told = timeline.filter(({ details }) => 'heardAt' in details);
    expect(told.map(({ kind }) => kind)).toEqual([
      'accepted',
      'en_route',
      'on_scene',
      'encounter',
      'closed',
    ]);
    expect(told[0]!.at).toBe(times[0]);
  });

  it('step/clamped: never before the step before it', async () => {
    const { city, dispatch } = await lateNight(test.db);
    await tellStep(test.db, city.people.patrol, 'accept', dispatch.id, hoursAgo(20));
    const accepted = await viewOf(city.cityId, dispatch.id);
    expect(accepted.acceptedAt).toBe(dispatch.offeredAt);
    await acceptAndGo(city.cityId, dispatch.id);
    async function acceptAndGo(cityId: string, id: string) {
      const setOffAt = hoursAgo(2);
      await tellStep(test.db, city.people.patrol, 'setOff', id, setOffAt);
      await tellStep(test.db, city.people.patrol, 'arrive', id, hoursAgo(4));
      expect((await viewOf(cityId, id)).onSceneAt).toBe(setOffAt);
    }
  });

  it('step/missing: brings along those that were never told', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const at = hoursAgo(3);
    await tellStep(test.db, city.people.patrol, 'arrive', dispatch.id, at);
    expect(await viewOf(city.cityId, dispatch.id)).toMatchObject({
      state: 'on_scene',
      acceptedAt: at,
      enRouteAt: at,
      onSceneAt: at,
    });
    const timeline = await readTimeline(test.sql, city.cityId, clusterId);
    const kinds = timeline.map(({ kind }) => kind);
    for (const kind of ['accepted', 'en_route', 'on_scene'] as const) {
      expect(kinds.filter((one) => one === kind)).toHaveLength(1);
    }
  });

  it('step/overtaken: leaves what the desk or another device has said', async () => {
    const { city, dispatch } = await lateNight(test.db);
    await acceptDispatch(test.db, city.people.dispatcher, dispatch);
    const gone = await setOff(test.db, city.people.dispatcher, dispatch);
    for (const step of ['accept', 'setOff'] as const) {
      const answer = await tellStep(test.db, city.people.patrol, step, dispatch.id, hoursAgo(5));
      expect(answer).toMatchObject({ result: 'overtaken', conflict: null });
    }
    expect(await viewOf(city.cityId, dispatch.id)).toEqual(gone);
  });

  it('step/gone: a place given to another team is left to it, and both sides see who has it', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    await cancelDispatch(test.db, city.people.dispatcher, dispatch);
    const other = await send(test.db, city, clusterId, city.south);
    const before = await viewOf(city.cityId, dispatch.id);
    const at = hoursAgo(5);
    const answer = await tellStep(test.db, city.people.patrol, 'accept', dispatch.id, at);
    expect(answer).toMatchObject({
      result: 'conflict',
      conflict: {
        kind: 'dispatch_gone',
        action: 'dispatch.accept',
        teamId: city.north.id,
        otherTeamId: city.south.id,
        dispatchId: dispatch.id,
        clusterId,
        at,
        settledAt: null,
      },
    });
    expect(await viewOf(city.cityId, dispatch.id)).toEqual(before);
    expect(await viewOf(city.cityId, other.id)).toEqual(other);
    expect(await readOpenConflictViews(test.sql, city.cityId)).toEqual([answer.conflict]);
    const [event] = await test.sql<{ audience: string; payload: unknown }[]>`
      select audience, payload from events where city_id = ${city.cityId} and kind = 'conflict.changed'`;
    expect(event).toEqual({
      audience: 'staff',
      payload: { kind: 'conflict.changed', conflict: answer.conflict },
    });
  });

  it('step/gone-on: a whole visit to it is one conflict, until it is settled', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const { patrol, dispatcher } = city.people;
    await cancelDispatch(test.db, dispatcher, dispatch);
    const first = await tellStep(test.db, patrol, 'accept', dispatch.id, hoursAgo(5));
    const second = await tellStep(test.db, patrol, 'setOff', dispatch.id, hoursAgo(4));
    expect(second.conflict).toMatchObject({ id: first.conflict!.id, action: 'dispatch.setOff' });
    const { actions } = await readDetails(test.db, dispatcher, first.conflict!);
    expect(actions.map(({ action }) => action)).toEqual(['dispatch.accept', 'dispatch.setOff']);
    const settled = await settleConflict(test.db, dispatcher, first.conflict!);
    expect(settled.settledAt).not.toBeNull();
    expect(await settleConflict(test.db, city.people.administrator, settled)).toEqual(settled);
    expect(await readOpenConflictViews(test.sql, city.cityId)).toEqual([]);
    const third = await tellStep(test.db, patrol, 'arrive', dispatch.id, hoursAgo(3));
    expect(third.conflict!.id).not.toBe(first.conflict!.id);
  });

  it('step/not-yours: is for the dispatch’s own team', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const other = tellStep(test.db, city.southPatrol, 'accept', dispatch.id, hoursAgo(5));
    expect((await refusal(other)).code).toBe('dispatch_not_yours');
  });

  it('arrive/late: the place was attended then, or later by somebody else', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    await tellArrival(test.db, city.people.patrol, dispatch.id);
    const { onSceneAt } = await viewOf(city.cityId, dispatch.id);
    const cluster = await readClusterView(test.sql, city.cityId, clusterId);
    expect(cluster!.attendedAt).toBe(onSceneAt);
    const [cell] = await test.sql<{ last_visit_at: string }[]>`
      select last_visit_at from cold_cells where city_id = ${city.cityId} and last_visit_at is not null`;
    expect(cell!.last_visit_at).toBe(onSceneAt);
  });

  it('close/late: reports that came after the team stay live', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const { patrol } = city.people;
    await reportAt(test.db, city, place(5, 0));
    await tellArrival(test.db, patrol, dispatch.id);
    await tellMet(test.db, patrol, met(dispatch, 'hospital', { metAt: hoursAgo(2.5) }));
    await tellStep(test.db, patrol, 'close', dispatch.id, hoursAgo(2));
    expect(await readLiveMemberIds(test.sql, city.cityId, clusterId)).toHaveLength(1);
    expect((await readClusterView(test.sql, city.cityId, clusterId))!.open).toBe(true);
    expect((await progressOf(test.db, city)).toSorted()).toEqual(['on_the_way', 'reached']);
  });

  it('close/no-encounter: says nothing without one, and changes nothing', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const early = tellStep(test.db, city.people.patrol, 'close', dispatch.id, hoursAgo(2));
    expect((await refusal(early)).code).toBe('encounter_missing');
    expect((await viewOf(city.cityId, dispatch.id)).state).toBe('offered');
  });
});

describe('a team that declined, told late', () => {
  const decline = (dispatchId: string, reason = '车坏了') =>
    done('dispatch.decline', hoursAgo(5), { dispatchId, reason });

  it('decline/offered: its reason is kept, and the place is free', async () => {
    const { city, clusterId, dispatch } = await lateNight(test.db);
    const answer = await submit(test.db, city.people.patrol, decline(dispatch.id));
    expect(answer.result).toBe('applied');
    const declined = await viewOf(city.cityId, dispatch.id);
    expect(declined).toMatchObject({ state: 'declined', declineReason: '车坏了' });
    expect(Date.now() - Date.parse(declined.endedAt!)).toBeGreaterThan(4 * hourMs);
    await send(test.db, city, clusterId, city.south);
  });

  it('decline/gone-on: where the visit went on meanwhile, the reason is kept for the desk', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const { patrol, dispatcher } = city.people;
    await acceptDispatch(test.db, dispatcher, dispatch);
    await setOff(test.db, dispatcher, dispatch);
    const there = await arriveAtScene(test.db, dispatcher, dispatch);
    const { conflict } = await submit(test.db, patrol, decline(dispatch.id));
    expect(conflict).toMatchObject({ kind: 'dispatch_gone', action: 'dispatch.decline' });
    expect(await viewOf(city.cityId, dispatch.id)).toEqual(there);
    const { actions } = await readDetails(test.db, dispatcher, conflict!);
    expect(actions[0]!.held).toEqual({ to: 'declined', reason: '车坏了' });
    await recordEncounter(test.db, dispatcher, met(dispatch, 'police'));
  });

  it('decline/ended: has nothing to add where it was called off or declined', async () => {
    const { city, dispatch } = await lateNight(test.db);
    await cancelDispatch(test.db, city.people.dispatcher, dispatch);
    const called = await submit(test.db, city.people.patrol, decline(dispatch.id));
    expect(called.result).toBe('overtaken');
    const second = await offered(test.db, city, 6, place(2000, 0));
    await declineDispatch(test.db, city.people.dispatcher, { ...second.dispatch, reason: '忙' });
    const again = await submit(test.db, city.people.patrol, decline(second.dispatch.id));
    expect(again.result).toBe('overtaken');
    expect((await viewOf(city.cityId, second.dispatch.id)).declineReason).toBe('忙');
  });
});
