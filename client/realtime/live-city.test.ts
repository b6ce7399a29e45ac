import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CityEvent, EventBatch, Follow, FollowAnswer } from '../../shared/realtime/events.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import { emptyCity } from './city-state.ts';
import type { CityState } from './city-state.ts';
import { createLiveCity } from './live-city.ts';

const at = '2026-01-05T18:03:00.000Z';
const station = (id: string, bedsFree: number): StationView => ({
  id,
  kind: 'station',
  name: id,
  address: '',
  phone: '',
  lon: 0,
  lat: 0,
  bedsTotal: 10,
  bedsFree,
  places: [],
  extra: 0,
  bedsUpdatedAt: at,
  light: 'few',
  open: true,
  fromHour: 0,
  toHour: 0,
  contact: '',
  setUpMinutes: null,
  openChangedAt: null,
  prepareSince: null,
  removed: false,
});
const event = (seq: number, bedsFree: number): CityEvent => ({
  kind: 'station.changed',
  station: station('s', bedsFree),
  seq,
  at,
});
const snapshot = (seq: number, bedsFree: number): FollowAnswer => {
  const { activation, seq: _seq, ...maps } = emptyCity;
  const lists = Object.fromEntries(Object.keys(maps).map((key) => [key, []]));
  return {
    kind: 'snapshot',
    snapshot: { ...lists, activation, positions: [], at, seq, stations: [station('s', bedsFree)] },
  } as unknown as FollowAnswer;
};

function stage() {
  const asked: { follow: Follow; answer: (answer: FollowAnswer) => void }[] = [];
  const states: CityState[] = [];
  const links: string[] = [];
  let frame: (() => void)[] = [];
  const on = { open: () => undefined as void, close: () => undefined as void };
  let onEvents: (batch: EventBatch) => void = () => undefined;
  const live = createLiveCity(
    {
      onOpen: (handler) => (on.open = handler),
      onClose: (handler) => (on.close = handler),
      onEvents: (handler) => (onEvents = handler),
      onPositions: () => undefined,
      follow: (follow, answer) => asked.push({ follow, answer }),
      sendPosition: () => undefined,
      close: () => undefined,
    },
    'demo',
    {
      onState: (state) => states.push(state),
      onPositions: () => undefined,
      onLink: (link) => links.push(link),
      onRefused: (code) => links.push(code),
      schedule: (work) => frame.push(work),
    },
  );
  const draw = () => {
    const work = frame;
    frame = [];
    for (const each of work) each();
  };
  const beds = () => states.at(-1)?.stations.get('s')?.bedsFree;
  return {
    live,
    asked,
    states,
    links,
    on,
    draw,
    beds,
    send: (batch: EventBatch) => onEvents(batch),
  };
}

describe('the connection to a city', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks with its cursor after a break, and gets only what it missed', () => {
    const it = stage();
    it.on.open();
    expect(it.asked[0]?.follow.since).toBeNull();
    it.asked[0]?.answer(snapshot(5, 3));
    it.draw();
    it.send({ events: [event(6, 2)], seq: 6 });
    it.on.close();
    it.on.open();
    expect(it.asked[1]?.follow.since).toBe(6);
    it.asked[1]?.answer({ kind: 'events', events: [event(7, 1)], seq: 8 });
    it.draw();
    expect(it.beds()).toBe(1);
    expect(it.states.at(-1)?.seq).toBe(8);
    expect(it.links).toEqual(['live', 'offline', 'live']);
  });

  it('holds batches that overtake the answer, and cuts what the snapshot already had', () => {
    const it = stage();
    it.on.open();
    it.send({ events: [event(4, 9)], seq: 4 });
    it.send({ events: [event(6, 1)], seq: 6 });
    expect(it.states).toHaveLength(0);
    it.asked[0]?.answer(snapshot(5, 3));
    it.draw();
    expect(it.beds()).toBe(1);
    expect(it.states.at(-1)?.seq).toBe(6);
  });

  it('draws once per frame however many batches came', () => {
    const it = stage();
    it.on.open();
    it.asked[0]?.answer(snapshot(1, 9));
    it.draw();
    const drawn = it.states.length;
    for (let seq = 2; seq < 50; seq++) it.send({ events: [event(seq, seq % 10)], seq });
    it.draw();
    expect(it.states.length).toBe(drawn + 1);
    expect(it.states.at(-1)?.seq).toBe(49);
  });

  it('asks for everything when the map shows another part of the city', () => {
    const it = stage();
    it.on.open();
    it.asked[0]?.answer(snapshot(5, 3));
    it.live.watch(['86283082fffffff']);
    expect(it.asked[1]?.follow).toMatchObject({ since: null, cells: ['86283082fffffff'] });
    it.live.watch(['86283082fffffff']);
    expect(it.asked).toHaveLength(2);
  });

  it('lets an answer to an older question fall', () => {
    const it = stage();
    it.on.open();
    it.live.watch(['86283082fffffff']);
    it.asked[0]?.answer(snapshot(5, 3));
    it.draw();
    expect(it.states).toHaveLength(0);
    it.asked[1]?.answer(snapshot(6, 4));
    it.draw();
    expect(it.beds()).toBe(4);
  });

  it('asks again when no answer comes', () => {
    const it = stage();
    it.on.open();
    vi.advanceTimersByTime(11_000);
    expect(it.asked).toHaveLength(2);
  });

  it('says so when it may not follow', () => {
    const it = stage();
    it.on.open();
    it.asked[0]?.answer({ kind: 'refused', code: 'not_allowed' });
    expect(it.links).toEqual(['not_allowed']);
  });
});
