/** A small field of cells for tests: the middle and its rings, each with what is asked for. */
import { gridDisk, latLngToCell } from 'h3-js';
import { blankField, indexOfCell } from '../../shared/zones/cell-field.ts';
import type { CellField } from '../../shared/zones/cell-field.ts';
import { keyOfCell } from '../../shared/zones/cell-key.ts';
import { createPainter } from './picture.ts';
import type { ColdPicture } from './picture.ts';

const resolution = 9;
export const middleCell = latLngToCell(39.9, 116.4, resolution);
export const testNow = Date.parse('2026-01-05T18:03:00.000Z');

export function testField(cells: readonly string[] = gridDisk(middleCell, 6), seq = 10): CellField {
  const keys = Float64Array.from(cells, (cell) => keyOfCell(cell, resolution)).sort();
  const at = new Date(testNow).toISOString();
  return blankField({ revision: 1, seq, resolution, madeAt: at, asOf: at }, keys);
}

/** @param people reported there now, by cell */
export function testPicture(
  people: ReadonlyMap<string, number>,
  change: { field?: CellField; hoursAhead?: number; feltCelsius?: number | null } = {},
): ColdPicture {
  const { field = testField(), hoursAhead = 0, feltCelsius = -19 } = change;
  for (const [cell, count] of people) field.livePeople[indexOfCell(field, cell)] = count;
  return createPainter()({
    field,
    zones: [],
    feltThere: () => (feltCelsius === null ? null : { feltCelsius, wet: false, told: true }),
    keyHours: new Map(),
    timeZone: 'Asia/Shanghai',
    nowMs: testNow,
    hoursAhead,
  });
}
