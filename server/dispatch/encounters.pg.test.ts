import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { EncounterDraft } from '../../shared/dispatch/schema.ts';
import { readClusterView, readLiveMemberIds } from '../clusters/queries.ts';
import { readStationView } from '../stations/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { eventKinds, met, onScene, progressOf, reportAt, send } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import { declareNight } from '../response/actions.ts';
import { closeDispatch } from './actions.ts';
import { readEncounters, recordEncounter } from './encounters.ts';
import { readOpenRecheckViews, readRecheckView } from './queries.ts';

const test = testDatabase();

describe('an encounter', () => {
  it('of somebody who refuses owes a recheck, sooner at red and for the vulnerable', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
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
    expect(await eventKinds(test.db, city)).toContain('recheck.changed');
  });

  it('that is sent again changes nothing and answers the same', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
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

  it('escorts to a known station, and is recorded even where the count of free beds says none', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    const escort = (stationId: string | null) =>
      recordEncounter(test.db, city.people.patrol, met(dispatch, 'escorted', { stationId }));
    expect((await refusal(escort(null))).details.field).toBe('stationId');
    expect((await refusal(escort(uuidv7()))).code).toBe('not_found');
    for (let bed = 0; bed < city.station.bedsTotal; bed += 1) await escort(city.station.id);
    await escort(city.station.id);
    const station = await readStationView(test.sql, city.cityId, city.station.id);
    expect(station!.bedsFree).toBe(0);
  });

  it('with nobody found is a look in vain, once, and says that they may be near', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    const likely = async () => {
      const [row] = await test.sql<{ cells: number; people: number }[]>`
        select count(*) as cells, sum(likely_people)::float8 as people from cold_cells
        where city_id = ${city.cityId} and likely_people > 0`;
      return row!;
    };
    const draft = met(dispatch, 'not_found');
    await recordEncounter(test.db, city.people.patrol, draft);
    await recordEncounter(test.db, city.people.patrol, draft);
    const once = await likely();
    expect(once.cells).toBeGreaterThan(6);
    await recordEncounter(test.db, city.people.patrol, met(dispatch, 'not_found'));
    // Looked for again: nobody was overlooked in the cell itself. The others were told once for the visit.
    const again = await likely();
    expect(again.cells).toBe(once.cells - 1);
    expect(again.people).toBeLessThan(once.people);
    const looks = await test.sql<{ people: number | null }[]>`
      select people from cell_looks where city_id = ${city.cityId} order by people`;
    expect(looks.map(({ people }) => people)).toEqual([0, 0, null]);
  });

  it('with nobody found keeps the place live, counts once per visit, and says so to the reporters', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    const dispatch = await onScene(test.db, city, clusterId);
    await recordEncounter(test.db, city.people.patrol, met(dispatch, 'not_found'));
    await recordEncounter(test.db, city.people.patrol, met(dispatch, 'not_found'));
    await closeDispatch(test.db, city.people.patrol, dispatch);
    const cluster = await readClusterView(test.sql, city.cityId, clusterId);
    expect(cluster).toMatchObject({ open: true, notFoundCount: 1 });
    expect(await readLiveMemberIds(test.sql, city.cityId, clusterId)).toHaveLength(1);
    expect(await progressOf(test.db, city)).toEqual(['not_found']);
  });

  it('leaves live what was reported after the team arrived', async () => {
    const city = await seedCity(test.sql);
    const clusterId = await reportAt(test.db, city);
    const dispatch = await onScene(test.db, city, clusterId);
    await reportAt(test.db, city, place(5, 0));
    await recordEncounter(test.db, city.people.patrol, met(dispatch, 'hospital'));
    await closeDispatch(test.db, city.people.patrol, dispatch);
    expect(await readLiveMemberIds(test.sql, city.cityId, clusterId)).toHaveLength(1);
    expect((await readClusterView(test.sql, city.cityId, clusterId))!.open).toBe(true);
  });

  it('on a recheck settles it once, and owes the next to whoever refuses again', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
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
    const clusterId = await reportAt(test.db, city);
    const dispatch = await onScene(test.db, city, clusterId);
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
    const dispatch = await send(test.db, city, await reportAt(test.db, city));
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
    const clusterId = await reportAt(test.db, city);
    const dispatch = await onScene(test.db, city, clusterId);
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
