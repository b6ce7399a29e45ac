import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { houseDraft, holdDraft } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { place, seedCity } from '../testing/seed.ts';
import { removeStation, saveStation, setFreeBeds } from './actions.ts';
import { holdBeds, releaseHold } from './holds.ts';
import { readStationViews } from './queries.ts';
import { readSaturation } from './saturation.ts';
import { decideShelter } from './shelters.ts';
import { checkIn, checkOut } from './stays.ts';

const test = testDatabase();

describe('stations', () => {
  it('start with all places free; the number that is free by count of hand leaves the others out of use', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const house = houseDraft({ men: 6, women: 4 });
    const saved = await saveStation(test.db, people.administrator, house);
    expect(saved).toMatchObject({
      bedsTotal: 10,
      bedsFree: 10,
      open: true,
      light: 'free',
      extra: 0,
    });
    expect(saved.lon).toBe(house.position.lon);
    const free = { stationId: house.id, kind: 'men', free: 2 } as const;
    const counted = await setFreeBeds(test.db, people.station_manager, free);
    expect(counted).toMatchObject({ bedsTotal: 10, bedsFree: 6 });
    expect(counted.places).toEqual([
      { kind: 'men', total: 6, free: 2, held: 0, taken: 0, blocked: 4 },
      { kind: 'women', total: 4, free: 4, held: 0, taken: 0, blocked: 0 },
    ]);
    const smaller = { ...house, places: [{ kind: 'men' as const, total: 5 }] };
    const left = await saveStation(test.db, people.administrator, smaller);
    expect(left.places).toEqual([
      { kind: 'men', total: 5, free: 1, held: 0, taken: 0, blocked: 4 },
    ]);
    const renamed = await saveStation(test.db, people.administrator, {
      ...smaller,
      name: '东二站',
    });
    expect(renamed.bedsUpdatedAt).toBe(left.bedsUpdatedAt);
    expect((await readStationViews(test.sql, cityId)).map(({ name }) => name)).toContain('东二站');
  });

  it('refuse more free places than are neither held nor taken', async () => {
    const { people, station } = await seedCity(test.sql);
    await holdBeds(test.db, people.dispatcher, holdDraft(station.id));
    const count = (free: number, stationId = station.id) =>
      setFreeBeds(test.db, people.dispatcher, { stationId, kind: 'general', free });
    const refused = await refusal(count(2));
    expect([refused.code, refused.details]).toEqual([
      'beds_out_of_range',
      { field: 'free', params: { kind: 'general', most: 1 } },
    ]);
    expect((await count(1)).bedsFree).toBe(1);
    expect((await refusal(count(0, uuidv7()))).code).toBe('not_found');
    const none = { stationId: station.id, kind: 'women', free: 0 } as const;
    expect((await refusal(setFreeBeds(test.db, people.dispatcher, none))).details.params).toEqual({
      kind: 'women',
      most: 0,
    });
  });

  it('never get smaller than what is held or taken, nor lose a kind that somebody has', async () => {
    const { people } = await seedCity(test.sql);
    const house = houseDraft({ men: 3, women: 2 });
    await saveStation(test.db, people.administrator, house);
    await holdBeds(test.db, people.dispatcher, holdDraft(house.id, { kind: 'men', places: 2 }));
    const save = (places: typeof house.places) =>
      saveStation(test.db, people.administrator, { ...house, places });
    const fewer = await refusal(save([{ kind: 'men', total: 1 }]));
    expect([fewer.code, fewer.details]).toEqual([
      'beds_in_use',
      { field: 'places.0.total', params: { kind: 'men', least: 2 } },
    ]);
    expect((await refusal(save([{ kind: 'women', total: 2 }]))).details).toEqual({
      field: 'places',
      params: { kind: 'men', least: 2 },
    });
    expect((await save([{ kind: 'men', total: 2 }])).bedsFree).toBe(0);
  });

  it('tell everybody only when they stand otherwise, and the staff of every bed', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const house = houseDraft({ men: 10 });
    await saveStation(test.db, people.administrator, house);
    for (const free of [8, 7, 0])
      await setFreeBeds(test.db, people.station_manager, {
        stationId: house.id,
        kind: 'men',
        free,
      });
    const events = await test.sql<{ audience: string }[]>`
      select audience from events where city_id = ${cityId} order by seq`;
    expect(events.map(({ audience }) => audience)).toEqual(['public', 'staff', 'staff', 'public']);
  });

  it('disappear from the list when removed, once nobody is in or on the way, with an event that says so', async () => {
    const { cityId, people, station } = await seedCity(test.sql);
    const remove = () => removeStation(test.db, people.administrator, { id: station.id });
    const hold = await holdBeds(test.db, people.dispatcher, holdDraft(station.id, { places: 2 }));
    const refused = await refusal(remove());
    expect([refused.code, refused.details.params]).toEqual([
      'station_in_use',
      { inside: 0, expected: 2 },
    ]);
    await releaseHold(test.db, people.dispatcher, hold);
    expect(await remove()).toMatchObject({ removed: true, open: false });
    expect(await readStationViews(test.sql, cityId)).toEqual([]);
    const [event] = await test.sql<
      { audience: string; payload: { station: { removed: boolean } } }[]
    >`
      select audience, payload from events where city_id = ${cityId} order by seq desc limit 1`;
    expect([event!.audience, event!.payload.station.removed]).toEqual(['public', true]);
    expect(
      (await refusal(removeStation(test.db, people.administrator, { id: uuidv7() }))).code,
    ).toBe('not_found');
  });
});

describe('a shelter', () => {
  const prepared = (changes = {}) =>
    houseDraft(
      { general: 20 },
      { kind: 'shelter', contact: '王 138', setUpMinutes: 40, ...changes },
    );

  it('starts closed, and is opened and closed by a decision that is written down once', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const draft = prepared();
    const saved = await saveStation(test.db, people.administrator, draft);
    expect(saved).toMatchObject({
      open: false,
      openChangedAt: null,
      prepareSince: null,
      light: 'shut',
      contact: '王 138',
    });
    const opening = { id: uuidv7(), stationId: draft.id, open: true, reason: '各站将满' };
    const decide = (decision: typeof opening) =>
      decideShelter(test.db, people.dispatcher, decision);
    const open = await decide(opening);
    expect(open).toMatchObject({ open: true, light: 'free', openChangedAt: expect.any(String) });
    // saved again, it stays as decided
    expect((await saveStation(test.db, people.administrator, { ...draft, open: false })).open).toBe(
      true,
    );
    const stay = { id: uuidv7(), stationId: draft.id, kind: 'general', how: 'walk_in' } as const;
    await checkIn(test.db, people.administrator, { ...stay, holdId: null, label: '1', note: '' });
    const closing = { ...opening, id: uuidv7(), open: false, reason: '天亮了' };
    const refused = await refusal(decide(closing));
    expect([refused.code, refused.details.params]).toEqual([
      'station_in_use',
      { inside: 1, expected: 0 },
    ]);
    await checkOut(test.db, people.administrator, { id: stay.id, leftTo: '' });
    expect((await decide(closing)).open).toBe(false);
    // the first one again, heard twice: it doesn't open the house a second time
    expect((await decide(opening)).open).toBe(false);
    const kept = await test.sql`
      select open, reason, decided_by from shelter_decisions where city_id = ${cityId} order by decided_at`;
    const by = people.dispatcher.userId;
    expect(kept).toEqual([
      { open: true, reason: '各站将满', decided_by: by },
      { open: false, reason: '天亮了', decided_by: by },
    ]);
    const audit = await test.sql<{ action: string }[]>`
      select action from audit_entries where city_id = ${cityId} and action like 'shelter.%' order by at`;
    expect(audit.map(({ action }) => action)).toEqual(['shelter.opened', 'shelter.closed']);
  });

  it('is not what a station is: that one is opened by its form', async () => {
    const { people, station } = await seedCity(test.sql);
    const decision = { id: uuidv7(), stationId: station.id, open: false, reason: '错了' };
    const refused = await refusal(decideShelter(test.db, people.dispatcher, decision));
    expect([refused.code, refused.details.field]).toEqual(['invalid_input', 'stationId']);
  });

  it('is proposed before the house near it is full, the nearest first', async () => {
    const { people, station } = await seedCity(test.sql);
    const near = prepared({ position: place(2500, 0) });
    const far = prepared({ position: place(9000, 0) });
    for (const draft of [far, near]) await saveStation(test.db, people.administrator, draft);
    expect((await readSaturation(test.db, people.dispatcher))[0]).toMatchObject({
      perHour: 0,
      hoursToFull: null,
      proposals: [],
    });
    await holdBeds(test.db, people.dispatcher, holdDraft(station.id));
    const given = await holdBeds(test.db, people.dispatcher, holdDraft(station.id));
    const [full] = await readSaturation(test.db, people.dispatcher);
    expect(full).toMatchObject({ stationId: station.id, hoursToFull: 0, windowHours: 6 });
    expect(full!.proposals.map(({ shelterId }) => shelterId)).toEqual([near.id, far.id]);
    expect(full!.proposals[0]).toMatchObject({
      places: 20,
      distanceMeters: expect.closeTo(1000, -1),
    });
    expect(full!.proposals[0]!.readyInMinutes).toBeGreaterThan(40);
    // what was given up counts for nothing
    await releaseHold(test.db, people.dispatcher, given);
    const [filling] = await readSaturation(test.db, people.dispatcher);
    expect(filling!.perHour).toBeCloseTo((1 / 6) * (1 / 4));
  });
});
