import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DispatchState, DispatchView } from '../../shared/dispatch/schema.ts';
import type { TaskPlan } from '../../shared/planning/schema.ts';
import type { HoldView, StationView } from '../../shared/stations/schema.ts';
import { useConnection } from '../kernel/connection.ts';
import { useHoldStore } from '../stations/holds.ts';
import { useStationsStore } from '../stations/store.ts';
import { useSupplyStore } from '../supplies/store.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { NextStop } from './next-stop.tsx';
import { useTaskPlans } from './task-plans.ts';

const inMinutes = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000).toISOString();
const dispatch = (state: DispatchState): DispatchView => ({
  id: 'd1',
  clusterId: 'c1',
  recheckId: null,
  teamId: 't1',
  state,
  supporting: false,
  target: { lon: 116.4, lat: 39.9 },
  note: '',
  declineReason: null,
  offeredAt: inMinutes(-2),
  acceptedAt: null,
  enRouteAt: null,
  onSceneAt: null,
  endedAt: null,
});
const at = { lon: 116.4, lat: 39.9, leaveAt: inMinutes(40), lateMinutes: 0, estimated: true };
const task: TaskPlan = {
  dispatchId: 'd1',
  stop: {
    ...at,
    kind: 'visit',
    jobId: 'cluster:c1',
    clusterId: 'c1',
    recheckId: null,
    dispatchId: 'd1',
    state: 'sent',
    change: null,
    headcount: 2,
    items: [
      { item: 'quilt', quantity: 3 },
      { item: 'food', quantity: 2 },
    ],
    bed: { stationId: 's1', kind: 'women', places: 1, holdId: 'h1' },
    deadlineAt: inMinutes(10),
    lateMinutes: 6,
    arriveAt: inMinutes(16),
    wayMinutes: 16,
    wayMeters: 4_300,
    reasons: [{ code: 'soonest', minutes: 16 }, { code: 'only_one_able' }],
    alternatives: [],
  },
  // oxlint-disable-next-line unicorn/no-thenable -- the name of what comes afterwards, in data
  then: {
    ...at,
    kind: 'station',
    stationId: 's1',
    jobIds: ['cluster:c1'],
    people: 1,
    arriveAt: inMinutes(55),
    wayMinutes: 12,
    wayMeters: 3_000,
  },
  next: null,
};
const hold: HoldView = {
  id: 'h1',
  stationId: 's1',
  kind: 'women',
  places: 1,
  state: 'held',
  withinPlaces: true,
  dispatchId: 'd1',
  teamId: 't1',
  clusterId: 'c1',
  encounterId: null,
  expectedAt: inMinutes(55),
  expiresAt: inMinutes(85),
  createdAt: inMinutes(-1),
  endedAt: null,
};
const station = { id: 's1', name: 'North station', phone: '110', places: [] } as unknown;

const show = (state: DispatchState) => renderWithin(<NextStop dispatch={dispatch(state)} />);

beforeEach(() => {
  useConnection.setState({ state: 'live' });
  useHoldStore.setState({ byId: new Map([['h1', hold]]) });
  useStationsStore.setState({ byId: new Map([['s1', station as StationView]]) });
  useSupplyStore.setState({
    stocks: new Map([
      [
        'team:t1',
        {
          store: { kind: 'team', id: 't1' },
          levels: [
            { item: 'quilt', quantity: 1 },
            { item: 'food', quantity: 9 },
          ],
          changedAt: inMinutes(-5),
        },
      ],
    ]),
  });
  useTaskPlans.setState({ byDispatch: new Map([['d1', { task, at: inMinutes(0) }]]), way: null });
});
afterEach(cleanup);

describe('the next stop of a crew', () => {
  it('says how far, that it is an estimate, how late, what to take and what is missing', () => {
    show('accepted');
    expect(screen.getByText('about 16 min (estimate)')).toBeDefined();
    expect(screen.getByText('4.3 km')).toBeDefined();
    expect(screen.getByText(/as it is, 6 min late/)).toBeDefined();
    expect(screen.getByText('2 missing')).toBeDefined();
    expect(screen.getByText('9 aboard')).toBeDefined();
  });

  it('names the bed that is held and until when, and the house they go to afterwards', () => {
    show('en_route');
    expect(screen.getByText(/North station, Women, 1 place · until/)).toBeDefined();
    expect(screen.getByText(/to North station, about/)).toBeDefined();
  });

  it('gives its reasons before anybody has to answer, and a tap away afterwards', () => {
    const offered = show('offered');
    expect(screen.getByText('Why it was planned so').closest('details')!.open).toBe(true);
    offered.unmount();
    show('accepted');
    expect(screen.getByText('Why it was planned so').closest('details')!.open).toBe(false);
  });

  it('has nothing to say where there is no plan of it, and its age where it is old', () => {
    expect(screen.queryByText(/As planned/)).toBeNull();
    useTaskPlans.setState({ byDispatch: new Map([['d1', { task, at: inMinutes(-25) }]]) });
    const old = show('en_route');
    expect(screen.getByText('As planned 25 min ago')).toBeDefined();
    old.unmount();
    useTaskPlans.setState({ byDispatch: new Map() });
    const { container } = show('en_route');
    expect(container.querySelector('section')).toBeNull();
  });

  it('tells the next turn of a road that is known, and the others on a tap', () => {
    const line: [number, number][] = [
      [116.38, 39.9],
      [116.4, 39.9],
    ];
    const turns = [
      { kind: 'depart' as const, street: null, meters: 900, seconds: 90 },
      { kind: 'left' as const, street: 'East Road', meters: 800, seconds: 80 },
      { kind: 'arrive' as const, street: null, meters: 0, seconds: 0 },
    ].map((turn, index) => ({ ...turn, at: { lon: 116.38 + index / 100, lat: 39.9 } }));
    const leg = { seconds: 170, meters: 1_700, line, manoeuvres: turns };
    useTaskPlans.setState({
      way: { dispatchId: 'd1', to: '', leg, estimated: false, at: inMinutes(0) },
    });
    show('en_route');
    expect(screen.getByText('3 min')).toBeDefined();
    const next = screen.getByText('in 900 m: Turn left into East Road').closest('button')!;
    fireEvent.click(next);
    expect(screen.getByText('You have arrived')).toBeDefined();
  });
});
