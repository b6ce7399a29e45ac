import { describe, expect, it } from 'vitest';
import { HourTableError, momentShowing, readHourTable, usualColumns } from './hour-table.ts';
import type { HourColumns } from './hour-table.ts';

const columns: HourColumns = {
  time: 'at',
  temperature: 't',
  wind: 'v',
  windUnit: 'kmh',
  windSumsBy: null,
  precipitation: 'mm',
};
const header = ['at', 't', 'v', 'mm', 'from'];
const read = (rows: string[][], changes: Partial<HourColumns> = {}, zone = 'Asia/Shanghai') =>
  readHourTable(header, rows, { ...columns, ...changes }, zone);

describe('hours from a table', () => {
  it('stand in a row, with nothing told where a row or a value is missing', () => {
    const table = read([
      ['2012-01-01 03:00', '-4', '10', '0.2', ''],
      ['2012-01-01 00:00', '-3.5', '12', '', ''],
      ['2012-01-01 01:00', 'NA', '8', 'NA', ''],
    ]);
    expect(table.series).toEqual({
      fromAt: '2011-12-31T16:00:00.000Z',
      temperatureCelsius: [-3.5, null, null, -4],
      windKmh: [12, 8, null, 10],
      precipitationMm: [null, null, null, 0.2],
      falling: [null, null, null, null],
    });
  });

  it('count what can’t be as not told, and say how often', () => {
    const table = read([
      ['2012-01-01T00:00', '-999', '-1', '999990', ''],
      ['2012-01-01T00:00', '5', '5', '0', ''],
      ['yesterday', '5', '5', '0', ''],
      ['2012-02-30 00:00', '5', '5', '0', ''],
    ]);
    expect(table).toMatchObject({ rows: 4, untimed: 2, repeated: 1, impossible: 3 });
    expect(table.series).toMatchObject({ temperatureCelsius: [null], windKmh: [null] });
  });

  it('take an hour’s wind out of a running sum that begins anew with the direction', () => {
    const sums = ['2', '5', '9', '3', '1', 'NA', '8', '9'].map((sum, hour) => [
      `2012-01-01 0${hour}:00`,
      '0',
      sum,
      '0',
      ['N', 'N', 'N', 'E', 'E', 'E', 'E', 'E'][hour]!,
    ]);
    const { series } = read(sums, { windSumsBy: 'from', windUnit: 'ms' });
    // The first hour's own wind isn't known, nor is that after a gap.
    const ms = [null, 3, 4, 3, 1, null, null, 1];
    expect(series.windKmh).toEqual(
      ms.map((wind) => (wind === null ? null : Math.round(wind * 360) / 100)),
    );
  });

  it('read times with a zone of their own, and others as the clock there shows them', () => {
    const first = (text: string, zone?: string) =>
      read([[text, '0', '0', '0', '']], {}, zone).series.fromAt;
    expect(first('2012-07-01T12:00:00Z')).toBe('2012-07-01T12:00:00.000Z');
    expect(first('2012-07-01 12:30+08:00')).toBe('2012-07-01T04:00:00.000Z');
    expect(first('2012/7/1 12')).toBe('2012-07-01T04:00:00.000Z');
    expect(first('2012-07-01 12:00', 'Europe/London')).toBe('2012-07-01T11:00:00.000Z');
  });

  it('find moments over the changes of summer time', () => {
    const shown = (text: string) =>
      new Date(momentShowing(Date.parse(text), 'Europe/London')).toISOString();
    expect(shown('2026-03-29T00:30:00Z')).toBe('2026-03-29T00:30:00.000Z');
    expect(shown('2026-03-29T01:30:00Z'), 'skipped').toBe('2026-03-29T01:30:00.000Z');
    expect(shown('2026-03-29T02:30:00Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(shown('2026-10-25T01:30:00Z'), 'twice').toBe('2026-10-25T00:30:00.000Z');
    expect(shown('2026-10-25T02:30:00Z')).toBe('2026-10-25T02:30:00.000Z');
  });

  it('know the columns of the air of five Chinese cities', () => {
    const uci = 'No,year,month,day,hour,season,TEMP,cbwd,Iws,precipitation,Iprec'.split(',');
    expect(usualColumns(uci)).toMatchObject({ time: null, wind: 'Iws', windSumsBy: 'cbwd' });
    expect(usualColumns(header)).toBeNull();
    const row = ['1', '2010', '1', '1', '5', '4', '-11', 'NW', '1.79', '0', '0'];
    const { series } = readHourTable(uci, [row], usualColumns(uci)!, 'Asia/Shanghai');
    expect(series.fromAt).toBe('2009-12-31T21:00:00.000Z');
  });

  it('are dry where nothing is said of rain', () => {
    const { series } = read([['2012-01-01 00:00', '1', '5', '3', '']], { precipitation: null });
    expect(series).toMatchObject({ precipitationMm: [0], falling: ['none'] });
  });

  it('are refused with a clear word when a column or every time is missing', () => {
    expect(() => read([], { temperature: 'T' })).toThrow(
      new HourTableError('There is no column "T"; there are: at, t, v, mm, from.'),
    );
    expect(() => read([])).toThrow('No row has a time that can be read.');
  });
});
