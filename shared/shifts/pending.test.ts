import { describe, expect, it } from 'vitest';
import type { FieldAction } from '../field/schema.ts';
import { runningShift } from './pending.ts';
import type { ShiftView } from './schema.ts';

const first = '01990000-0000-7000-8000-000000000001';
const second = '01990000-0000-7000-8000-000000000002';
const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 12, minute)).toISOString();
let count = 0;
const base = (minute: number) => ({
  id: `01990000-0000-7000-8000-0000000001${String(++count).padStart(2, '0')}`,
  at: at(minute),
});
const start = (id: string, minute: number): FieldAction => ({
  kind: 'shift.start',
  ...base(minute),
  shift: {
    id,
    areaId: null,
    vehicle: '',
    members: [
      { name: 'Li', agency: 'civil_affairs' },
      { name: 'Wang', agency: 'police' },
    ],
    checkInMinutes: 30,
  },
});
const end = (shiftId: string, minute: number): FieldAction => ({
  kind: 'shift.end',
  ...base(minute),
  shiftId,
});
const checkIn = (shiftId: string, minute: number): FieldAction => ({
  kind: 'shift.checkIn',
  ...base(minute),
  shiftId,
});
const known = (id: string, change: Partial<ShiftView> = {}): ShiftView => ({
  id,
  teamId: 'own',
  areaId: null,
  vehicle: '',
  memberCount: 1,
  agencies: ['civil_affairs'],
  startedAt: at(0),
  endedAt: null,
  checkInMinutes: 30,
  lastCheckInAt: at(0),
  checkInDueAt: at(30),
  ...change,
});

describe('the own shift', () => {
  it('runs from the tap, without the server', () => {
    expect(runningShift('own', [], [start(first, 5)])).toMatchObject({
      id: first,
      memberCount: 2,
      agencies: ['civil_affairs', 'police'],
      checkInDueAt: at(35),
    });
  });
  it('is over with the tap, though the server still shows it', () => {
    expect(runningShift('own', [known(first)], [end(first, 40)])).toBeNull();
  });
  it('moves the next sign of life with each one given', () => {
    const actions = [start(first, 0), checkIn(first, 20)];
    expect(runningShift('own', [], actions)?.checkInDueAt).toBe(at(50));
    // an old one that is still waiting doesn't take back what the server heard since
    const heard = known(first, { lastCheckInAt: at(25), checkInDueAt: at(55) });
    expect(runningShift('own', [heard], actions)?.checkInDueAt).toBe(at(55));
  });
  it('isn’t begun again by a start whose answer was lost', () => {
    const over = known(first, { endedAt: at(50) });
    expect(runningShift('own', [over], [start(first, 0)])).toBeNull();
  });
  it('is the later one when the last was never ended', () => {
    expect(runningShift('own', [known(first)], [start(second, 60)])?.id).toBe(second);
  });
  it('is not that of another team', () => {
    expect(runningShift('own', [known(first, { teamId: 'other' })], [])).toBeNull();
  });
});
