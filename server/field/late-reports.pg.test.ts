import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { splitOff } from '../clusters/actions.ts';
import type { Session } from '../kernel/context.ts';
import { closeSighting, editSighting, reportSighting } from '../sightings/actions.ts';
import { deviceCorrectionLimit, deviceReportLimit } from '../sightings/device-limit.ts';
import { findSighting, findSightingDetail, readSightingHistory } from '../sightings/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { done, hoursAgo } from '../testing/late.ts';
import { refusal } from '../testing/refusal.ts';
import { draftAt } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import { readDetails, submit } from './actions.ts';

const test = testDatabase();
const countOf = async (cityId: string) => {
  const [row] = await test.sql<{ reports: number; actions: number }[]>`
    select (select count(*)::int from sightings where city_id = ${cityId}) as reports,
      (select count(*)::int from field_actions where city_id = ${cityId}) as actions`;
  return row!;
};
const report = (sighting: SightingDraft, hours = 1) =>
  done('sighting.report', hoursAgo(hours), { sighting });

describe('a report told late', () => {
  it('report/late: was seen then, is received now', async () => {
    const city = await seedCity(test.sql);
    const sighting = draftAt(place(0, 0), { seenAt: hoursAgo(9) });
    const answer = await submit(test.db, city.people.patrol, report(sighting, 9));
    expect(answer).toMatchObject({ result: 'applied', version: 1 });
    const kept = await findSightingDetail(test.sql, city.cityId, sighting.id);
    expect(kept).toMatchObject({ seenAt: sighting.seenAt, receivedAt: answer.receivedAt });
    expect(kept!.clusterId).not.toBeNull();
  });

  it('report/crash: a report whose row was never written gets it with the resend', async () => {
    const city = await seedCity(test.sql);
    const sighting = draftAt(place(0, 0));
    const known = await reportSighting(test.db, city.people.patrol, sighting);
    const action = report(sighting);
    const answer = await submit(test.db, city.people.patrol, action);
    expect(answer).toMatchObject({ result: 'applied', receivedAt: known.receivedAt, version: 1 });
    expect(await submit(test.db, city.people.patrol, action)).toEqual(answer);
    expect(await countOf(city.cityId)).toEqual({ reports: 1, actions: 1 });
  });

  it('report/answer-lost: counts when it was taken while it was young, and only for who made it', async () => {
    const city = await seedCity(test.sql);
    const sighting = draftAt(place(0, 0));
    await reportSighting(test.db, city.people.patrol, sighting);
    const old = report({ ...sighting, seenAt: hoursAgo(50) }, 50);
    const others = await refusal(submit(test.db, city.southPatrol, old));
    expect(others.code).toBe('seen_too_long_ago');
    expect((await submit(test.db, city.people.patrol, old)).result).toBe('applied');
    expect(await countOf(city.cityId)).toEqual({ reports: 1, actions: 1 });
  });

  it('report/too-old: after 48 hours it is refused with every other fault', async () => {
    const city = await seedCity(test.sql);
    const sighting = draftAt(place(0, 0), { seenAt: hoursAgo(49), headcount: 0 });
    const refused = await refusal(submit(test.db, city.people.patrol, report(sighting, 49)));
    expect(refused.details.fields!.map(({ field, code }) => [field, code])).toEqual([
      ['seenAt', 'seen_too_long_ago'],
      ['headcount', 'headcount_out_of_range'],
    ]);
    const night = draftAt(place(0, 0), { seenAt: hoursAgo(47) });
    await submit(test.db, city.people.patrol, report(night, 47));
    expect(await countOf(city.cityId)).toEqual({ reports: 1, actions: 1 });
  });

  it('report/ahead: seen later than now is refused, for somebody to set right', async () => {
    const city = await seedCity(test.sql);
    const ahead = draftAt(place(0, 0), { seenAt: hoursAgo(-0.1) });
    const refused = await refusal(submit(test.db, city.people.patrol, report(ahead)));
    expect(refused).toMatchObject({ code: 'seen_in_future', details: { field: 'seenAt' } });
  });
});

describe('a device that joined by a printed code', () => {
  it('report/too-many: sends so many reports at a time, and the one too many later', async () => {
    const city = await seedCity(test.sql);
    const device: Session = { ...city.people.reporter, enrolmentId: uuidv7() };
    const tell = (index: number) => submit(test.db, device, report(draftAt(place(index * 300, 0))));
    for (let index = 0; index < deviceReportLimit.limit; index += 1) await tell(index);
    expect((await refusal(tell(99))).code).toBe('too_many_reports');
    const { limit } = deviceReportLimit;
    expect(await countOf(city.cityId)).toEqual({ reports: limit, actions: limit });
  });

  it('edit/too-many: changes so much at a time, and the one too many later', async () => {
    const city = await seedCity(test.sql);
    const device: Session = { ...city.people.reporter, enrolmentId: uuidv7() };
    const draft = draftAt(place(0, 0));
    await submit(test.db, device, report(draft));
    const edit = (index: number) => {
      const sighting = { ...draft, note: `${index}`, version: index + 1 };
      return submit(test.db, device, done('sighting.edit', hoursAgo(0), { sighting }));
    };
    const { limit } = deviceCorrectionLimit;
    for (let index = 0; index < limit; index += 1)
      expect((await edit(index)).version).toBe(index + 2);
    expect((await refusal(edit(limit))).code).toBe('too_many_reports');
    const last = done('sighting.withdraw', hoursAgo(0), { sightingId: draft.id });
    expect((await refusal(submit(test.db, device, last))).code).toBe('too_many_reports');
  });
});

describe('an edit told late', () => {
  async function reported() {
    const city = await seedCity(test.sql);
    const { patrol, dispatcher } = city.people;
    const draft = draftAt(place(0, 0));
    await submit(test.db, patrol, report(draft));
    const edit = (more: Partial<SightingDraft>, version = 1, who: Session = patrol) =>
      submit(
        test.db,
        who,
        done('sighting.edit', hoursAgo(1), { sighting: { ...draft, ...more, version } }),
      );
    const withdraw = () =>
      submit(test.db, patrol, done('sighting.withdraw', hoursAgo(1), { sightingId: draft.id }));
    return { city, patrol, dispatcher, draft, edit, withdraw };
  }

  it('edit/live: replaces what was said, and tells the version', async () => {
    const { city, draft, edit } = await reported();
    expect(await edit({ headcount: 3 })).toMatchObject({ result: 'applied', version: 2 });
    const kept = await findSightingDetail(test.sql, city.cityId, draft.id);
    expect(kept).toMatchObject({ headcount: 3, version: 2 });
  });

  it('edit/same: says nothing new', async () => {
    const { city, draft, edit } = await reported();
    expect(await edit({})).toMatchObject({ result: 'overtaken', version: 1 });
    expect(await readSightingHistory(test.sql, city.cityId, draft.id)).toHaveLength(1);
  });

  it('edit/own-older: one after another without a network, and over the desk’s hand', async () => {
    const { city, dispatcher, draft, edit } = await reported();
    await edit({ headcount: 3 });
    await splitOff(test.db, dispatcher, { sightingId: draft.id });
    expect(await edit({ headcount: 4 })).toMatchObject({ result: 'applied', version: 4 });
    const kept = await findSightingDetail(test.sql, city.cityId, draft.id);
    expect(kept).toMatchObject({ headcount: 4, placement: 'apart' });
  });

  it('edit/others: what somebody else has edited since is mended on the device', async () => {
    const { dispatcher, draft, edit } = await reported();
    await editSighting(test.db, dispatcher, { ...draft, headcount: 2, version: 1 });
    expect((await refusal(edit({ headcount: 4 }))).code).toBe('sighting_changed');
    expect(await edit({ headcount: 4 }, 2)).toMatchObject({ result: 'applied', version: 3 });
  });

  it('edit/ended: is kept as a conflict, its words for the desk alone', async () => {
    const { city, dispatcher, draft, edit } = await reported();
    await closeSighting(test.db, dispatcher, { id: draft.id, closing: 'mistaken' });
    const { conflict } = await edit({ note: '他换到了桥的另一头' });
    expect(conflict).toMatchObject({
      kind: 'sighting_ended',
      action: 'sighting.edit',
      sightingId: draft.id,
      teamId: city.north.id,
      settledAt: null,
    });
    expect(await findSightingDetail(test.sql, city.cityId, draft.id)).toMatchObject({ note: '' });
    const [event] = await test.sql<{ payload: unknown; audience: string }[]>`
      select payload, audience from events where city_id = ${city.cityId} and kind = 'conflict.changed'`;
    expect(event!.audience).toBe('staff');
    expect(JSON.stringify(event!.payload)).not.toContain('桥');
    const detail = await readDetails(test.db, dispatcher, conflict!);
    expect(detail).toMatchObject({
      userName: city.people.patrol.displayName,
      actions: [
        {
          action: 'sighting.edit',
          held: { state: 'closed', edit: { note: '他换到了桥的另一头' } },
        },
      ],
    });
    const audited = await test.sql`
      select 1 from audit_entries where city_id = ${city.cityId} and action = 'conflict.read'
        and subject = ${conflict!.id} and user_id = ${dispatcher.userId}`;
    expect(audited).toHaveLength(1);
  });

  it('withdraw/live, withdraw/again: is taken back once', async () => {
    const { city, draft, withdraw } = await reported();
    expect((await withdraw()).result).toBe('applied');
    expect((await withdraw()).result).toBe('overtaken');
    expect(await findSighting(test.sql, city.cityId, draft.id)).toMatchObject({
      state: 'withdrawn',
    });
  });

  it('withdraw/ended: what ended otherwise stays as it ended', async () => {
    const { city, dispatcher, draft, withdraw } = await reported();
    await closeSighting(test.db, dispatcher, { id: draft.id, closing: 'other' });
    expect(await withdraw()).toMatchObject({
      result: 'conflict',
      conflict: { kind: 'sighting_ended', action: 'sighting.withdraw' },
    });
    expect(await findSighting(test.sql, city.cityId, draft.id)).toMatchObject({ state: 'closed' });
  });
});
