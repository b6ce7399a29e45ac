import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coldNightOf } from '../../shared/response/rules.ts';
import type {
  ClientToServer,
  EventBatch,
  FollowAnswer,
  ServerToClient,
} from '../../shared/realtime/events.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { tellWeather } from '../testing/weather.ts';
import { readPublicPlaces } from '../tips/queries.ts';
import { declareNight, endNight, readHistory } from './actions.ts';
import { judgeCity } from './judging.ts';
import { readActivationInForce, readColdSpans, readOpenProposalView } from './queries.ts';

const test = testDatabase();
let served: Served;
beforeAll(async () => {
  served = await serve(test.db);
});
afterAll(() => served.close());

const orange = { level: 'orange', temperatureCelsius: -13, windKmh: 20, note: '只给值班' } as const;
const drill = { ...orange, level: 'red', drill: true } as const;
const period = {
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
};

type Wire = Socket<ServerToClient, ClientToServer>;
const follow = (wire: Wire, cityId: string, since: number | null): Promise<FollowAnswer> =>
  new Promise((resolve) => wire.emit('follow', { cityId, since, cells: null }, resolve));

describe('a drill', () => {
  it('is nobody’s to hear of outside of the staff', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const wire: Wire = io(served.baseUrl, { transports: ['websocket'], forceNew: true });
    const batches: EventBatch[] = [];
    wire.on('events', (batch) => void batches.push(batch));
    const before = await follow(wire, cityId, null);
    await declareNight(test.db, people.dispatcher, drill);
    const during = await follow(wire, cityId, null);
    expect((await readPublicPlaces(test.sql, cityId)).night).toBeNull();
    await endNight(test.db, people.dispatcher);
    // Something that everybody hears of: what was before it would have come by now.
    await declareNight(test.db, people.dispatcher, { ...orange, level: 'blue' });
    const told = () => batches.flatMap(({ events }) => events.map(({ kind }) => kind));
    await expect.poll(told).toContain('activation.changed');
    const text = JSON.stringify([before, during, batches, await follow(wire, cityId, 0)]);
    expect(text).toContain('"blue"');
    expect(text).not.toContain('"red"');
    expect(text).not.toContain('"drill":true');
    wire.close();
  });

  it('counts as no cold night: not in the statistics, not for what is owed, not for the rules', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const held = await declareNight(test.db, people.administrator, drill);
    expect(held).toMatchObject({ drill: true, level: 'red', byRule: false });
    expect(coldNightOf(held)).toBeNull();
    expect(await readColdSpans(test.sql, cityId, period)).toEqual([]);
    await tellWeather(test.db, people.dispatcher, 'orange');
    await judgeCity(test.db, cityId);
    expect(await readOpenProposalView(test.sql, cityId)).toMatchObject({ kind: 'declare' });
    expect(await readActivationInForce(test.sql, cityId)).toEqual(held);
  });

  it('gives way to a real night, and can’t be held over one', async () => {
    const { cityId, people } = await seedCity(test.sql);
    await declareNight(test.db, people.dispatcher, drill);
    await declareNight(test.db, people.dispatcher, orange);
    expect(await readActivationInForce(test.sql, cityId)).toMatchObject({
      level: 'orange',
      drill: false,
    });
    const refused = await refusal(declareNight(test.db, people.dispatcher, drill));
    expect(refused.code).toBe('drill_over_night');
    const records = await readHistory(test.db, people.auditor, { before: null });
    expect(records.map(({ step, level, drill: isDrill }) => [step, level, isDrill])).toEqual([
      ['declared', 'orange', false],
      ['ended', 'red', true],
      ['declared', 'red', true],
    ]);
  });

  it('leaves an open proposal to be decided on', async () => {
    const { cityId, people } = await seedCity(test.sql);
    await tellWeather(test.db, people.dispatcher, 'orange');
    await judgeCity(test.db, cityId);
    const proposal = (await readOpenProposalView(test.sql, cityId))!;
    await declareNight(test.db, people.dispatcher, { ...drill, proposalId: proposal.id });
    await endNight(test.db, people.dispatcher);
    expect(await readOpenProposalView(test.sql, cityId)).toEqual(proposal);
  });
});

describe('the record of decisions', () => {
  it('says who, when, from what to what, and in whose words', async () => {
    const { people } = await seedCity(test.sql);
    const untilAt = new Date(Date.now() + 36_000_000).toISOString();
    await declareNight(test.db, people.dispatcher, { ...orange, untilAt });
    await declareNight(test.db, people.station_manager, { ...orange, level: 'red' });
    await declareNight(test.db, people.station_manager, { ...orange, level: 'red', note: '雪' });
    await declareNight(test.db, people.dispatcher, { ...orange, level: 'blue' });
    await endNight(test.db, people.administrator);
    const records = await readHistory(test.db, people.auditor, { before: null });
    expect(records.map(({ step, fromLevel, level }) => [step, fromLevel, level])).toEqual([
      ['ended', 'blue', 'blue'],
      ['lowered', 'red', 'blue'],
      ['changed', 'red', 'red'],
      ['raised', 'orange', 'red'],
      ['declared', null, 'orange'],
    ]);
    expect(records.at(-1)).toMatchObject({
      seq: 1,
      byName: people.dispatcher.displayName,
      byRule: false,
      reasons: [{ code: 'by_hand' }],
      note: '只给值班',
      untilAt,
    });
  });

  it('refuses a night that would be over already', async () => {
    const { people } = await seedCity(test.sql);
    const past = { ...orange, untilAt: '2026-01-05T00:00:00.000Z' };
    const refused = await refusal(declareNight(test.db, people.dispatcher, past));
    expect([refused.code, refused.details.field]).toEqual(['invalid_input', 'untilAt']);
  });

  it('of two officers who declare at once keeps both, and one night', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const elsewhere = await test.db.another();
    await Promise.all([
      declareNight(test.db, people.dispatcher, orange),
      declareNight(elsewhere, people.station_manager, { ...orange, level: 'red' }),
      declareNight(elsewhere, people.administrator, orange),
    ]);
    const rows = await test.sql`
      select 1 from activations where city_id = ${cityId} and ended_at is null`;
    expect(rows).toHaveLength(1);
    const records = await readHistory(test.db, people.auditor, { before: null });
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => records.length - i));
  });
});
