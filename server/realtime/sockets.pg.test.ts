import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ClientToServer,
  EventBatch,
  Follow,
  FollowAnswer,
  ServerToClient,
} from '../../shared/realtime/events.ts';
import { setFreeBeds } from '../stations/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { declareNight } from '../response/actions.ts';

const test = testDatabase();
let served: Served;
let city: SeededCity;
const night = { level: 'red', temperatureCelsius: -20, windKmh: 30, note: '只给值班' } as const;
beforeAll(async () => {
  served = await serve(test.db);
  city = await seedCity(test.sql);
  await declareNight(test.db, city.people.dispatcher, night);
});
afterAll(() => served.close());

type Wire = Socket<ServerToClient, ClientToServer>;
const dial = (): Wire => io(served.baseUrl, { transports: ['websocket'], forceNew: true });
const ask = (wire: Wire, since: Follow['since']): Promise<FollowAnswer> =>
  new Promise((resolve) =>
    wire.emit('follow', { cityId: city.cityId, since, cells: null }, resolve),
  );

describe('somebody without an account', () => {
  it('hears neither how full a station is nor the words for those on duty', async () => {
    const wire = dial();
    const batches: EventBatch[] = [];
    wire.on('events', (batch) => void batches.push(batch));
    const answer = await ask(wire, null);
    if (answer.kind !== 'snapshot') throw new Error(answer.kind);
    expect(answer.snapshot.activation).toMatchObject({ level: 'red', note: '' });
    expect(answer.snapshot.stations).toMatchObject([{ bedsFree: 0, bedsTotal: 0 }]);
    const { station, people } = city;
    await setFreeBeds(test.db, people.dispatcher, {
      stationId: station.id,
      kind: 'general',
      free: 1,
    });
    await declareNight(test.db, people.dispatcher, { ...night, level: 'orange' });
    await expect.poll(() => batches.flatMap(({ events }) => events).length).toBeGreaterThan(1);
    const text = JSON.stringify([answer, batches, await ask(wire, 0)]);
    expect(text).toContain('orange');
    expect(text).not.toContain('只给值班');
    expect(text).not.toContain('"bedsFree":1');
    expect(text).not.toContain('"free":1');
    wire.close();
  });
});

describe('a screen with a cursor', () => {
  const lastSeq = async () => {
    const [row] = await test.sql<{ seq: number }[]>`
      select last_event_seq as seq from cities where id = ${city.cityId}`;
    return row!.seq;
  };

  it('gets what it missed, and nothing when that is nothing', async () => {
    const wire = dial();
    const seq = await lastSeq();
    expect(await ask(wire, seq)).toEqual({ kind: 'events', events: [], seq });
    expect(await ask(wire, seq - 1)).toMatchObject({ kind: 'events', seq });
    wire.close();
  });

  it('of another database, ahead of this one, starts anew', async () => {
    const wire = dial();
    const seq = await lastSeq();
    expect(await ask(wire, seq + 50)).toMatchObject({ kind: 'snapshot', snapshot: { seq } });
    wire.close();
  });

  it('behind events that are no longer kept starts anew', async () => {
    const wire = dial();
    const seq = await lastSeq();
    await test.sql`delete from events where city_id = ${city.cityId}`;
    expect(await ask(wire, seq - 1)).toMatchObject({ kind: 'snapshot', snapshot: { seq } });
    wire.close();
  });

  it('that asks many times at once is answered the last of it', async () => {
    const wire = dial();
    let answers = 0;
    for (let count = 0; count < 200; count += 1) void ask(wire, null).then(() => (answers += 1));
    expect(await ask(wire, null)).toMatchObject({ kind: 'snapshot' });
    expect(answers).toBeLessThan(10);
    wire.close();
  });
});
