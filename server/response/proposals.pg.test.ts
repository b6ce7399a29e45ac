import { describe, expect, it } from 'vitest';
import type { ResponseSettings } from '../../shared/response/settings.ts';
import { readSnapshot } from '../snapshots/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { forgetFrom, skies, tellForecast, tellWeather } from '../testing/weather.ts';
import type { Sky } from '../testing/weather.ts';
import {
  declareNight,
  dismissProposal,
  endNight,
  readHistory,
  readSettings,
  saveSettings,
} from './actions.ts';
import { judgeCity } from './judging.ts';
import { readActivationInForce, readOpenProposalView } from './queries.ts';

const test = testDatabase();
const numbers = { ...skies.orange, note: '' };
const open = ({ cityId }: SeededCity) => readOpenProposalView(test.sql, cityId);
const inForce = ({ cityId }: SeededCity) => readActivationInForce(test.sql, cityId);
const under = async (city: SeededCity, sky: Sky) => {
  await tellWeather(test.db, city.people.dispatcher, sky);
  await judgeCity(test.db, city.cityId);
};
const statesOf = async ({ cityId }: SeededCity) => {
  const rows = await test.sql<{ said: string }[]>`
    select kind || ' ' || coalesce(level::text, '-') || ' ' || state as said from response_proposals
    where city_id = ${cityId} order by made_at, id`;
  return rows.map(({ said }) => said);
};
const newsOf = async ({ cityId }: SeededCity) => {
  const rows = await test.sql<{ said: string; audience: string }[]>`
    select payload -> 'proposal' ->> 'state' as said, audience from events
    where city_id = ${cityId} and kind = 'proposal.changed' order by seq`;
  expect(rows.every(({ audience }) => audience === 'staff')).toBe(true);
  return rows.map(({ said }) => said);
};
const letRules = async (city: SeededCity, automatic: ResponseSettings['automatic']) => {
  const { administrator } = city.people;
  const settings = await readSettings(test.db, administrator);
  await saveSettings(test.db, administrator, { ...settings, automatic });
};
/** As if it had been declared some hours ago: what was just declared isn't lowered at once. */
const earlier = async ({ cityId }: SeededCity, hours: number) => {
  await test.sql`
    update activations set declared_at = declared_at - make_interval(hours => ${hours})
    where city_id = ${cityId} and ended_at is null`;
};

describe('a proposal', () => {
  it('is made of the forecast with its reason and hours, and said once', async () => {
    const city = await seedCity(test.sql);
    await under(city, 'orange');
    const proposal = await open(city);
    expect(proposal).toMatchObject({ kind: 'declare', level: 'orange', hoursMissing: 0 });
    expect(proposal!.reasons).toMatchObject([{ code: 'felt_below', celsius: -28 }]);
    expect(proposal!.feltCelsius).toBeCloseTo(-32.57, 1);
    expect(Date.parse(proposal!.untilAt)).toBeGreaterThan(Date.now());
    for (let i = 0; i < 3; i++) await judgeCity(test.db, city.cityId);
    await under(city, 'orange');
    expect(await newsOf(city)).toEqual(['open']);
    const viewer = { cityId: city.cityId, staff: true, userId: null, deviceId: null };
    expect((await readSnapshot(test.db, viewer, null)).proposal).toEqual(proposal);
    const stranger = { ...viewer, staff: false };
    expect((await readSnapshot(test.db, stranger, null)).proposal).toBeNull();
  });

  it('gives way to another when the weather changes, and goes when it is mild', async () => {
    const city = await seedCity(test.sql);
    await under(city, 'yellow');
    await under(city, 'red');
    await under(city, 'mild');
    expect(await statesOf(city)).toEqual(['declare yellow withdrawn', 'declare red withdrawn']);
    // The one that gives way is replaced on every screen by the one that comes.
    expect(await newsOf(city)).toEqual(['open', 'open', 'withdrawn']);
    expect(await inForce(city)).toBeNull();
  });

  it('is one, however many servers judge at once', async () => {
    const city = await seedCity(test.sql);
    const elsewhere = await test.db.another();
    await tellWeather(test.db, city.people.dispatcher, 'orange');
    const judging = [test.db, elsewhere, test.db, elsewhere];
    await Promise.all(judging.map((db) => judgeCity(db, city.cityId)));
    expect(await statesOf(city)).toEqual(['declare orange open']);
    expect(await newsOf(city)).toEqual(['open']);
  });

  it('that is followed is accepted, with the night’s reasons', async () => {
    const city = await seedCity(test.sql);
    await under(city, 'orange');
    const proposal = (await open(city))!;
    const night = await declareNight(test.db, city.people.dispatcher, {
      level: 'orange',
      ...numbers,
      proposalId: proposal.id,
    });
    expect(night).toMatchObject({ proposalId: proposal.id, reasons: proposal.reasons });
    await judgeCity(test.db, city.cityId);
    expect(await statesOf(city)).toEqual(['declare orange accepted']);
    const [record] = await readHistory(test.db, city.people.auditor, { before: null });
    expect(record).toMatchObject({
      step: 'declared',
      proposalId: proposal.id,
      byRule: false,
      byName: city.people.dispatcher.displayName,
      fromLevel: null,
    });
  });

  it('is withdrawn when somebody decides otherwise, and what is missing is proposed then', async () => {
    const city = await seedCity(test.sql);
    await under(city, 'red');
    const night = await declareNight(test.db, city.people.dispatcher, {
      level: 'yellow',
      ...numbers,
    });
    expect(night.reasons).toEqual([{ code: 'by_hand' }]);
    await judgeCity(test.db, city.cityId);
    expect(await statesOf(city)).toEqual(['declare red withdrawn', 'raise red open']);
  });

  it('that was dismissed isn’t made again for that night, unless it gets worse', async () => {
    const city = await seedCity(test.sql);
    await under(city, 'orange');
    const { id } = (await open(city))!;
    await dismissProposal(test.db, city.people.station_manager, { id });
    await under(city, 'orange');
    expect(await open(city)).toBeNull();
    await under(city, 'red');
    expect(await statesOf(city)).toEqual(['declare orange dismissed', 'declare red open']);
    const [record] = await readHistory(test.db, city.people.dispatcher, { before: null });
    expect(record).toMatchObject({ step: 'dismissed', level: 'orange', activationId: null });
    const again = await refusal(dismissProposal(test.db, city.people.dispatcher, { id }));
    expect(again.code).toBe('proposal_over');
    const other = await seedCity(test.sql);
    const strange = await refusal(dismissProposal(test.db, other.people.dispatcher, { id }));
    expect(strange.code).toBe('not_found');
  });

  it('isn’t made against somebody who has just ended the night by hand', async () => {
    const city = await seedCity(test.sql);
    await under(city, 'orange');
    await declareNight(test.db, city.people.dispatcher, {
      level: 'orange',
      ...numbers,
      proposalId: (await open(city))!.id,
    });
    await endNight(test.db, city.people.dispatcher);
    await judgeCity(test.db, city.cityId);
    expect(await open(city)).toBeNull();
    await under(city, 'red');
    expect(await open(city)).toMatchObject({ kind: 'declare', level: 'red' });
  });
});

describe('a night that was ended by hand', () => {
  it('is proposed anew for a cold that the rules hadn’t asked for yet', async () => {
    const city = await seedCity(test.sql);
    await under(city, 'mild');
    await declareNight(test.db, city.people.dispatcher, { level: 'orange', ...numbers });
    await endNight(test.db, city.people.dispatcher);
    await under(city, 'orange');
    expect(await open(city)).toMatchObject({ kind: 'declare', level: 'orange' });
  });
});

describe('weather that is old or missing', () => {
  it('still proposes to declare, and says how old it is', async () => {
    const city = await seedCity(test.sql);
    await letRules(city, 'all');
    await tellForecast(test.db, city.cityId, 'orange', 9);
    await judgeCity(test.db, city.cityId);
    const proposal = await open(city);
    expect(proposal).toMatchObject({ kind: 'declare', level: 'orange' });
    expect(proposal!.reasons.at(-1)).toMatchObject({ code: 'stale', toldAt: expect.any(String) });
    expect(await inForce(city)).toBeNull();
  });

  it('never lowers or ends a night, nor asks for it, nor takes back what is asked', async () => {
    const city = await seedCity(test.sql);
    await letRules(city, 'all');
    await under(city, 'orange');
    expect(await inForce(city)).toMatchObject({ level: 'orange', byRule: true });
    await earlier(city, 5);
    await tellWeather(test.db, city.people.dispatcher, 'mild');
    await forgetFrom(test.db, city.cityId, 20);
    await judgeCity(test.db, city.cityId);
    await tellForecast(test.db, city.cityId, 'mild', 9);
    await judgeCity(test.db, city.cityId);
    await test.sql`delete from weather_hand_hours where city_id = ${city.cityId}`;
    await test.sql`delete from weather_sources where city_id = ${city.cityId}`;
    await judgeCity(test.db, city.cityId);
    expect(await inForce(city)).toMatchObject({ level: 'orange', endedAt: null });
    expect(await open(city)).toBeNull();

    const asked = await seedCity(test.sql);
    await under(asked, 'orange');
    await forgetFrom(test.db, asked.cityId, 0);
    await judgeCity(test.db, asked.cityId);
    expect(await open(asked)).toMatchObject({ kind: 'declare', level: 'orange' });
  });
});

describe('where the city lets the rules act', () => {
  it('they declare, raise, lower and end, each with its record', async () => {
    const city = await seedCity(test.sql);
    await letRules(city, 'all');
    await under(city, 'yellow');
    await under(city, 'red');
    await earlier(city, 5);
    await under(city, 'blue');
    await earlier(city, 5);
    await under(city, 'mild');
    expect(await inForce(city)).toBeNull();
    const records = await readHistory(test.db, city.people.auditor, { before: null });
    expect(records.map(({ step, level, fromLevel }) => [step, level, fromLevel])).toEqual([
      ['ended', 'blue', 'blue'],
      ['lowered', 'blue', 'red'],
      ['raised', 'red', 'yellow'],
      ['declared', 'yellow', null],
    ]);
    expect(records.every((one) => one.byRule && one.byName === null)).toBe(true);
    expect(records.every((one) => one.proposalId !== null && one.reasons.length > 0)).toBe(true);
    const audit = await test.sql<{ action: string }[]>`
      select action from audit_entries where city_id = ${city.cityId} and action like 'response.%' and user_id is null`;
    expect(audit).toHaveLength(4);
    const states = await statesOf(city);
    expect(states.every((state) => state.endsWith('accepted'))).toBe(true);
    const older = await readHistory(test.db, city.people.auditor, { before: records[1]!.seq });
    expect(older).toEqual(records.slice(2));
  });

  it('they only propose to lower or end where they may only declare and raise', async () => {
    const city = await seedCity(test.sql);
    await letRules(city, 'declare_and_raise');
    await under(city, 'orange');
    expect(await inForce(city)).toMatchObject({ level: 'orange', byRule: true });
    await earlier(city, 5);
    await under(city, 'mild');
    expect(await open(city)).toMatchObject({ kind: 'end', level: null });
    await endNight(test.db, city.people.dispatcher);
    expect((await statesOf(city)).at(-1)).toBe('end - accepted');
  });

  it('they never go below what a person declared before its time, also after they raised it', async () => {
    const city = await seedCity(test.sql);
    const untilAt = new Date(Date.now() + 40 * 3_600_000).toISOString();
    await declareNight(test.db, city.people.dispatcher, { level: 'yellow', ...numbers, untilAt });
    await letRules(city, 'all');
    await under(city, 'red');
    expect(await inForce(city)).toMatchObject({ level: 'red', byRule: true, untilAt });
    await earlier(city, 5);
    await under(city, 'mild');
    expect(await inForce(city)).toMatchObject({ level: 'red' });
    expect(await open(city)).toMatchObject({ kind: 'end' });
    await test.sql`update activations set floor_until = now() - interval '1 minute' where city_id = ${city.cityId}`;
    await judgeCity(test.db, city.cityId);
    expect(await inForce(city)).toBeNull();
  });

  it('they don’t declare again what a person has just ended', async () => {
    const city = await seedCity(test.sql);
    await letRules(city, 'all');
    await under(city, 'orange');
    await endNight(test.db, city.people.dispatcher);
    await under(city, 'red');
    expect(await inForce(city)).toBeNull();
    expect(await open(city)).toMatchObject({ kind: 'declare', level: 'red' });
  });

  it('a person and a rule at the same moment leave one night', async () => {
    const city = await seedCity(test.sql);
    await letRules(city, 'all');
    const elsewhere = await test.db.another();
    await tellWeather(test.db, city.people.dispatcher, 'orange');
    await Promise.all([
      judgeCity(elsewhere, city.cityId),
      declareNight(test.db, city.people.dispatcher, { level: 'blue', ...numbers }),
      judgeCity(test.db, city.cityId),
    ]);
    await judgeCity(test.db, city.cityId);
    const rows = await test.sql`
      select 1 from activations where city_id = ${city.cityId} and ended_at is null`;
    expect(rows).toHaveLength(1);
  });
});
