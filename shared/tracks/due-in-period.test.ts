import { describe, expect, it } from 'vitest';
import { dueInPeriod } from './due-in-period.ts';
import type { PeriodOfPoints, VisitOfPoint } from './due-in-period.ts';

const at = (text: string) => Date.parse(`2026-01-${text}:00.000+08:00`);
/** 20:00–06:00, every two hours, hourly on a cold night */
const bridge = { fromHour: 20, toHour: 6, normalEveryMinutes: 120, coldEveryMinutes: 60 };
const night: PeriodOfPoints = {
  from: at('05T20:00'),
  to: at('06T06:00'),
  now: at('07T00:00'),
  coldSpans: [],
  timeZone: 'Asia/Shanghai',
  teamId: null,
};
const visit = (text: string, more: Partial<VisitOfPoint> = {}): VisitOfPoint => ({
  at: at(text),
  how: 'dwell',
  teamId: 'north',
  ...more,
});
const sum = (visits: VisitOfPoint[], period: Partial<PeriodOfPoints> = {}, keyPoint = bridge) =>
  dueInPeriod([{ keyPoint, visits }], { ...night, ...period });

describe('key points in a period', () => {
  it('are due once they would have waited too long, and overdue when they did', () => {
    expect(sum([])).toEqual({
      due: 1,
      visited: 0,
      visitedByDwell: 0,
      visitedByRecord: 0,
      overdue: 1,
    });
    const often = ['21:30', '23:00'].map((time) => visit(`05T${time}`));
    const on = ['00:50', '02:40', '04:30'].map((time) => visit(`06T${time}`));
    expect(sum([...often, ...on])).toMatchObject({ due: 1, visited: 1, overdue: 0 });
    expect(sum(often)).toMatchObject({ visited: 1, overdue: 1 });
  });

  it('are not due in a period that is shorter than their interval, or out of their hours', () => {
    expect(sum([visit('05T21:00')], { from: at('05T21:30'), to: at('05T22:30') })).toMatchObject({
      due: 0,
    });
    expect(sum([], { from: at('05T08:00'), to: at('05T18:00') })).toMatchObject({ due: 0 });
  });

  it('are due more often while a cold night is in force', () => {
    const cold = [{ start: at('05T21:00'), end: Infinity, factor: 1 }];
    const period = { from: at('05T21:00'), to: at('05T22:30') };
    expect(sum([visit('05T20:50')], period)).toMatchObject({ due: 0 });
    expect(sum([visit('05T20:50')], { ...period, coldSpans: cold })).toMatchObject({
      due: 1,
      overdue: 1,
    });
  });

  it('say how they were seen, and by this team', () => {
    const recorded = visit('05T23:00', { how: 'recorded', teamId: 'south' });
    expect(sum([recorded])).toMatchObject({ visitedByDwell: 0, visitedByRecord: 1 });
    expect(sum([recorded, visit('06T00:10')])).toMatchObject({
      visitedByDwell: 1,
      visitedByRecord: 0,
    });
    expect(sum([recorded], { teamId: 'north' })).toMatchObject({ due: 1, visited: 0 });
  });

  it('to be seen once in their hours are late at their end', () => {
    const once = { ...bridge, normalEveryMinutes: 24 * 60 };
    expect(sum([], {}, once)).toMatchObject({ due: 1, overdue: 1 });
    expect(sum([visit('06T01:00')], {}, once)).toMatchObject({ due: 1, visited: 1, overdue: 0 });
    expect(sum([], { now: at('06T03:00') }, once)).toMatchObject({ due: 1, overdue: 0 });
    expect(sum([], { to: at('06T03:00') }, once)).toMatchObject({ due: 0 });
  });
});
