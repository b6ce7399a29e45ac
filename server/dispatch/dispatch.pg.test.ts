import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { readClusterView, readTimeline } from '../clusters/queries.ts';
import { saveTeam, setDuty } from '../patrols/actions.ts';
import { withdrawSighting } from '../sightings/actions.ts';
import { readOwnReports } from '../sightings/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { eventKinds, met, onScene, progressOf, reportAt, send } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
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
import { recordEncounter } from './encounters.ts';
import { readActiveDispatchViews } from './queries.ts';

const test = testDatabase();

describe('the road of a dispatch', () => {
  it('goes from offered to closed, each step on the timeline, and ends the place', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    const dispatch = await onScene(test.db, city, clusterId);
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
    expect(await progressOf(test.db, city)).toEqual(['reached']);
    const kindsSent = await eventKinds(test.db, city);
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
    const clusterId = await reportAt(test.db, city);
    const { id } = await send(test.db, city, clusterId);
    expect(await progressOf(test.db, city)).toEqual(['received']);
    await acceptDispatch(test.db, city.people.patrol, { id });
    expect(await progressOf(test.db, city)).toEqual(['on_the_way']);
    await setOff(test.db, city.people.patrol, { id });
    await cancelDispatch(test.db, city.people.dispatcher, { id });
    expect(await progressOf(test.db, city)).toEqual(['received']);
    expect((await send(test.db, city, clusterId)).state).toBe('offered');
  });

  it('keeps a place open while a team is on its way to it, and ends it with the dispatch', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    const { id } = await send(test.db, city, clusterId);
    await acceptDispatch(test.db, city.people.patrol, { id });
    const [own] = await readOwnReports(test.sql, city.cityId, {
      userId: city.people.reporter.userId,
    });
    await withdrawSighting(test.db, city.people.reporter, { id: own!.id });
    expect(await readClusterView(test.sql, city.cityId, clusterId)).toMatchObject({ open: true });
    await cancelDispatch(test.db, city.people.dispatcher, { id });
    expect(await readClusterView(test.sql, city.cityId, clusterId)).toMatchObject({
      open: false,
      endReason: 'emptied',
    });
  });

  it('keeps the reason of a team that declines, and the place is free again', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    const { id } = await send(test.db, city, clusterId);
    const declined = await declineDispatch(test.db, city.people.patrol, { id, reason: '车坏了' });
    expect(declined).toMatchObject({ state: 'declined', declineReason: '车坏了' });
    await send(test.db, city, clusterId, city.south);
  });

  it('answers a step taken twice the same, and refuses one that is no edge', async () => {
    const city = await seedCity(test.sql);
    const draft = {
      id: uuidv7(),
      clusterId: await reportAt(test.db, city),
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
    const { id } = await send(test.db, city, await reportAt(test.db, city));
    const jump = test.sql`update dispatches set state = 'on_scene' where id = ${id}`;
    await expect(jump).rejects.toMatchObject({ constraint_name: 'dispatch_edge' });
  });

  it('is walked by its own team or the desk, not by another team', async () => {
    const city = await seedCity(test.sql);
    const { id } = await send(test.db, city, await reportAt(test.db, city));
    const refused = await refusal(acceptDispatch(test.db, city.southPatrol, { id }));
    expect(refused.code).toBe('dispatch_not_yours');
    await acceptDispatch(test.db, city.people.station_manager, { id });
  });

  it('is not closed before a single encounter was recorded', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    const refused = await refusal(closeDispatch(test.db, city.people.patrol, dispatch));
    expect(refused.code).toBe('encounter_missing');
  });
});

describe('sending a team', () => {
  it('lets one of two desks in the same second win, and tells the other who has it', async () => {
    const city = await seedCity(test.sql);
    const elsewhere = await test.db.another();
    for (let round = 0; round < 5; round += 1) {
      const clusterId = await reportAt(test.db, city, place(0, 1000 * (round + 1)));
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
    const places = [await reportAt(test.db, city), await reportAt(test.db, city, place(3000, 0))];
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
    const codes: string[] = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? 'sent' : outcome.reason.code,
    );
    expect(codes.sort()).toEqual(['sent', 'team_busy']);
  });

  it('refuses a team off duty and a place that ended', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    await setDuty(test.db, city.people.patrol, { teamId: city.north.id, onDuty: false });
    const offDuty = await refusal(send(test.db, city, clusterId));
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
    expect((await refusal(send(test.db, city, clusterId, city.south))).code).toBe('cluster_ended');
  });

  it('offers the teams by distance, with what is known of them', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    await send(test.db, city, await reportAt(test.db, city, place(5000, 0)), city.south);
    const candidates = await listCandidates(test.db, city.people.dispatcher, { clusterId });
    expect(candidates.map(({ teamId }) => teamId)).toEqual([city.north.id, city.south.id]);
    const [nearest, other] = candidates;
    expect(nearest!.distanceMeters).toBeGreaterThan(490);
    expect(nearest!.distanceMeters).toBeLessThan(510);
    expect(nearest!.positionAgeSeconds).toBeGreaterThanOrEqual(59);
    expect([nearest!.busy, other!.busy, other!.onDuty]).toEqual([false, true, true]);
    const silent = {
      id: uuidv7(),
      name: '新队',
      callSign: 'A0',
      vehicle: '',
      areaId: null,
      skills: [],
    };
    await saveTeam(test.db, city.people.administrator, silent);
    const withSilent = await listCandidates(test.db, city.people.dispatcher, { clusterId });
    expect(withSilent.at(-1)).toEqual({
      teamId: silent.id,
      distanceMeters: null,
      positionAgeSeconds: null,
      busy: false,
      onDuty: false,
    });
  });

  it('shows active dispatches and those of the last two hours', async () => {
    const city = await seedCity(test.sql);
    const first = await send(test.db, city, await reportAt(test.db, city));
    await cancelDispatch(test.db, city.people.dispatcher, first);
    const second = await send(test.db, city, await reportAt(test.db, city, place(4000, 0)));
    const ids = async () =>
      (await readActiveDispatchViews(test.sql, city.cityId)).map(({ id }) => id);
    expect(await ids()).toEqual([first.id, second.id]);
    await test.sql`
      update dispatches set ended_at = now() - interval '3 hours' where city_id = ${city.cityId} and id = ${first.id}`;
    expect(await ids()).toEqual([second.id]);
  });
});
