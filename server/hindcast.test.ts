import { existsSync, createReadStream } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, firstDayOf } from '../shared/presence/calendar.ts';
import { inHexagons, inOrder, inSquares } from '../shared/presence/event-cells.ts';
import type { EventsInCells, PlacedEvents } from '../shared/presence/event-cells.ts';
import { monthForecasts } from '../shared/presence/month-forecasts.ts';
import { highest } from '../shared/presence/ranking.ts';
import { hindcastRows, readArguments } from './hindcast.ts';
import type { HindcastArguments } from './hindcast.ts';
import { readRows } from './hindcast-file.ts';

interface Event {
  x: number;
  y: number;
  day: number;
  weight: number;
}
const firstDay = dayOf(2020, 1, 1);
const metersPerDegree = 111_195;

/** Metres east and north of a point on the equator. */
const placed = (events: readonly Event[]): PlacedEvents => ({
  lon: Float64Array.from(events, ({ x }) => 100 + x / metersPerDegree),
  lat: Float64Array.from(events, ({ y }) => y / metersPerDegree),
  day: Int32Array.from(events, ({ day }) => firstDay + day),
  weight: Float64Array.from(events, ({ weight }) => weight),
});
const squares = { cells: { meters: 200 }, share: 0.1, from: null };

const anyEvent = fc.record({
  x: fc.integer({ min: 0, max: 3_000 }),
  y: fc.integer({ min: 0, max: 3_000 }),
  day: fc.integer({ min: 0, max: 500 }),
  weight: fc.constantFrom(1, 1, 2, 0.5),
});
const anyEvents = fc.array(anyEvent, { minLength: 2, maxLength: 150 });

/** What each month's forecast says of every cell that it knows, by the cells' names. */
function told(
  { events, kernels, names }: EventsInCells,
  until: number,
): [number, string, number][] {
  const all: [number, string, number][] = [];
  for (const { month, known, scores } of monthForecasts(events, kernels)) {
    if (firstDayOf(month) > until) break;
    for (let cell = 0; cell < known; cell++) all.push([month, names[cell]!, scores[cell]!]);
  }
  return all;
}

describe('a forecast of the past', () => {
  it('is the same to the last bit whatever comes later', () => {
    fc.assert(
      fc.property(
        anyEvents,
        anyEvents,
        fc.integer({ min: 5, max: 14 }),
        (events, others, month) => {
          const until = firstDayOf(2020 * 12 + month);
          const past = events.filter(({ day }) => firstDay + day < until);
          fc.pre(past.length > 0);
          const later = others.map((event) => ({ ...event, x: event.x * 3, day: 500 + event.day }));
          for (const place of [
            (rows: PlacedEvents) => inSquares(rows, 200, firstDayOf(2020 * 12 + 3)),
            (rows: PlacedEvents) => inHexagons(rows, 9),
          ]) {
            const [one, two] = [events, [...past, ...later]].map((rows) =>
              told(place(inOrder(placed(rows))), until),
            );
            // Without rows there is no month to forecast, but the last one both know.
            const shared = Math.min(one!.length, two!.length);
            fc.pre(shared > 0);
            expect(two!.slice(0, shared)).toEqual(one!.slice(0, shared));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lays squares from the south-west corner of the rows before the first month that counts', () => {
    const at = (x: number, y: number, day: number) => ({ x, y, day, weight: 1 });
    const rows = [at(150, 950, 0), at(50, 1_060, 1), at(349, 949, 2), at(-30, 30, 40)];
    const { names, events } = inSquares(inOrder(placed(rows)), 100, firstDay + 31);
    expect([...events.cellOf].map((cell) => names[cell])).toEqual(['1,0', '0,1', '2,0', '-1,-10']);
  });

  it('never names a place before the first event there', () => {
    const usual = Array.from({ length: 600 }, (_, i) => ({
      x: (i % 20) * 400,
      y: (i % 7) * 400,
      day: i,
      weight: 1,
    }));
    const planted = Array.from({ length: 3_000 }, (_, i) => ({
      x: 20_050,
      y: 20_050,
      day: 579 + (i % 20),
      weight: 1,
    }));
    const { events, kernels, names, tieBreak } = inSquares(
      inOrder(placed([...usual, ...planted])),
      200,
      Infinity,
    );
    const hot = names.length - 1;
    for (const { known, scores, from } of monthForecasts(events, kernels)) {
      const chosen = highest(scores, known, known, tieBreak);
      const seen = events.cellOf.subarray(0, from).includes(hot);
      expect(chosen.includes(hot)).toBe(seen);
    }
    const { result } = hindcastRows(placed(usual), { ...squares, from: 2021 * 12 + 7 });
    const withPlant = hindcastRows(placed([...usual, ...planted]), {
      ...squares,
      from: 2021 * 12 + 7,
    });
    expect(withPlant.result.oracle).toBeGreaterThan(0.9);
    expect(withPlant.result.hit).toBeLessThan(result.hit!);
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(
        anyEvents,
        fc.constantFrom({ meters: 200 }, { resolution: 9 }),
        (events, cells) => {
          const turned = hindcastRows(placed(events.toReversed()), { ...squares, cells });
          expect(turned).toEqual(hindcastRows(placed(events), { ...squares, cells }));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('counts a row of weight two as two rows', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 20, maxLength: 80 }), (events) => {
        const even = events.map((event) => ({ ...event, weight: 1 }));
        const once = hindcastRows(placed(even.map((event) => ({ ...event, weight: 2 }))), squares);
        const plain = hindcastRows(placed(even), squares);
        expect(once.result.months).toBe(plain.result.months);
        if (plain.result.hit === null) return;
        expect(once.result.hit).toBeCloseTo(plain.result.hit, 9);
        expect(once.result.oracle).toBeCloseTo(plain.result.oracle!, 9);
      }),
      { numRuns: 30 },
    );
  });

  it('says nothing where there is nothing to test', () => {
    const none = hindcastRows(placed([]), squares);
    expect(none.result).toMatchObject({ hit: null, oracle: null, pai: null, pei: null, months: 0 });
    const oneMonth = placed([0, 3, 9].map((day) => ({ x: 0, y: 0, day, weight: 1 })));
    expect(hindcastRows(oneMonth, squares).result.months).toBe(0);
    const twoMonths = placed([0, 40].map((day) => ({ x: 0, y: 0, day, weight: 1 })));
    expect(hindcastRows(twoMonths, squares).result).toMatchObject({ hit: 1, oracle: 1, months: 1 });
  });
});

/** Poisson-like cities of which the truth is known. */
function madeCity(rate: (cell: number, month: number) => number): PlacedEvents {
  let state = 7;
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const events: Event[] = [];
  for (let month = 0; month < 30; month++)
    for (let cell = 0; cell < 400; cell++) {
      const mean = rate(cell, month);
      for (let p = Math.exp(-mean), q = random(); q > p; q *= random())
        events.push({
          x: (cell % 20) * 200 + 100,
          y: Math.floor(cell / 20) * 200 + 100,
          day: Math.floor(month * 30.4 + random() * 30),
          weight: 1,
        });
    }
  return placed(events);
}

describe('a made city', () => {
  const hot = (cell: number, shift: number) => ((cell * 37 + shift) % 400 < 20 ? 4 : 0.15);
  const cities: Record<string, (cell: number, month: number) => number> = {
    'where the same places stay hot': (cell) => hot(cell, 0),
    'where the hot places move every half year': (cell, month) =>
      hot(cell, Math.floor(month / 6) * 61),
    'with winters': (cell, month) => hot(cell, month % 12 < 6 ? 0 : 200),
    'with next to no data': (cell) => hot(cell, 0) / 60,
    'without hot places': () => 0.3,
  };
  for (const [name, rate] of Object.entries(cities))
    it(`${name} is forecast about as well as by the best simple rule, or better`, () => {
      const { result } = hindcastRows(madeCity(rate), { ...squares, share: 0.05 });
      const best = Math.max(...Object.values(result.baselines).map(Number));
      expect(result.months).toBeGreaterThanOrEqual(12);
      expect(result.hit).toBeGreaterThan(best - 0.02);
    });
});

const data = new URL('../../shared/data/homeless/', import.meta.url);
const onFile = async (
  file: string,
  time: string,
  cells: HindcastArguments['cells'],
  weights = '',
) => {
  const path = new URL(file, data).pathname;
  const args = [path, '--lon', 'lon', '--lat', 'lat', '--time', time, '--h3', '9'];
  const options = { ...readArguments(args)!, cells, weightColumn: weights === '' ? null : weights };
  return hindcastRows((await readRows(path, createReadStream(path), options)).rows, options).result;
};
const tacoma = 'tacoma_encampments/encampment_cleanups.csv';
const seattle = 'seattle_impounds/impounds_2014-2024_geo.csv.gz';

describe('a real city', () => {
  const missing = !existsSync(data);
  if (missing) console.warn(`Skipped: there is no ${data.pathname}.`);
  it.skipIf(missing)('Tacoma: 39 % of the next month in 5 % of the cells', async () => {
    for (const cells of [{ meters: 200 }, { resolution: 9 }]) {
      const { hit, baselines } = await onFile(tacoma, 'created', cells);
      expect(hit).toBeGreaterThan(0.39);
      expect(hit).toBeGreaterThan(baselines.trailing_count!);
      expect(hit).toBeGreaterThan(baselines.smoothed_decay!);
    }
  });

  it.skipIf(missing)('Seattle: better than every simple rule in 114 months', async () => {
    const { hit, months, oracle, baselines } = await onFile(seattle, 'requested_at', {
      meters: 200,
    });
    expect(months).toBe(114);
    expect(oracle).toBeCloseTo(0.632, 2);
    expect(baselines.trailing_count).toBeCloseTo(0.486, 2);
    expect(hit).toBeGreaterThan(0.492);
    for (const other of Object.values(baselines)) expect(hit).toBeGreaterThan(other!);
  });
});
