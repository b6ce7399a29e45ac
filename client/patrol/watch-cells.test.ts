import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { circleAround } from '../../shared/geo/circle.ts';
import { cellsToWatch } from './watch-cells.ts';

const here = { lon: 125.3, lat: 43.9 };
const view: [number, number, number, number] = [125.29, 43.89, 125.31, 43.91];
const cellOf = ({ lon, lat }: { lon: number; lat: number }) => latLngToCell(lat, lon, 6);

describe('what a patrol follows', () => {
  it('is the whole city until the map has said what it shows', () => {
    expect(cellsToWatch({ view: null, area: null, places: [here] })).toBeNull();
  });
  it('holds what the map shows, sorted and few', () => {
    const cells = cellsToWatch({ view, area: null, places: [] })!;
    expect(cells).toContain(cellOf(here));
    expect(cells.length).toBeLessThan(8);
    expect(cells).toEqual(cells.toSorted());
  });
  it('holds its own area and its tasks wherever the map looks', () => {
    const task = { lon: 125.9, lat: 43.5 };
    const middle = { lon: 125.6, lat: 44 };
    const area = circleAround(middle, 500);
    const cells = cellsToWatch({ view, area, places: [task] });
    expect(cells).toEqual(expect.arrayContaining([cellOf(task), cellOf(middle), cellOf(here)]));
  });
  it('is the whole city again when the map shows a whole province', () => {
    expect(cellsToWatch({ view: [120, 40, 128, 46], area: null, places: [] })).toBeNull();
  });
});
