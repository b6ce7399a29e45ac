import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { recordEncounter } from '../dispatch/encounters.ts';
import { declineDispatch } from '../dispatch/actions.ts';
import { openRoads } from '../roads/roads.ts';
import { changeCity } from '../realtime/change-city.ts';
import { decideShelter } from '../stations/shelters.ts';
import { saveStation } from '../stations/actions.ts';
import { holdPlaces } from '../stations/holds.ts';
import { recordMovement } from '../supplies/actions.ts';
import { houseDraft, minutesFromNow } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { giveVan } from '../testing/plans.ts';
import { reportAt } from '../testing/reports.ts';
import { met, onScene, send } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { declareNight } from '../response/actions.ts';
import { setVehicleState } from '../vehicles/actions.ts';
import { CityWays } from './city-ways.ts';
import { readFacts } from './facts.ts';
import { nightOf } from './gather.ts';
import { upsertDismissal, upsertPin } from './queries.ts';

const test = testDatabase();
const roads = openRoads({ dataDir: '/nonexistent', valhallaUrl: undefined }, () => undefined);

async function nightIn(city: SeededCity) {
  const facts = await readFacts(test.db, city.cityId);
  return nightOf(facts!, new CityWays(roads, city.cityId, () => undefined));
}
const teamOf = (night: Awaited<ReturnType<typeof nightIn>>, id: string) =>
  night.teams.find((team) => team.id === id)!;

describe('the night as the planner takes it', () => {
  it('has the teams on duty with what they drive and carry, and the others to call', async () => {
    const city = await seedCity(test.sql);
    const { administrator } = city.people;
    const vehicle = await giveVan(test.db, city, city.north.id);
    await recordMovement(test.db, administrator, {
      id: uuidv7(),
      kind: 'receive',
      item: 'quilt',
      quantity: 7,
      from: null,
      to: { kind: 'team', id: city.north.id },
      note: '',
      at: new Date().toISOString(),
    });
    await test.sql`
      update teams set skills = '{medical}', shift_ends_at = now() + interval '3 hours',
        break_from_at = now() + interval '1 hour', break_minutes = 30
      where city_id = ${city.cityId} and id = ${city.north.id}`;
    await test.sql`
      update teams set on_duty = false where city_id = ${city.cityId} and id = ${city.south.id}`;
    const night = await nightIn(city);
    expect(night.spareTeamIds).toEqual([city.south.id]);
    // On foot nobody is worth calling; with a van it is tried what that would help.
    await giveVan(test.db, city, city.south.id);
    expect((await nightIn(city)).teams.map(({ id, unable }) => [id, unable])).toEqual([
      [city.north.id, null],
      [city.south.id, 'off_duty'],
    ]);
    expect(night.teams).toMatchObject([
      {
        id: city.north.id,
        mode: 'van',
        seats: 4,
        wheelchairs: 1,
        skills: ['medical'],
        stock: { quilt: 7 },
        breakMinutes: 30,
        sent: [],
        aboard: [],
        unable: null,
        freeAt: night.now,
      },
    ]);
    expect(night.teams[0]!.shiftEndsAt! - night.now).toBeGreaterThan(2.9 * 3_600_000);
    expect(night.now - night.teams[0]!.positionAt).toBeGreaterThan(50_000);
    await setVehicleState(test.db, administrator, { id: vehicle.id, state: 'broken' });
    expect((await nightIn(city)).teams[0]!.unable).toBe('vehicle_broken');
  });

  it('has each open place with its urgency, deadline and what people said of teams for it', async () => {
    const city = await seedCity(test.sql);
    await declareNight(test.db, city.people.dispatcher, {
      level: 'red',
      temperatureCelsius: -20,
      windKmh: 20,
      note: '',
    });
    const { clusterId } = await reportAt(test.db, city, place(0, 0), {
      flags: ['minor'],
      headcount: 2,
    });
    const calm = await reportAt(test.db, city, place(3000, 0));
    const jobId = `cluster:${clusterId}` as const;
    const declined = await send(test.db, city, clusterId);
    await declineDispatch(test.db, city.people.patrol, { id: declined.id, reason: '远' });
    const at = new Date().toISOString();
    const by = city.people.dispatcher.userId;
    const south = { jobId, teamId: city.south.id, by, at };
    await upsertDismissal(test.sql, city.cityId, south);
    await upsertPin(test.sql, city.cityId, { ...south, beforeJobId: `cluster:${calm.clusterId}` });
    const night = await nightIn(city);
    const job = night.jobs.find(({ id }) => id === jobId)!;
    expect(job).toMatchObject({
      clusterId,
      recheckId: null,
      headcount: 2,
      flags: ['minor'],
      hardDeadline: true,
      declined: [city.north.id],
      dismissed: [city.south.id],
      pinned: { teamId: city.south.id, beforeJobId: `cluster:${calm.clusterId}` },
    });
    expect(job.feltCelsius).toBeLessThan(-25);
    expect(job.deadline! - job.since).toBe(night.settings.deadlineMinutes * 60_000);
    expect(job.beds?.places).toBe(2);
    const other = night.jobs.find(({ id }) => id === `cluster:${calm.clusterId}`)!;
    expect(other).toMatchObject({ deadline: null, hardDeadline: false, pinned: null });
    expect(job.weight).toBeGreaterThan(other.weight);
  });

  it('has visits that are owed once they come near, and not those of tomorrow', async () => {
    const city = await seedCity(test.sql);
    const { clusterId } = await reportAt(test.db, city, place(0, 0));
    const dispatch = await onScene(test.db, city, clusterId);
    const refused = met(dispatch, 'refused', { flags: ['elderly'] });
    const { recheckId } = await recordEncounter(test.db, city.people.patrol, refused);
    const find = async () =>
      (await nightIn(city)).jobs.find(({ id }) => id === `recheck:${recheckId!}`);
    expect(await find()).toMatchObject({ recheckId, clusterId, headcount: 1, flags: ['elderly'] });
    const job = (await find())!;
    expect(job.notBefore).toBe(job.since);
    await test.sql`
      update rechecks set due_at = now() + interval '20 hours' where city_id = ${city.cityId}`;
    expect(await find()).toBeUndefined();
  });

  it('has teams where their tasks put them, with whom they have aboard and what is kept for them', async () => {
    const city = await seedCity(test.sql);
    const { clusterId } = await reportAt(test.db, city, place(0, 900));
    const far = await reportAt(test.db, city, place(0, -2500));
    const scene = await onScene(test.db, city, clusterId);
    const brought = met(scene, 'escorted', { stationId: city.station.id });
    await recordEncounter(test.db, city.people.patrol, brought);
    const offered = await send(test.db, city, far.clusterId, city.south);
    await changeCity(test.db, city.cityId, (change) =>
      holdPlaces(change, {
        id: uuidv7(),
        stationId: city.station.id,
        kind: 'general',
        places: 1,
        dispatchId: offered.id,
        teamId: city.south.id,
        clusterId: far.clusterId,
        expectedAt: minutesFromNow(30),
      }),
    );
    const night = await nightIn(city);
    const north = teamOf(night, city.north.id);
    expect(north).toMatchObject({
      aboard: [{ jobId: `cluster:${clusterId}`, people: 1, stationId: city.station.id }],
      sent: [{ jobId: `cluster:${clusterId}`, underway: true, onScene: true, holdId: null }],
      positionAt: night.now,
    });
    expect(north.freeAt).toBeGreaterThan(night.now);
    expect(night.places![north.at]!.lat).toBeCloseTo(place(0, 900).lat, 5);
    const south = teamOf(night, city.south.id);
    expect(south.sent).toMatchObject([
      { dispatchId: offered.id, underway: false, hold: { kind: 'general', places: 1 } },
    ]);
    expect(night.stations).toMatchObject([{ id: city.station.id, free: { general: 0 } }]);
  });

  it('has houses with their hours, and shelters that could be opened', async () => {
    const city = await seedCity(test.sql);
    const { administrator, dispatcher } = city.people;
    const shelter = houseDraft({ men: 10, women: 4 }, { kind: 'shelter', setUpMinutes: 45 });
    await saveStation(test.db, administrator, shelter);
    const byDay = houseDraft({ general: 5 }, { name: '日间', fromHour: 8, toHour: 20 });
    await saveStation(test.db, administrator, byDay);
    const find = async (id: string) => (await nightIn(city)).stations.find((s) => s.id === id)!;
    expect(await find(shelter.id)).toMatchObject({
      shelter: true,
      open: false,
      setUpMinutes: 45,
      free: { men: 10, women: 4 },
      openFrom: null,
      openUntil: null,
    });
    const day = await find(byDay.id);
    expect(day.openUntil! - day.openFrom!).toBe(12 * 3_600_000);
    expect(day.openUntil!).toBeGreaterThan(Date.now());
    const decision = { id: uuidv7(), stationId: shelter.id, open: true, reason: '满了' };
    await decideShelter(test.db, dispatcher, decision);
    expect(await find(shelter.id)).toMatchObject({ open: true });
  });

  it('knows the way from everywhere to everywhere, in the mode of each team', async () => {
    const city = await seedCity(test.sql);
    await giveVan(test.db, city, city.north.id);
    await reportAt(test.db, city, place(1000, 0));
    const night = await nightIn(city);
    const [north, south] = [teamOf(night, city.north.id), teamOf(night, city.south.id)];
    const job = night.jobs[0]!;
    const seconds = (mode: 'van' | 'foot', from: number, to: number) =>
      night.travel[mode]!.seconds[from * night.travel[mode]!.size + to]!;
    expect(seconds('van', north.at, job.at)).toBeGreaterThan(60);
    expect(seconds('foot', south.at, job.at)).toBeGreaterThan(seconds('van', north.at, job.at));
    expect(seconds('foot', north.at, job.at)).toBe(Infinity);
    expect(night.travel.van!.estimated[north.at * night.travel.van!.size + job.at]).toBe(1);
  });
});
