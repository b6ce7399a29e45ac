import { cellToChildren, cellToLatLng, getResolution, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { applyCells, blankField } from './cell-field.ts';
import type { CellField } from './cell-field.ts';
import { feltOfCells, zoneWeightsOf } from './circumstances.ts';
import { debtsOfAll } from './debt.ts';
import { publicCells } from './public-cells.ts';
import type { ColdCellView, ZoneView } from './schema.ts';

const now = '2026-01-05T18:00:00.000Z';
const here = latLngToCell(39.9, 116.4, 9);
const peopleIn = (cell: string, livePeople = 1): ColdCellView => ({
  cell,
  livePeople,
  likelyPeople: 0,
  likelyAt: null,
  lastSightingAt: null,
  lastVisitAt: null,
});
function fieldOf(views: readonly ColdCellView[]): CellField {
  const of = { revision: 1, seq: 0, resolution: 9, madeAt: null, asOf: now };
  const field = blankField(of, new Float64Array());
  applyCells(field, views);
  return field;
}

describe('what lies over the cells', () => {
  const [lat, lon] = cellToLatLng(here);
  const ring = (by: number): [number, number][] => [
    [lon - by, lat - by],
    [lon + by, lat - by],
    [lon + by, lat + by],
    [lon - by, lat + by],
    [lon - by, lat - by],
  ];
  const zone = (change: Partial<ZoneView>): ZoneView => ({
    id: 'z',
    name: '桥下',
    boundary: { type: 'Polygon', coordinates: [ring(0.01)] },
    weight: 2,
    fromHour: 22,
    toHour: 5,
    note: '',
    removed: false,
    ...change,
  });
  const weightOf = (cell: string, zones: ZoneView[], hour: number) =>
    zoneWeightsOf(fieldOf([peopleIn(cell)]), zones, hour)?.[0] ?? 1;

  it('is the greatest weight of the zones over a cell’s centre that count now', () => {
    const several = [zone({}), zone({ weight: 3 }), zone({ weight: 9, removed: true })];
    expect(weightOf(here, several, 23)).toBe(3);
    expect(weightOf(here, several, 12)).toBe(1);
    expect(weightOf(latLngToCell(39.95, 116.4, 9), several, 23)).toBe(1);
    expect(weightOf(here, [zone({ weight: 0.5 })], 23)).toBe(0.5);
    const hole = { type: 'Polygon' as const, coordinates: [ring(0.01), ring(0.005)] };
    expect(weightOf(here, [zone({ boundary: hole })], 23)).toBe(1);
  });

  it('is the weather there, asked once for cells that lie together', () => {
    const field = fieldOf(gridDisk(here, 10).map((cell) => peopleIn(cell)));
    let asked = 0;
    const { felt, wet } = feltOfCells(field, (position) => {
      asked += 1;
      return position.lon > lon + 1 ? null : { feltCelsius: -12, wet: true };
    });
    expect(asked).toBeLessThan(10);
    expect(new Set(felt)).toEqual(new Set([-12]));
    expect(new Set(wet)).toEqual(new Set([1]));
    expect(feltOfCells(field, () => null).felt.every(Number.isNaN)).toBe(true);
  });
});

describe('what the public sees', () => {
  const parent = latLngToCell(39.9, 116.4, 7);
  const children = cellToChildren(parent, 9);
  const seen = (cells: ColdCellView[]) => {
    const field = fieldOf(cells);
    const at = { atMs: Date.parse(now), hour: 2, felt: -18, wet: false, zoneWeights: null };
    return publicCells(field, debtsOfAll(field, at));
  };

  it('is never finer than resolution 7 and shows the highest step within', () => {
    const cells = children.slice(0, 5).map((cell, index) => peopleIn(cell, index));
    expect(seen(cells)).toEqual([{ cell: parent, step: 4 }]);
    expect(getResolution(seen(cells)[0]!.cell)).toBe(7);
    expect(seen([peopleIn(children[0]!, 0)])).toEqual([]);
  });

  it('does not depend on the order of the cells', () => {
    const cells = children.map((cell, index) => peopleIn(cell, index % 4));
    expect(seen(cells.toReversed())).toEqual(seen(cells));
  });
});
