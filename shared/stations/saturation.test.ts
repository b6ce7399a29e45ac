import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillRate, hoursToFull, readyInMinutes, saturationOf } from './saturation.ts';
import type { PeopleFlow } from './saturation.ts';
import type { StationView } from './schema.ts';

const now = '2026-01-05T18:00:00.000Z';
const hoursAgo = (hours: number) => new Date(Date.parse(now) - hours * 3_600_000).toISOString();
const arrivals = (count: number): PeopleFlow[] =>
  Array.from({ length: count }, (_, index) => ({ at: hoursAgo((index % 6) * 0.9), people: 1 }));

const house = (id: string, changes: Partial<StationView> = {}): StationView => ({
  id,
  kind: 'station',
  name: id,
  address: '',
  phone: '',
  lon: 116.4,
  lat: 39.9,
  bedsTotal: 20,
  bedsFree: 6,
  places: [],
  extra: 0,
  bedsUpdatedAt: now,
  light: 'free',
  open: true,
  fromHour: 0,
  toHour: 0,
  contact: '',
  setUpMinutes: null,
  openChangedAt: null,
  prepareSince: null,
  removed: false,
  ...changes,
});
const shelter = (id: string, changes: Partial<StationView> = {}) =>
  house(id, { kind: 'shelter', open: false, setUpMinutes: 60, lon: 116.41, ...changes });

const anyFlow = fc.record({
  at: fc.double({ min: 0, max: 12, noNaN: true }).map(hoursAgo),
  people: fc.constantFrom(-1, 1, 2),
});
const anyFlows = fc.array(anyFlow, { maxLength: 40 });

describe('the rate a house fills at', () => {
  it('is the same in whatever order people came, and none where nobody did', () => {
    expect(fillRate([], now)).toBe(0);
    fc.assert(
      fc.property(anyFlows, (flows) => {
        expect(fillRate(flows.toReversed(), now)).toBeCloseTo(fillRate(flows, now), 12);
      }),
    );
  });

  it('is never more than what was counted, and near it once many have come', () => {
    fc.assert(
      fc.property(anyFlows, (flows) => {
        const counted = flows
          .filter(({ at }) => at >= hoursAgo(6))
          .reduce((sum, { people }) => sum + people, 0);
        expect(Math.abs(fillRate(flows, now))).toBeLessThanOrEqual(Math.abs(counted) / 6);
      }),
    );
    expect(fillRate(arrivals(60), now)).toBeGreaterThan(9.5);
    // two in a quiet evening are no rush
    expect(fillRate(arrivals(2), now)).toBeLessThan(0.2);
  });

  it('falls with whoever leaves, and forgets who came before the window', () => {
    const came = arrivals(12);
    const left = { at: hoursAgo(1), people: -1 };
    expect(fillRate([...came, left], now)).toBeLessThan(fillRate(came, now));
    expect(fillRate([...came, { at: hoursAgo(7), people: 1 }], now)).toBe(fillRate(came, now));
  });
});

describe('the hours until it is full', () => {
  it('are fewer the fewer places are free and the faster people come; none to wait once it is full', () => {
    const anyRate = fc.double({ min: 0.01, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), anyRate, anyRate, (free, a, b) => {
        const [slow, fast] = a < b ? [a, b] : [b, a];
        expect(hoursToFull(free, fast)!).toBeLessThanOrEqual(hoursToFull(free, slow)!);
        expect(hoursToFull(free - 1, a)!).toBeLessThan(hoursToFull(free, a)!);
      }),
    );
    expect(hoursToFull(0, -3)).toBe(0);
    expect(hoursToFull(3, 0)).toBeNull();
    expect(hoursToFull(3, -1)).toBeNull();
  });
});

describe('prepared shelters', () => {
  const saturation = (flows: PeopleFlow[], stations: StationView[]) =>
    saturationOf(stations, new Map([['h', flows]]), now);

  it('are proposed while there is time to set them up, not only once the house is full', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 19 }),
        fc.integer({ min: 0, max: 60 }),
        (free, came) => {
          const stations = [house('h', { bedsFree: free }), shelter('s')];
          const [found] = saturation(arrivals(came), stations);
          const hours = found!.hoursToFull;
          const needed = readyInMinutes(stations[0]!, stations[1]!) / 60;
          // never too late: whenever the time left is no more than it takes, it stands there
          if (hours !== null && hours <= needed) expect(found!.proposals).toHaveLength(1);
          if (hours === null || hours > needed + 2) expect(found!.proposals).toEqual([]);
        },
      ),
    );
  });

  it('come the nearest first; what is open, removed or has no place is none', () => {
    const stations = [
      house('h', { bedsFree: 0 }),
      shelter('far', { lon: 116.6 }),
      shelter('near', { lon: 116.405 }),
      shelter('open', { open: true, bedsFree: 0 }),
      shelter('gone', { removed: true }),
      shelter('empty', { bedsFree: 0, bedsTotal: 0 }),
    ];
    const found = saturation([], stations);
    expect(found.map(({ stationId }) => stationId)).toEqual(['h', 'open']);
    expect(found[0]!.proposals.map(({ shelterId }) => shelterId)).toEqual(['near', 'far']);
  });
});
