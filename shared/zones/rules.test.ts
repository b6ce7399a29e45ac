import fc from 'fast-check';
import { cellToChildren, cellToLatLng, getResolution, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import {
  cellScore,
  countsAtHour,
  dangerOf,
  explainCell,
  localHour,
  neglectOf,
  publicCells,
  stepOf,
  stepThresholds,
  zoneWeightAt,
} from './rules.ts';
import type { CellCircumstances, CellFacts } from './rules.ts';
import type { ZoneView } from './schema.ts';

const now = '2026-01-05T18:00:00.000Z';
const hoursBefore = (hours: number): string =>
  new Date(Date.parse(now) - hours * 3_600_000).toISOString();
const facts = (change: Partial<CellFacts> = {}): CellFacts => ({
  livePeople: 1,
  recentSightings: 0,
  lastSightingAt: null,
  lastVisitAt: null,
  ...change,
});
const circumstances = (change: Partial<CellCircumstances> = {}): CellCircumstances => ({
  feltCelsius: -18,
  now,
  zoneWeight: 1,
  ...change,
});

const anyFacts = fc.record({
  livePeople: fc.integer({ min: 0, max: 50 }),
  recentSightings: fc.integer({ min: 0, max: 50 }),
  lastSightingAt: fc.option(fc.double({ min: 0, max: 300, noNaN: true }).map(hoursBefore)),
  lastVisitAt: fc.option(fc.double({ min: 0, max: 300, noNaN: true }).map(hoursBefore)),
});
const anyCircumstances = fc.record({
  feltCelsius: fc.option(fc.double({ min: -70, max: 30, noNaN: true })),
  now: fc.constant(now),
  zoneWeight: fc.double({ min: 0.1, max: 10, noNaN: true }),
  wet: fc.boolean(),
});
/** `more` never scores less than `less`. */
const notLess = (
  pair: (facts: CellFacts, circumstances: CellCircumstances, by: number) => [number, number],
) =>
  fc.assert(
    fc.property(
      anyFacts,
      anyCircumstances,
      fc.double({ min: 0, max: 20, noNaN: true }),
      (f, c, by) => {
        const [less, more] = pair(f, c, by);
        expect(more).toBeGreaterThanOrEqual(less - 1e-9);
      },
    ),
  );

describe('the score of a cold cell', () => {
  it('never falls with more people, live or of the last nights', () => {
    notLess((f, c, by) => [
      cellScore(f, c),
      cellScore({ ...f, livePeople: f.livePeople + Math.floor(by) }, c),
    ]);
    notLess((f, c, by) => [
      cellScore(f, c),
      cellScore({ ...f, recentSightings: f.recentSightings + Math.floor(by) }, c),
    ]);
  });

  it('never falls when it gets colder or wet', () => {
    notLess((f, c, by) => [
      cellScore(f, { ...c, feltCelsius: c.feltCelsius ?? 0 }),
      cellScore(f, { ...c, feltCelsius: (c.feltCelsius ?? 0) - by }),
    ]);
    notLess((f, c) => [cellScore(f, { ...c, wet: false }), cellScore(f, { ...c, wet: true })]);
  });

  it('never falls while time passes without a visit', () => {
    notLess((f, c, by) => [
      cellScore(f, c),
      cellScore(f, { ...c, now: new Date(Date.parse(now) + by * 3_600_000).toISOString() }),
    ]);
  });

  it('never rises by a visit, and never falls by a new sighting', () => {
    notLess((f, c) => [cellScore({ ...f, lastVisitAt: now }, c), cellScore(f, c)]);
    notLess((f, c) => [cellScore(f, c), cellScore({ ...f, lastSightingAt: now }, c)]);
  });

  it('never falls with the weight of its zone', () => {
    notLess((f, c, by) => [cellScore(f, c), cellScore(f, { ...c, zoneWeight: c.zoneWeight + by })]);
  });

  it('is zero where nobody is expected and right after a visit', () => {
    expect(cellScore(facts({ livePeople: 0 }), circumstances())).toBe(0);
    const visited = facts({ lastSightingAt: hoursBefore(1), lastVisitAt: now });
    expect(cellScore(visited, circumstances())).toBe(0);
  });

  it('counts half a visit at once for somebody seen after the last one', () => {
    const seenAfter = facts({ lastVisitAt: hoursBefore(0.2), lastSightingAt: hoursBefore(0.1) });
    expect(neglectOf(seenAfter, now)).toBe(0.5);
    const seenBefore = facts({ lastVisitAt: hoursBefore(0.2), lastSightingAt: hoursBefore(0.3) });
    expect(neglectOf(seenBefore, now)).toBeLessThan(0.1);
  });
});

describe('the danger of a felt temperature', () => {
  it('runs without jumps through the bands', () => {
    for (let felt = 30; felt > -80; felt -= 0.5) {
      expect(dangerOf(felt - 0.5) - dangerOf(felt)).toBeGreaterThanOrEqual(0);
      expect(dangerOf(felt - 0.5) - dangerOf(felt)).toBeLessThan(0.2);
    }
    expect([dangerOf(40), dangerOf(0), dangerOf(-28), dangerOf(-90)]).toEqual([0.25, 1, 3.5, 8]);
  });

  it('counts as near zero while no night is declared, and as −10 °C when wet', () => {
    expect(dangerOf(null)).toBe(dangerOf(0));
    expect(dangerOf(2, true)).toBe(dangerOf(-10));
    expect(dangerOf(-30, true)).toBe(dangerOf(-30));
  });
});

describe('the steps', () => {
  it('begin at their thresholds', () => {
    expect([0, 0.2499, ...stepThresholds, 100].map(stepOf)).toEqual([0, 0, 1, 2, 3, 4, 4]);
  });

  it('say why: who, how cold, how long alone, which zone', () => {
    const told = explainCell(
      facts({
        livePeople: 3,
        recentSightings: 5,
        lastVisitAt: hoursBefore(6),
        lastSightingAt: hoursBefore(1),
      }),
      circumstances({ zoneWeight: 1.5 }),
    );
    expect(told.step).toBe(4);
    expect(told.reasons).toEqual([
      { code: 'live_people', params: { people: 3 } },
      { code: 'recent_sightings', params: { sightings: 5 } },
      { code: 'felt', params: { feltCelsius: -18 } },
      { code: 'hours_since_visit', params: { hours: 6 } },
      { code: 'seen_since_visit', params: {} },
      { code: 'zone', params: { weight: 1.5 } },
    ]);
    const quiet = explainCell(facts({ livePeople: 0 }), circumstances({ feltCelsius: null }));
    expect(quiet.reasons.map(({ code }) => code)).toEqual(['no_night', 'never_visited']);
  });
});

describe('drawn zones', () => {
  const cell = latLngToCell(39.9, 116.4, 9);
  const [lat, lon] = cellToLatLng(cell);
  const around = (change: Partial<ZoneView>): ZoneView => ({
    id: 'z',
    name: '桥下',
    boundary: {
      type: 'Polygon',
      coordinates: [
        [
          [lon - 0.01, lat - 0.01],
          [lon + 0.01, lat - 0.01],
          [lon + 0.01, lat + 0.01],
          [lon - 0.01, lat + 0.01],
          [lon - 0.01, lat - 0.01],
        ],
      ],
    },
    weight: 2,
    fromHour: 22,
    toHour: 5,
    note: '',
    removed: false,
    ...change,
  });

  it('count in their own hours, also over midnight', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const counting = (fromHour: number, toHour: number) =>
      hours.filter((hour) => countsAtHour({ fromHour, toHour }, hour));
    expect(counting(22, 5)).toEqual([0, 1, 2, 3, 4, 22, 23]);
    expect(counting(8, 10)).toEqual([8, 9]);
    expect(counting(7, 7)).toEqual(hours);
  });

  it('take the hour of the city, not of the server', () => {
    expect(localHour('2026-01-05T16:30:00.000Z', 'Asia/Shanghai')).toBe(0);
    expect(localHour('2026-01-05T16:30:00.000Z', 'America/Los_Angeles')).toBe(8);
  });

  it('give a cell the greatest weight of those over its centre', () => {
    const twice = [around({}), around({ weight: 3 }), around({ weight: 9, removed: true })];
    expect(zoneWeightAt(cell, twice, 23)).toBe(3);
    expect(zoneWeightAt(cell, twice, 12)).toBe(1);
    expect(zoneWeightAt(latLngToCell(39.95, 116.4, 9), twice, 23)).toBe(1);
    expect(zoneWeightAt(cell, [around({ weight: 0.5 })], 23)).toBe(0.5);
  });

  it('leave out what lies in a hole', () => {
    const [ring] = around({}).boundary.coordinates;
    const hole = ring!.map(
      ([x, y]) => [lon + (x - lon) / 2, lat + (y - lat) / 2] as [number, number],
    );
    const boundary = { type: 'Polygon' as const, coordinates: [ring!, hole] };
    expect(zoneWeightAt(cell, [around({ boundary })], 23)).toBe(1);
  });
});

describe('what the public sees', () => {
  const parent = latLngToCell(39.9, 116.4, 7);
  const children = cellToChildren(parent, 9);

  it('is never finer than resolution 7 and shows the highest step within', () => {
    const cells = children
      .slice(0, 5)
      .map((cell, index) => ({ cell, ...facts({ livePeople: index }) }));
    const seen = publicCells(cells, () => circumstances());
    expect(seen).toEqual([{ cell: parent, step: 4 }]);
    expect(getResolution(seen[0]!.cell)).toBe(7);
    expect(
      publicCells([{ cell: children[0]!, ...facts({ livePeople: 0 }) }], () => circumstances()),
    ).toEqual([]);
  });

  it('does not depend on the order of the cells', () => {
    const cells = children.map((cell, index) => ({ cell, ...facts({ livePeople: index % 4 }) }));
    const expected = publicCells(cells, () => circumstances());
    fc.assert(
      fc.property(fc.shuffledSubarray(cells, { minLength: cells.length }), (shuffled) => {
        expect(publicCells(shuffled, () => circumstances())).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});
