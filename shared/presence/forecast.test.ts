import fc from 'fast-check';
import { gridDisk, gridDistance, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { forecastPresence } from './forecast.ts';
import { localClock, nightDate, nightOf } from './local-nights.ts';
import { presenceKinds } from './schema.ts';
import type { ForecastCircumstances, LearnedPresence, PresenceHistory } from './schema.ts';

interface Row {
  cell: number;
  nightsAgo: number;
  hour: number;
  people: number;
  kind: number;
  place: number;
}

const hourMs = 3_600_000;
/** 22:00 in Shanghai. */
const nowMs = Date.parse('2026-01-10T14:00:00.000Z');
const centre = latLngToCell(39.91, 116.4, 9);
/** A neighbourhood, and a cell that is far beyond the reach of any memory. */
const cells = [...gridDisk(centre, 3), latLngToCell(39.99, 116.6, 9)];
const far = cells.length - 1;
const timeZone = 'Asia/Shanghai';

function historyOf(rows: readonly Row[]): PresenceHistory {
  return {
    cells,
    cellOf: Uint32Array.from(rows, ({ cell }) => cell),
    atMs: Float64Array.from(
      rows,
      // 23:00 of so many nights ago and some hours more, none later than now.
      ({ nightsAgo, hour }) => nowMs - (nightsAgo * 24 - 1 - hour) * hourMs,
    ),
    people: Float32Array.from(rows, ({ people, kind }) =>
      kind === presenceKinds.nobody ? 0 : people,
    ),
    kind: Uint8Array.from(rows, ({ kind }) => kind),
    placeOf: Uint32Array.from(rows, ({ place, cell }) => cell * 10 + place),
  };
}

const circumstances = (more: Partial<ForecastCircumstances> = {}): ForecastCircumstances => ({
  nowMs,
  timeZone,
  keyPoints: [],
  ...more,
});
const forecast = (rows: readonly Row[], more: Partial<ForecastCircumstances> = {}) =>
  forecastPresence(historyOf(rows), circumstances(more));
const peakIn = (rows: readonly Row[], cell: number, learned: LearnedPresence): number => {
  const { cells: names, peak } = forecast(rows, { learned });
  return peak[names.indexOf(cells[cell]!)] ?? 0;
};

const anyRow: fc.Arbitrary<Row> = fc.record({
  cell: fc.integer({ min: 0, max: far }),
  nightsAgo: fc.integer({ min: 1, max: 120 }),
  hour: fc.integer({ min: 0, max: 8 }),
  people: fc.integer({ min: 1, max: 6 }),
  kind: fc.constantFrom(0, 1, 2, 3),
  place: fc.integer({ min: 0, max: 3 }),
});
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 60 });
const anySighting = anyRow.map((row) => ({ ...row, kind: row.kind % 3 }));

describe('the forecast of people outside', () => {
  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(anyRows, fc.integer(), (rows, seed) => {
        const shuffled = rows.toSorted(
          (a, b) => ((a.cell * 31 + a.hour) ^ seed) - ((b.cell * 31 + b.hour) ^ seed),
        );
        expect(forecast(shuffled)).toEqual(forecast(rows));
      }),
    );
  });

  it('is not changed by the same report told twice', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), (rows, at) => {
        expect(forecast([...rows, rows[at % rows.length]!])).toEqual(forecast(rows));
      }),
    );
  });

  it('takes the largest count of a place in a night, whoever reports it', () => {
    const row: Row = { cell: 0, nightsAgo: 2, hour: 0, people: 3, kind: 0, place: 1 };
    const many = [row, { ...row, people: 2 }, { ...row, people: 1 }];
    expect(forecast(many).peak).toEqual(forecast([row]).peak);
    expect(forecast(many).peopleSeen14[0]).toBe(3);
    const elsewhere = [...many, { ...row, place: 2, people: 1 }];
    expect(forecast(elsewhere).peopleSeen14[0]).toBe(4);
  });

  it('never rises in a cell where a look found nobody', () => {
    fc.assert(
      fc.property(anyRows, anyRow, fc.nat(), (rows, look, at) => {
        const { learned } = forecast(rows);
        const { cell } = rows[at % rows.length]!;
        const after = [...rows, { ...look, cell, kind: presenceKinds.nobody }];
        expect(peakIn(after, cell, learned)).toBeLessThanOrEqual(
          peakIn(rows, cell, learned) + 1e-6,
        );
      }),
    );
  });

  it('never falls in a cell by a new sighting', () => {
    fc.assert(
      fc.property(anyRows, anySighting, (rows, sighting) => {
        const { learned } = forecast(rows);
        expect(peakIn([...rows, sighting], sighting.cell, learned)).toBeGreaterThanOrEqual(
          peakIn(rows, sighting.cell, learned) - 1e-6,
        );
      }),
    );
  });

  it('is not changed far away when nothing is learned anew', () => {
    fc.assert(
      fc.property(anyRows, anyRow, (rows, row) => {
        const here = rows.filter(({ cell }) => cell !== far);
        fc.pre(here.length > 0 && row.cell !== far);
        const { learned } = forecast(rows);
        const before = forecast(here, { learned });
        const after = forecast([...here, row], { learned });
        before.cells.forEach((cell, i) => {
          if (gridDistance(cell, cells[row.cell]!) <= 4) return;
          expect(after.peak[after.cells.indexOf(cell)]).toBe(before.peak[i]);
        });
      }),
    );
  });

  it('is a number from 0 for every cell and hour, with shapes that reach 1', () => {
    fc.assert(
      fc.property(anyRows, fc.boolean(), (rows, broken) => {
        const history = historyOf(rows);
        if (broken) {
          history.people.fill(Number.NaN);
          history.atMs[0] = Number.NaN;
        }
        const told = forecastPresence(history, circumstances());
        expect(told.profiles.length).toBeLessThanOrEqual(16);
        for (const profile of told.profiles) {
          expect(Math.max(...profile)).toBe(1);
          expect(Math.min(...profile)).toBeGreaterThanOrEqual(0);
        }
        for (const peak of told.peak) expect(peak >= 0 && peak < Infinity).toBe(true);
        for (const profile of told.profileOf) expect(profile).toBeLessThan(told.profiles.length);
        expect(told.cells).toEqual(told.cells.toSorted());
      }),
    );
  });

  it('does not read what comes after now', () => {
    const rows: Row[] = [{ cell: 0, nightsAgo: 3, hour: 1, people: 2, kind: 2, place: 0 }];
    const later = { cell: 5, nightsAgo: 0, hour: 1, people: 6, kind: 2, place: 0 };
    expect(forecast([...rows, later])).toEqual(forecast(rows));
  });

  it('holds nobody in an empty city', () => {
    expect(forecast([])).toMatchObject({ cells: [], profiles: [expect.anything()] });
  });
});

const nightly = (cell: number, nights: number, more: Partial<Row> = {}): Row[] =>
  Array.from({ length: nights }, (_, i) => ({
    cell,
    nightsAgo: i + 1,
    hour: 1,
    people: 1,
    kind: presenceKinds.met,
    place: 0,
    ...more,
  }));

describe('what is seen and how much is looked', () => {
  it('expects a person who is met every night', () => {
    const { peak, cells: names } = forecast(nightly(0, 60));
    const here = peak[names.indexOf(cells[0]!)]!;
    expect(here).toBeGreaterThan(0.7);
    expect(here).toBeLessThan(1.1);
  });

  it('expects less where most looks found nobody than where nobody looked', () => {
    const seen = nightly(0, 60).filter((_, i) => i % 10 === 0);
    const empty = nightly(0, 60, { kind: presenceKinds.nobody }).filter((_, i) => i % 10 !== 0);
    const { learned } = forecast(seen);
    expect(peakIn([...seen, ...empty], 0, learned)).toBeLessThan(peakIn(seen, 0, learned) / 2);
  });

  it('expects less of silent nights in a street from which many report', () => {
    const rare = nightly(0, 60, { kind: 0 }).filter((_, i) => i % 10 === 0);
    const busy = gridDisk(centre, 1).flatMap((_, i) =>
      i === 0 ? [] : nightly(i, 60, { kind: 0 }),
    );
    const elsewhere = gridDisk(centre, 1).flatMap((_, i) =>
      i === 0 ? [] : nightly(cells.length - 2 - i, 60, { kind: 0 }),
    );
    const { learned } = forecast([...rare, ...busy, ...elsewhere]);
    const alone: LearnedPresence = { ...learned, memoryWeights: [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0] };
    expect(peakIn([...rare, ...busy], 0, alone)).toBeLessThan(
      peakIn([...rare, ...elsewhere], 0, alone),
    );
  });

  it('tells of the last nights what an officer asks', () => {
    const rows = [
      ...nightly(0, 40, { people: 2, place: 0 }),
      { cell: 0, nightsAgo: 5, hour: 3, people: 3, kind: 0, place: 1 },
      ...nightly(1, 10, { kind: presenceKinds.nobody }),
    ];
    const told = forecast(rows);
    const [here, beside] = [told.cells.indexOf(cells[0]!), told.cells.indexOf(cells[1]!)];
    expect(told.peopleSeen14[here]).toBe(5);
    expect([told.usualFrom[here], told.usualTo[here]]).toEqual([0, 1]);
    expect([told.nightsLooked[here], told.nightsFoundNobody[here]]).toEqual([27, 0]);
    expect([told.nightsLooked[beside], told.nightsFoundNobody[beside]]).toEqual([10, 10]);
    expect(told.usualFrom[beside]).toBe(255);
  });
});

describe('the night ahead', () => {
  it('keeps people there at hours nobody reports from', () => {
    const { peak, profileOf, profiles } = forecast(nightly(0, 60));
    expect(peak[0]! * profiles[profileOf[0]!]![4]!).toBeGreaterThan(peak[0]! / 3);
  });

  it('learns the hours of a place that differs from the rest', () => {
    const late = cells.slice(0, 12).flatMap((_, i) => nightly(i, 60, { hour: 1 }));
    const early = cells.slice(12, 24).flatMap((_, i) => nightly(12 + i, 60, { hour: 7 }));
    const { cells: names, profileOf, profiles } = forecast([...late, ...early]);
    const of = (cell: number) => profiles[profileOf[names.indexOf(cells[cell]!)]!]!;
    expect(of(0)[0]! / of(0)[6]!).toBeGreaterThan(of(12)[0]! / of(12)[6]!);
  });

  it('expects fewer on a bitter night only where the visits said so', () => {
    const felt = new Map<string, number>();
    const rows: Row[] = [];
    for (let nightsAgo = 1; nightsAgo <= 100; nightsAgo++) {
      const bitter = nightsAgo % 2 === 0;
      const night = nightOf(localClock(timeZone)(nowMs)) - nightsAgo;
      felt.set(nightDate(night), bitter ? -20 : 0);
      for (let cell = 0; cell < 30; cell++)
        rows.push({
          cell,
          nightsAgo,
          hour: 1,
          people: 1,
          place: 0,
          kind: bitter && cell % 2 === 0 ? 3 : 2,
        });
    }
    const cold = forecast(rows, { weather: { feltCelsiusOf: felt, aheadCelsius: -20 } });
    const mild = forecast(rows, { weather: { feltCelsiusOf: felt, aheadCelsius: 0 } });
    expect(cold.peak[0]!).toBeLessThan(mild.peak[0]! * 0.8);
    const unknown = forecast(rows, { weather: { feltCelsiusOf: new Map(), aheadCelsius: -20 } });
    expect(unknown.peak).toEqual(forecast(rows).peak);
    const noNumber = { feltCelsiusOf: felt, aheadCelsius: Number.NaN };
    expect(forecast(rows, { weather: noNumber }).peak).toEqual(unknown.peak);
  });

  it('lends the cell of a key point a little, in its hours, less after looks in vain', () => {
    const keyPoints = [{ cell: cells[7]!, kind: 'underpass', fromHour: 22, toHour: 5 }] as const;
    const told = forecast([], { keyPoints });
    expect(told.cells).toEqual([cells[7]]);
    expect(told.peak[0]).toBeCloseTo(0.1, 5);
    const profile = told.profiles[told.profileOf[0]!]!;
    expect(profile[23]).toBe(1);
    expect(profile[20]).toBeLessThan(0.5);
    const vain = forecast(nightly(7, 20, { kind: 3 }), { keyPoints });
    expect(vain.peak[0]).toBeLessThan(0.05);
  });
});
