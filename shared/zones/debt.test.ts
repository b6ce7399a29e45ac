import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { applyCell, applyCells, blankField } from './cell-field.ts';
import type { CellField } from './cell-field.ts';
import { debtOf, debtsOfAll, explainDebt, stepOf, stepThresholds } from './debt.ts';
import type { DebtCircumstances } from './debt.ts';
import type { ColdCellView } from './schema.ts';

const now = '2026-01-05T18:00:00.000Z';
const atMs = Date.parse(now);
const hoursBefore = (hours: number): string => new Date(atMs - hours * 3_600_000).toISOString();
const here = latLngToCell(39.9, 116.4, 9);

type Facts = Omit<ColdCellView, 'cell'>;
interface Past {
  peak: number;
  peopleSeen14: number;
  usual: [number, number];
  looked: number;
  nobody: number;
}
const facts = (change: Partial<Facts> = {}): Facts => ({
  livePeople: 1,
  likelyPeople: 0,
  likelyAt: null,
  lastSightingAt: null,
  lastVisitAt: null,
  ...change,
});
const nothing: Past = { peak: 0, peopleSeen14: 0, usual: [255, 255], looked: 0, nobody: 0 };
const emptyField = (resolution = 9): CellField =>
  blankField({ revision: 1, seq: 0, resolution, madeAt: null, asOf: now }, new Float64Array());
function fieldOf(of: Facts, past: Partial<Past> = {}, cell = here): CellField {
  const field = emptyField();
  const index = applyCell(field, { cell, ...of });
  const { peak, peopleSeen14, usual, looked, nobody } = { ...nothing, ...past };
  field.profiles = [new Float32Array(24).fill(1)];
  field.peak[index] = peak;
  field.peopleSeen14[index] = peopleSeen14;
  [field.usualFrom[index], field.usualTo[index]] = usual;
  field.nightsLooked[index] = looked;
  field.nightsFoundNobody[index] = nobody;
  return field;
}
const circumstances = (change: Partial<DebtCircumstances> = {}): DebtCircumstances => ({
  atMs,
  hour: 2,
  felt: -18,
  wet: false,
  zoneWeights: null,
  ...change,
});
const weights = (weight: number): Float32Array => Float32Array.of(weight);
const scoreOf = (of: Facts, at: DebtCircumstances, past: Partial<Past> = {}): number =>
  debtOf(fieldOf(of, past), 0, at).score;

const anyTime = fc.option(fc.double({ min: 0, max: 300, noNaN: true }).map(hoursBefore));
const anyFacts = fc.record({
  livePeople: fc.integer({ min: 0, max: 50 }),
  likelyPeople: fc.double({ min: 0, max: 5, noNaN: true }),
  likelyAt: fc.double({ min: 0, max: 20, noNaN: true }).map(hoursBefore),
  lastSightingAt: anyTime,
  lastVisitAt: anyTime,
});
const anyPeak = fc.double({ min: 0, max: 10, noNaN: true });
const anyCircumstances = fc.record({
  atMs: fc.constant(atMs),
  hour: fc.integer({ min: 0, max: 23 }),
  felt: fc.option(fc.double({ min: -70, max: 30, noNaN: true })),
  wet: fc.boolean(),
  zoneWeights: fc.double({ min: 0.1, max: 10, noNaN: true }).map(weights),
});
/** `more` never scores less than `less`. */
const notLess = (
  pair: (facts: Facts, at: DebtCircumstances, by: number, peak: number) => [number, number],
) =>
  fc.assert(
    fc.property(
      anyFacts,
      anyCircumstances,
      fc.double({ min: 0, max: 20, noNaN: true }),
      anyPeak,
      (f, c, by, peak) => {
        const [less, more] = pair(f, c, by, peak);
        expect(more).toBeGreaterThanOrEqual(less - 1e-6);
      },
    ),
  );

describe('the debt of a cold cell', () => {
  it('never falls with more people: reported, guessed, or expected', () => {
    notLess((f, c, by, peak) => [
      scoreOf(f, c, { peak }),
      scoreOf({ ...f, livePeople: f.livePeople + Math.floor(by) }, c, { peak }),
    ]);
    notLess((f, c, by, peak) => [
      scoreOf(f, c, { peak }),
      scoreOf({ ...f, likelyPeople: f.likelyPeople + by }, c, { peak }),
    ]);
    notLess((f, c, by, peak) => [scoreOf(f, c, { peak }), scoreOf(f, c, { peak: peak + by })]);
  });

  it('never falls when it gets colder or wet', () => {
    notLess((f, c, by, peak) => {
      const felt = typeof c.felt === 'number' ? c.felt : 0;
      return [
        scoreOf(f, { ...c, felt }, { peak }),
        scoreOf(f, { ...c, felt: felt - by }, { peak }),
      ];
    });
    notLess((f, c) => [scoreOf(f, { ...c, wet: false }), scoreOf(f, { ...c, wet: true })]);
  });

  it('never falls while time passes without a visit, as long as nobody is only guessed there', () => {
    notLess((f, c, by, peak) => {
      const known = { ...f, likelyPeople: 0 };
      return [
        scoreOf(known, c, { peak }),
        scoreOf(known, { ...c, atMs: atMs + by * 3_600_000 }, { peak }),
      ];
    });
  });

  it('never rises by a visit, and never falls by a new sighting', () => {
    notLess((f, c, _, peak) => [
      scoreOf({ ...f, lastVisitAt: now }, c, { peak }),
      scoreOf(f, c, { peak }),
    ]);
    notLess((f, c, _, peak) => [
      scoreOf(f, c, { peak }),
      scoreOf({ ...f, lastSightingAt: now }, c, { peak }),
    ]);
  });

  it('never falls with the weight of its zone', () => {
    notLess((f, c, by) => [
      scoreOf(f, { ...c, zoneWeights: weights(1) }),
      scoreOf(f, { ...c, zoneWeights: weights(1 + by) }),
    ]);
  });

  it('is zero where nobody is expected and right after a visit', () => {
    expect(scoreOf(facts({ livePeople: 0 }), circumstances())).toBe(0);
    const visited = facts({ lastSightingAt: hoursBefore(1), lastVisitAt: now });
    expect(scoreOf(visited, circumstances(), { peak: 3 })).toBe(0);
  });

  it('counts half a visit at once for somebody seen after the last one', () => {
    const neglect = (of: Facts) => debtOf(fieldOf(of), 0, circumstances()).neglect;
    expect(
      neglect(facts({ lastVisitAt: hoursBefore(0.2), lastSightingAt: hoursBefore(0.1) })),
    ).toBe(0.5);
    expect(
      neglect(facts({ lastVisitAt: hoursBefore(0.2), lastSightingAt: hoursBefore(0.3) })),
    ).toBeLessThan(0.1);
  });

  it('takes the larger of who was reported and who is expected at that hour', () => {
    const field = fieldOf(facts({ livePeople: 2 }), { peak: 4 });
    field.profiles = [Float32Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 1 : 0.25))];
    expect(debtOf(field, 0, circumstances({ hour: 2 })).people).toBe(4);
    expect(debtOf(field, 0, circumstances({ hour: 14 })).people).toBe(2);
  });

  it('lets the guess fade where somebody may have gone', () => {
    const guessed = facts({ livePeople: 0, likelyPeople: 1, likelyAt: hoursBefore(0) });
    const likely = (hours: number) =>
      debtOf(fieldOf(guessed), 0, circumstances({ atMs: atMs + hours * 3_600_000 })).likelyPeople;
    expect(likely(0)).toBeCloseTo(1, 6);
    expect(likely(3)).toBeLessThan(likely(1));
    expect(likely(48)).toBeLessThan(0.05);
  });
});

const around = gridDisk(here, 6);
const someViews = fc.array(
  fc.tuple(fc.constantFrom(...around), anyFacts).map(([cell, of]) => ({ cell, ...of })),
  { maxLength: 30 },
);

describe('the debts of all cells', () => {
  it('are those of each, whatever lies over them', () => {
    fc.assert(
      fc.property(someViews, fc.integer(), (views, seed) => {
        const field = emptyField();
        applyCells(field, views);
        const random = (index: number) => ((seed + index * 7919) % 1000) / 1000;
        field.profiles = [Float32Array.from({ length: 24 }, (_, h) => h / 23)];
        field.peak.set(field.peak.map((_, index) => random(index) * 3));
        const at = circumstances({
          felt: field.peak.map((_, index) => (index % 5 === 0 ? Number.NaN : -30 * random(index))),
          wet: Uint8Array.from(field.peak, (_, index) => index % 2),
          zoneWeights: field.peak.map((_, index) => 1 + random(index)),
        });
        const all = debtsOfAll(field, at);
        for (const index of field.cells.keys()) {
          expect(all[index]).toBeCloseTo(debtOf(field, index, at).score, 3);
        }
        expect(debtsOfAll(field, at, new Float32Array(99))).toHaveLength(99);
      }),
      { numRuns: 50 },
    );
  });

  it('are the same after changes one by one and after all at once, in any order of cells', () => {
    fc.assert(
      fc.property(someViews, (views) => {
        const oneByOne = emptyField();
        for (const view of views) applyCell(oneByOne, view);
        const atOnce = emptyField();
        applyCells(atOnce, views);
        expect(oneByOne).toEqual(atOnce);
        const last = [...new Map(views.map((view) => [view.cell, view])).values()];
        const shuffled = emptyField();
        applyCells(shuffled, last.toReversed());
        expect(shuffled).toEqual(atOnce);
        expect(oneByOne.cells).toEqual([...oneByOne.cells].sort());
      }),
    );
  });

  it('keep what the past lets expect when a cell is new between others', () => {
    const field = fieldOf(facts(), { peak: 3, usual: [23, 2] });
    for (const cell of around) applyCell(field, { cell, ...facts({ livePeople: 2 }) });
    const index = field.cells.indexOf(here);
    expect([field.peak[index], field.usualFrom[index]]).toEqual([3, 23]);
    expect(field.usualFrom[index === 0 ? 1 : 0]).toBe(255);
    expect(applyCell(field, { cell: latLngToCell(39.9, 116.4, 10), ...facts() })).toBe(-1);
    expect(field.cells).toHaveLength(around.length);
  });
});

describe('the steps', () => {
  it('begin at their thresholds', () => {
    expect([0, 0.2499, ...stepThresholds, 100].map(stepOf)).toEqual([0, 0, 1, 2, 3, 4, 4]);
  });

  it('say why, as a person would: who, how cold, how long alone, which zone', () => {
    const field = fieldOf(
      facts({ livePeople: 0, lastVisitAt: hoursBefore(5.5), lastSightingAt: hoursBefore(1) }),
      { peak: 0.8, peopleSeen14: 4, usual: [23, 2], looked: 6, nobody: 2 },
    );
    const keyHours = new Map([[here, [{ fromHour: 22, toHour: 6 }]]]);
    const at = circumstances({ felt: -19, wet: true, zoneWeights: weights(1.5), keyHours });
    expect(explainDebt(field, 0, at)).toEqual([
      {
        code: 'seen_recently',
        params: { people: 4, nights: 14, hours: { fromHour: 23, toHour: 2 } },
      },
      { code: 'expected', params: { people: expect.closeTo(0.8) } },
      { code: 'key_hours', params: { fromHour: 22, toHour: 6 } },
      { code: 'found_nobody', params: { looked: 6, nobody: 2 } },
      { code: 'felt', params: { feltCelsius: -19 } },
      { code: 'wet', params: {} },
      { code: 'hours_since_visit', params: { hours: 5.5 } },
      { code: 'seen_since_visit', params: {} },
      { code: 'zone', params: { weight: 1.5 } },
    ]);
  });

  it('always have a word for each of the three factors', () => {
    fc.assert(
      fc.property(anyFacts, anyCircumstances, anyPeak, (f, c, peak) => {
        const codes = new Set(
          explainDebt(fieldOf(f, { peak }), 0, c).map(({ code }): string => code),
        );
        const says = (...any: string[]) => any.some((code) => codes.has(code));
        expect(says('live_people', 'likely_moved', 'seen_recently', 'expected')).toBe(true);
        expect(says('felt', 'felt_unknown')).toBe(true);
        expect(says('never_visited', 'hours_since_visit')).toBe(true);
      }),
    );
  });
});
