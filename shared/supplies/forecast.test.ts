import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../geo/position.ts';
import { forecastSupplies } from './forecast.ts';
import type { Pieces, StandingStore, TeamTonight, Tonight } from './forecast.ts';
import { listLoads, shareOut } from './loading.ts';
import { meetingPoint } from './meeting-point.ts';
import { storeKey } from './store-key.ts';
import { cityRate, teamRate, usualItems, usualPerPerson } from './usual.ts';

const now = Date.parse('2026-01-05T18:00:00.000Z');
const hourMs = 3_600_000;
const origin = { lon: 116.4, lat: 39.9 };
const east = (meters: number): Position => ({ ...origin, lon: origin.lon + meters / 85_000 });
const metersOf = (a: Position, b: Position) =>
  Math.hypot((b.lon - a.lon) * 85_000, (b.lat - a.lat) * 111_000);
const speeds = { van: 7, car: 8, ebike: 4, foot: 1.3 } as const;
const way: Tonight['way'] = (mode, a, b) => metersOf(a, b) / speeds[mode];

const team = (id: string, change: Partial<TeamTonight> = {}): TeamTonight => ({
  id,
  at: origin,
  mode: 'van',
  hoursOut: 4,
  shiftEndsAt: now + 6 * hourMs,
  aboard: {},
  given: {},
  ...change,
});
const depot = (id: string, meters: number, holds: Pieces): StandingStore => ({
  store: { kind: 'depot', id },
  at: east(meters),
  holds,
});
const forecast = (teams: TeamTonight[], stores: StandingStore[] = []) =>
  forecastSupplies({ now, level: null, teams, stores, way });
const quiltOf = (teams: TeamTonight[], id = 'a') =>
  forecast(teams)
    .find(({ teamId }) => teamId === id)!
    .items.find(({ item }) => item === 'quilt')!;

const anyPieces = fc.dictionary(fc.constantFrom(...usualItems), fc.integer({ min: 0, max: 40 }));
const anyPlace = fc.integer({ min: -20_000, max: 20_000 }).map(east);
const anyTeams = fc.array(
  fc
    .record({
      at: fc.option(anyPlace),
      mode: fc.constantFrom('van' as const, 'foot' as const),
      hoursOut: fc.double({ min: 0, max: 12, noNaN: true }),
      shiftEndsAt: fc.option(fc.integer({ min: -1, max: 12 }).map((hours) => now + hours * hourMs)),
      aboard: anyPieces,
      given: anyPieces,
    })
    .map((rest) => rest as Omit<TeamTonight, 'id'>),
  { maxLength: 6 },
);
const anyStores = fc
  .array(fc.tuple(fc.integer({ min: -20_000, max: 20_000 }), anyPieces), { maxLength: 4 })
  .map((all) => all.map(([meters, holds], i) => depot(`d${i}`, meters, holds as Pieces)));

describe('what is given out per hour', () => {
  it('is what is usual where nothing is known, and what happens the more is known', () => {
    const usual = cityRate({ count: 0, hours: 0 }, 'quilt', null);
    expect(cityRate({ count: 2000, hours: 1000 }, 'quilt', null)).toBeCloseTo(2, 1);
    expect(teamRate({ count: 0, hours: 0 }, usual)).toBeCloseTo(usual);
    expect(teamRate({ count: 30, hours: 10 }, usual)).toBeGreaterThan(2);
  });
  it('lies between the team’s own and the mean', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.double({ min: 0.1, max: 16, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (count, hours, mean) => {
          const rate = teamRate({ count, hours }, mean);
          expect(rate).toBeGreaterThanOrEqual(Math.min(count / hours, mean) - 1e-9);
          expect(rate).toBeLessThanOrEqual(Math.max(count / hours, mean) + 1e-9);
        },
      ),
    );
  });
  it('is more of what warms the higher the level, and as much of what doesn’t', () => {
    const of = (item: 'quilt' | 'contact_card') =>
      ([null, 'blue', 'yellow', 'orange', 'red'] as const).map((level) =>
        usualPerPerson(item, level),
      );
    expect(of('quilt')).toEqual(of('quilt').toSorted((a, b) => a - b));
    expect(new Set(of('contact_card')).size).toBe(1);
  });
});

describe('when a vehicle runs out', () => {
  it('is sooner the more it has given and the less is aboard, and never where it lasts', () => {
    const little = quiltOf([team('a', { aboard: { quilt: 2 }, given: { quilt: 8 } })]);
    const more = quiltOf([team('a', { aboard: { quilt: 6 }, given: { quilt: 8 } })]);
    expect(little.runsOutAt! < more.runsOutAt!).toBe(true);
    expect(Date.parse(little.runsOutAt!)).toBeCloseTo(now + (2 / little.perHour) * hourMs, -1);
    expect(quiltOf([team('a', { aboard: { quilt: 90 } })]).runsOutAt).toBeNull();
    expect(quiltOf([team('a', { given: { quilt: 8 } })]).runsOutAt).toBe(
      new Date(now).toISOString(),
    );
    const over = team('a', { given: { quilt: 8 }, shiftEndsAt: now - hourMs });
    expect(quiltOf([over]).runsOutAt).toBeNull();
  });

  it('is before the end of its shift, with a piece wanting for each that is short', () => {
    fc.assert(
      fc.property(anyTeams, anyStores, (rest, stores) => {
        const teams = rest.map((one, i) => ({ ...one, id: `t${i}` }));
        for (const { teamId, items } of forecast(teams, stores)) {
          const { shiftEndsAt } = teams.find(({ id }) => id === teamId)!;
          for (const { runsOutAt, aboard, perHour } of items) {
            expect(perHour).toBeGreaterThan(0);
            if (runsOutAt === null) continue;
            expect(Date.parse(runsOutAt)).toBeLessThanOrEqual(shiftEndsAt ?? now + 8 * hourMs);
            expect(Date.parse(runsOutAt) - now).toBeGreaterThanOrEqual(aboard > 0 ? 0 : -1);
          }
        }
      }),
    );
  });
});

describe('help from others', () => {
  it('comes from the nearest that has enough', () => {
    const short = team('a', { given: { quilt: 12 } });
    const near = depot('near', 500, { quilt: 1 });
    const far = depot('far', 3000, { quilt: 500 });
    const [own] = forecast([short], [near, far]);
    expect(own!.transfer).toMatchObject({ from: far.store, meetAt: far.at });
    const both = forecast([short], [depot('near', 500, { quilt: 500 }), far]);
    expect(both[0]!.transfer!.from.id).toBe('near');
  });

  it('of another vehicle is half way where both are as fast, and of what it needs itself not at all', () => {
    const short = team('a', { given: { quilt: 12 } });
    const other = team('b', { at: east(2000), aboard: { quilt: 200 }, given: { quilt: 4 } });
    const [own] = forecast([short, other]).filter(({ teamId }) => teamId === 'a');
    expect(own!.transfer!.from).toEqual({ kind: 'team', id: 'b' });
    expect(metersOf(own!.transfer!.meetAt, east(1000))).toBeLessThan(5);
    const busy = team('b', { at: east(2000), aboard: { quilt: 4 }, given: { quilt: 20 } });
    expect(forecast([short, busy]).find(({ teamId }) => teamId === 'a')!.transfer).toBeNull();
  });

  it('is never promised twice, nor by a vehicle to itself', () => {
    fc.assert(
      fc.property(anyTeams, anyStores, (rest, stores) => {
        const teams = rest.map((one, i) => ({ ...one, id: `t${i}` }));
        const left = new Map<string, number>();
        const keyOf = (store: { kind: string; id: string }, item: string) =>
          `${store.kind}:${store.id} ${item}`;
        for (const { store, holds } of stores)
          for (const [item, count] of Object.entries(holds)) left.set(keyOf(store, item), count);
        for (const { id, aboard } of teams)
          for (const [item, count] of Object.entries(aboard))
            left.set(keyOf({ kind: 'team', id }, item), count);
        for (const { teamId, transfer } of forecast(teams, stores)) {
          if (transfer === null) continue;
          expect(transfer.from).not.toEqual({ kind: 'team', id: teamId });
          for (const { item, quantity } of transfer.items) {
            const key = keyOf(transfer.from, item);
            expect(quantity).toBeGreaterThan(0);
            expect(quantity).toBeLessThanOrEqual(left.get(key) ?? 0);
            left.set(key, left.get(key)! - quantity);
          }
        }
      }),
    );
  });
});

describe('the point where two meet', () => {
  it('is reached by the later one no later than any other point of the line', () => {
    fc.assert(
      fc.property(
        anyPlace,
        anyPlace,
        fc.constantFrom('van' as const, 'foot' as const),
        fc.constantFrom('van' as const, 'ebike' as const),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, ofA, ofB, part) => {
          const met = meetingPoint(
            a,
            (p, q) => way(ofA, p, q),
            b,
            (p, q) => way(ofB, p, q),
          );
          const other = { lat: a.lat, lon: a.lon + (b.lon - a.lon) * part };
          const there = Math.max(way(ofA, a, other), way(ofB, b, other));
          expect(met.seconds).toBeLessThanOrEqual(there + 0.1);
          expect(Math.max(way(ofA, a, met.at), way(ofB, b, met.at))).toBeCloseTo(met.seconds, 6);
        },
      ),
    );
  });
});

describe('loading lists', () => {
  it('plan of each store no more than it holds, and for each vehicle no more than it wants', () => {
    fc.assert(
      fc.property(
        anyTeams,
        anyStores,
        fc.double({ min: 0, max: 3, noNaN: true }),
        (rest, stores, peoplePerHour) => {
          const teams = rest.map((one, i) => ({ ...one, id: `t${i}`, shiftHours: 8 }));
          const lists = listLoads({ level: 'orange', peoplePerHour, teams, stores, way });
          expect(lists.map(({ teamId }) => teamId)).toEqual(teams.map(({ id }) => id));
          const taken = new Map<string, number>();
          for (const { items } of lists)
            for (const { item, aboard, wanted, load, from } of items) {
              expect(load).toBeGreaterThanOrEqual(0);
              expect(load).toBeLessThanOrEqual(Math.max(0, wanted - aboard));
              expect(from === null).toBe(load === 0);
              if (from === null) continue;
              const key = `${storeKey(from)} ${item}`;
              taken.set(key, (taken.get(key) ?? 0) + load);
            }
          for (const { store, holds } of stores)
            for (const item of usualItems)
              expect(taken.get(`${storeKey(store)} ${item}`) ?? 0).toBeLessThanOrEqual(
                holds[item] ?? 0,
              );
        },
      ),
    );
  });

  it('share what is too little for all, and take from the nearest that has it', () => {
    const stores = [depot('far', 5000, { quilt: 6 }), depot('near', 100, { quilt: 6, coat: 99 })];
    const teams = ['a', 'b'].map((id) => ({ ...team(id), shiftHours: 8 }));
    const lists = listLoads({ level: null, peoplePerHour: 9, teams, stores, way });
    const of = (item: string) => lists.map(({ items }) => items.find((row) => row.item === item)!);
    expect(of('quilt').map(({ load, from }) => [load, from!.id])).toEqual([
      [6, 'near'],
      [6, 'far'],
    ]);
    expect(of('coat').every(({ from }) => from!.id === 'near')).toBe(true);
    expect(of('medicine').every(({ load, from }) => load === 0 && from === null)).toBe(true);
  });

  it('give everybody the same part: whole pieces, all of them, within one of the exact part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 8 }),
        fc.integer({ min: 0, max: 200 }),
        (wanting, there) => {
          const shares = shareOut(wanting, there);
          const sum = wanting.reduce((a, b) => a + b, 0);
          expect(shares.reduce((a, b) => a + b, 0)).toBe(Math.min(sum, there));
          shares.forEach((share, i) => {
            expect(share).toBeLessThanOrEqual(wanting[i]!);
            if (sum > there) expect(Math.abs(share - (wanting[i]! * there) / sum)).toBeLessThan(1);
          });
        },
      ),
    );
  });
});
