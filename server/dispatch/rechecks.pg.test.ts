import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { readClusterView } from '../clusters/queries.ts';
import { readLiveHoldViews } from '../stations/queries.ts';
import { holdPlaces } from '../stations/holds.ts';
import { changeCity } from '../realtime/change-city.ts';
import { minutesFromNow } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { met, onScene, reportAt, send } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import {
  acceptDispatch,
  arriveAtScene,
  cancelDispatch,
  closeDispatch,
  declineDispatch,
  sendTeam,
  setOff,
} from './actions.ts';
import { encounterLate, recordEncounter } from './encounters.ts';
import { readRecheckView } from './queries.ts';

const test = testDatabase();

/** Somebody who stayed outside after the northern team had been there; the place has ended. */
async function owed(city: SeededCity) {
  const clusterId = await reportAt(test.db, city);
  const dispatch = await onScene(test.db, city, clusterId);
  const met1 = met(dispatch, 'refused', { position: place(0, 30) });
  const { recheckId } = await recordEncounter(test.db, city.people.patrol, met1);
  await closeDispatch(test.db, city.people.patrol, { id: dispatch.id });
  return { clusterId, recheckId: recheckId! };
}
const sendTo = (
  city: SeededCity,
  to: { clusterId: string; recheckId: string },
  teamId = city.north.id,
) => sendTeam(test.db, city.people.dispatcher, { id: uuidv7(), teamId, note: '', ...to });

describe('a team that is sent to a visit that is owed', () => {
  it('goes to where the person was met although the place has ended, and settles the visit', async () => {
    const city = await seedCity(test.sql);
    const { patrol } = city.people;
    const to = await owed(city);
    expect(await readClusterView(test.sql, city.cityId, to.clusterId)).toMatchObject({
      open: false,
    });
    const { id, target, recheckId } = await sendTo(city, to);
    expect(recheckId).toBe(to.recheckId);
    expect(target.lat).toBeCloseTo(place(0, 30).lat, 9);
    await acceptDispatch(test.db, patrol, { id });
    await setOff(test.db, patrol, { id });
    await arriveAtScene(test.db, patrol, { id });
    const next = await recordEncounter(test.db, patrol, met({ id }, 'aided_on_street'));
    expect(next.recheckId).not.toBeNull();
    const closed = await closeDispatch(test.db, patrol, { id });
    expect(closed).toMatchObject({ state: 'closed', recheckId: to.recheckId });
    const recheck = await readRecheckView(test.sql, city.cityId, to.recheckId);
    expect(recheck!.doneAt).not.toBeNull();
    const again = sendTo(city, to);
    expect((await refusal(again)).code).toBe('recheck_done');
  });

  it('is the only one, while another may be sent to the place itself', async () => {
    const city = await seedCity(test.sql);
    const to = await owed(city);
    const { id } = await sendTo(city, to);
    const rival = await refusal(sendTo(city, to, city.south.id));
    expect(rival).toMatchObject({
      code: 'cluster_taken',
      details: { params: { teamName: '北队' } },
    });
    const clusterId = await reportAt(test.db, city, place(0, 5));
    const other = await send(test.db, city, clusterId, city.south);
    expect(other).toMatchObject({ recheckId: null, supporting: false });
    await cancelDispatch(test.db, city.people.dispatcher, { id });
    await cancelDispatch(test.db, city.people.dispatcher, { id: other.id });
    expect((await sendTo(city, to, city.south.id)).teamId).toBe(city.south.id);
  });

  it('leaves new reports at the place to whoever is sent to them', async () => {
    const city = await seedCity(test.sql);
    const { patrol } = city.people;
    const to = await owed(city);
    const { id } = await sendTo(city, to);
    const clusterId = await reportAt(test.db, city, place(0, 5));
    await acceptDispatch(test.db, patrol, { id });
    await setOff(test.db, patrol, { id });
    await recordEncounterOnScene(city, id);
    await closeDispatch(test.db, patrol, { id });
    expect(await readClusterView(test.sql, city.cityId, clusterId)).toMatchObject({ open: true });
  });

  async function recordEncounterOnScene(city: SeededCity, id: string) {
    await arriveAtScene(test.db, city.people.patrol, { id });
    await recordEncounter(test.db, city.people.patrol, met({ id }, 'hospital'));
  }

  it('hears of another team that was there before, and what it met counts all the same', async () => {
    const city = await seedCity(test.sql);
    const to = await owed(city);
    const { id } = await sendTo(city, to);
    const first = met(null, 'hospital', { recheckId: to.recheckId });
    await recordEncounter(test.db, city.southPatrol, first);
    const outcome = await changeCity(test.db, city.cityId, (change) =>
      encounterLate(change, city.people.patrol, met({ id }, 'not_found')),
    );
    expect(outcome).toMatchObject({
      result: 'conflict',
      conflict: { kind: 'recheck_settled', otherTeamId: city.south.id },
    });
  });
});

describe('places that were kept for a dispatch', () => {
  const keep = (city: SeededCity, dispatchId: string) =>
    changeCity(test.db, city.cityId, (change) =>
      holdPlaces(change, {
        id: uuidv7(),
        stationId: city.station.id,
        kind: 'general',
        places: 2,
        dispatchId,
        teamId: city.north.id,
        clusterId: null,
        expectedAt: minutesFromNow(20),
      }),
    );

  it('are free again when the team says no or is called off', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    const declined = await send(test.db, city, clusterId);
    await keep(city, declined.id);
    await declineDispatch(test.db, city.people.patrol, { id: declined.id, reason: '远' });
    expect(await readLiveHoldViews(test.sql, city.cityId)).toEqual([]);
    const cancelled = await send(test.db, city, clusterId);
    await keep(city, cancelled.id);
    await cancelDispatch(test.db, city.people.dispatcher, { id: cancelled.id });
    expect(await readLiveHoldViews(test.sql, city.cityId)).toEqual([]);
  });

  it('stay, at the end of the visit, for whom the team has in its vehicle', async () => {
    const city = await seedCity(test.sql);
    const { patrol } = city.people;
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    await keep(city, dispatch.id);
    const brought = met(dispatch, 'escorted', { stationId: city.station.id });
    await recordEncounter(test.db, patrol, brought);
    await closeDispatch(test.db, patrol, { id: dispatch.id });
    const holds = await readLiveHoldViews(test.sql, city.cityId);
    expect(holds).toMatchObject([{ places: 1, encounterId: brought.id }]);
  });
});
