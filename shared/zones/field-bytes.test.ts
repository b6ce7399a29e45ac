import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { applyCell, applyCells, blankField, cellViewAt, indexOfCell } from './cell-field.ts';
import type { CellField } from './cell-field.ts';
import { cellOfKey, keyOfCell, parentKey } from './cell-key.ts';
import { decodeCellField, encodeCellField } from './field-bytes.ts';

const asOfMs = Date.parse('2026-01-05T18:00:42.000Z');
const minuteMs = 60_000;
const around = gridDisk(latLngToCell(39.9, 116.4, 9), 20);

const anyMs = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -2, max: 90_000 }).map((minutes) => asOfMs - minutes * minuteMs + 17_000),
);
const anyCell = fc.record({
  live: fc.nat(60_000),
  likely: fc.double({ min: 0, max: 20, noNaN: true }),
  sighting: anyMs,
  visit: anyMs,
  peak: fc.double({ min: 0, max: 100, noNaN: true }),
  profile: fc.nat(2),
  seen: fc.nat(60_000),
  hours: fc.tuple(fc.constantFrom(0, 23, 255), fc.constantFrom(5, 12, 255)),
  nights: fc.tuple(fc.nat(28), fc.nat(28)),
});
const anyField = fc
  .array(fc.tuple(fc.constantFrom(...around), anyCell), { maxLength: 60 })
  .map((cells): CellField => {
    const of = { revision: 7, seq: 2 ** 40 + 3, resolution: 9 };
    const asOf = new Date(asOfMs).toISOString();
    const field = blankField(
      { ...of, madeAt: '2026-01-05T18:00:00.000Z', asOf },
      new Float64Array(),
    );
    const at = (ms: number) => (ms === 0 ? null : new Date(ms).toISOString());
    field.profiles = [0, 1, 2].map((n) =>
      Float32Array.from({ length: 24 }, (_, hour) => ((hour + n) % 24) / 23),
    );
    for (const [cell, one] of cells) {
      const index = applyCell(field, {
        cell,
        livePeople: one.live,
        likelyPeople: one.likely,
        likelyAt: at(asOfMs - 5 * minuteMs),
        lastSightingAt: at(one.sighting),
        lastVisitAt: at(one.visit),
      });
      field.peak[index] = one.peak;
      field.profileOf[index] = one.profile;
      field.peopleSeen14[index] = one.seen;
      [field.usualFrom[index], field.usualTo[index]] = one.hours;
      [field.nightsLooked[index], field.nightsFoundNobody[index]] = one.nights;
    }
    return field;
  });

describe('a cell’s index as a number', () => {
  it('keeps order and parents', () => {
    const sorted = [...around].sort();
    const keys = sorted.map((cell) => keyOfCell(cell, 9));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    expect(keys.map((key) => cellOfKey(key, 9))).toEqual(sorted);
    const parent = latLngToCell(39.9, 116.4, 6);
    const child = keyOfCell(latLngToCell(39.9, 116.4, 9), 9);
    expect(cellOfKey(parentKey(child, 9, 6), 6)).toBe(parent);
    expect(() => keyOfCell(parent, 9)).toThrow(RangeError);
  });
});

describe('the field of cells as bytes', () => {
  it('comes out as it went in, to the steps it is told in', () => {
    fc.assert(
      fc.property(anyField, (field) => {
        const read = decodeCellField(encodeCellField(field));
        expect(read.cells).toEqual(field.cells);
        expect(read.livePeople).toEqual(field.livePeople);
        expect(read.peopleSeen14).toEqual(field.peopleSeen14);
        expect([read.seq, read.revision, read.madeAt]).toEqual([
          field.seq,
          field.revision,
          field.madeAt,
        ]);
        for (const index of field.cells.keys()) {
          const [was, is] = [field.peak[index]!, read.peak[index]!];
          expect(Math.abs(was - is)).toBeLessThanOrEqual(Math.max(0.0005, was * 0.026));
          expect(read.likelyPeople[index]).toBeCloseTo(field.likelyPeople[index]!, 1.9);
          const { lastSightingAtMs: sighted, lastVisitAtMs: visited } = read;
          expect(sighted[index] === 0).toBe(field.lastSightingAtMs[index] === 0);
          expect(visited[index] === 0).toBe(field.lastVisitAtMs[index] === 0);
          if (visited[index]! > 0 && sighted[index]! > 0)
            expect(sighted[index]! > visited[index]!).toBe(
              field.lastSightingAtMs[index]! > field.lastVisitAtMs[index]!,
            );
        }
      }),
    );
  });

  it('goes in and out again unchanged', () => {
    fc.assert(
      fc.property(anyField, (field) => {
        const once = encodeCellField(field);
        expect(encodeCellField(decodeCellField(once))).toEqual(once);
      }),
    );
  });

  it('keeps the times of the last day to the minute', () => {
    const field = blankField(
      { revision: 1, seq: 1, resolution: 9, madeAt: null, asOf: new Date(asOfMs).toISOString() },
      new Float64Array(),
    );
    const visits = around.slice(0, 1500);
    applyCells(
      field,
      visits.map((cell, minutes) => ({
        cell,
        livePeople: 0,
        likelyPeople: 0,
        likelyAt: null,
        lastSightingAt: null,
        lastVisitAt: new Date(asOfMs - minutes * minuteMs).toISOString(),
      })),
    );
    const read = decodeCellField(encodeCellField(field));
    for (const [minutes, cell] of visits.entries()) {
      const { lastVisitAt } = cellViewAt(read, indexOfCell(read, cell));
      const off = Math.abs(Date.parse(lastVisitAt!) - (asOfMs - minutes * minuteMs));
      expect(off).toBeLessThan(minuteMs);
    }
  });

  it('that is cut off, longer, or something else is refused', () => {
    fc.assert(
      fc.property(anyField, fc.nat(), (field, at) => {
        const bytes = encodeCellField(field);
        const cut = bytes.subarray(0, at % bytes.length);
        expect(() => decodeCellField(cut)).toThrow(RangeError);
        expect(() => decodeCellField(Uint8Array.of(...bytes, 0))).toThrow(RangeError);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const named = Uint8Array.of(0x4e, 0x58, 0x43, 0x31, ...bytes);
        for (const foreign of [bytes, named]) {
          try {
            expect(decodeCellField(foreign).cells.length).toBeLessThan(300);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        }
      }),
    );
  });
});
