import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HoldView, StationView, StayView } from '../../shared/stations/schema.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { Arrivals } from './arrivals.tsx';
import { useHoldStore } from './holds.ts';
import { PlacesTable } from './places-table.tsx';
import { Residents } from './residents.tsx';
import { Saturation } from './saturation.tsx';
import { useStationsStore } from './store.ts';
import { WalkIn } from './walk-in.tsx';

const calls = vi.hoisted(() => ({
  checkIn: vi.fn(),
  checkOut: vi.fn(),
  setFreeBeds: vi.fn(),
  decideShelter: vi.fn(),
  releaseHold: vi.fn(),
}));
vi.mock('../kernel/api.ts', () => ({
  api: {
    stations: Object.fromEntries(Object.entries(calls).map(([name, mutate]) => [name, { mutate }])),
  },
}));

const inMinutes = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000).toISOString();
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
  expectedAt: inMinutes(12),
  expiresAt: inMinutes(42),
  createdAt: inMinutes(-3),
  endedAt: null,
};
const station: StationView = {
  id: 's1',
  kind: 'station',
  name: 'North station',
  address: '',
  phone: '',
  lon: 0,
  lat: 0,
  bedsTotal: 12,
  bedsFree: 3,
  places: [
    { kind: 'men', total: 8, free: 3, held: 0, taken: 4, blocked: 1 },
    { kind: 'women', total: 4, free: 0, held: 1, taken: 3, blocked: 0 },
  ],
  extra: 0,
  bedsUpdatedAt: inMinutes(-5),
  light: 'free',
  open: true,
  fromHour: 0,
  toHour: 0,
  contact: '',
  setUpMinutes: null,
  openChangedAt: null,
  prepareSince: null,
  removed: false,
};
const button = (name: RegExp | string) =>
  screen.getByText(name).closest<HTMLButtonElement>('button')!;
const refused = Object.assign(new Error('refused'), { data: { app: { code: 'hold_over' } } });

beforeEach(() => {
  useHoldStore.setState({ byId: new Map([[hold.id, hold]]) });
  useStationsStore.setState({ byId: new Map([[station.id, station]]) });
});
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('who is on the way to a house', () => {
  const show = (mayCheckIn = true) =>
    renderWithin(<Arrivals stationId="s1" teamName={() => 'Outreach 1'} mayCheckIn={mayCheckIn} />);

  it('says when, with whom and which place, and marks who is late', () => {
    show();
    expect(screen.getByText(/Women · 1 place · with Outreach 1/)).toBeDefined();
    expect(screen.queryByText(/late/)).toBeNull();
    cleanup();
    useHoldStore.setState({ byId: new Map([['h1', { ...hold, expectedAt: inMinutes(-8) }]]) });
    show();
    expect(screen.getByText(/8 min late/)).toBeDefined();
  });

  it('checks in with one tap and its label; after a failed try the number is still there and it is the same stay', async () => {
    calls.checkIn.mockRejectedValueOnce(refused).mockResolvedValueOnce({});
    show();
    const label = screen.getByLabelText<HTMLInputElement>(/Bed or number/);
    fireEvent.change(label, { target: { value: 'W-04' } });
    fireEvent.click(button('Arrived: check in'));
    await screen.findByRole('alert');
    expect(label.value).toBe('W-04');
    fireEvent.click(button('Arrived: check in'));
    await waitFor(() => expect(calls.checkIn).toHaveBeenCalledTimes(2));
    const [first, second] = calls.checkIn.mock.calls.map(([stay]) => stay as { id: string });
    expect(second).toEqual(first);
    expect(first).toMatchObject({ holdId: 'h1', kind: 'women', how: 'escorted', label: 'W-04' });
    await waitFor(() => expect(label.value).toBe(''));
  });

  it('has nothing to press for who only looks, and says so when nobody comes', () => {
    show(false);
    expect(screen.queryByText('Arrived: check in')).toBeNull();
    cleanup();
    useHoldStore.setState({ byId: new Map() });
    show();
    expect(screen.getByText('Nobody is on the way here now')).toBeDefined();
  });
});

describe('somebody at the door', () => {
  it('is given a place by hand, also one beyond what is free', async () => {
    calls.checkIn.mockResolvedValue({});
    renderWithin(<WalkIn station={station} />);
    fireEvent.click(button('Somebody came by themselves'));
    expect(button('Check in').disabled).toBe(true);
    fireEvent.click(button('Women: 0 free'));
    expect(screen.getByText(/as an extra bed/)).toBeDefined();
    fireEvent.click(button('Check in'));
    await waitFor(() => expect(calls.checkIn).toHaveBeenCalledOnce());
    expect(calls.checkIn.mock.calls[0]![0]).toMatchObject({
      stationId: 's1',
      kind: 'women',
      how: 'walk_in',
      holdId: null,
    });
  });
});

describe('who is in the house', () => {
  const stay: StayView = {
    id: 'y1',
    stationId: 's1',
    kind: 'men',
    withinPlaces: true,
    how: 'walk_in',
    holdId: null,
    encounterId: null,
    label: 'M07',
    note: '',
    arrivedAt: inMinutes(-12 * 24 * 60),
    leftAt: null,
    leftTo: '',
    days: 12,
    longStay: true,
  };
  it('marks long stays, and asks where somebody goes', async () => {
    calls.checkOut.mockResolvedValue({});
    const reload = vi.fn();
    renderWithin(<Residents stays={{ answer: [stay], fault: null, reload }} mayCheckOut />);
    expect(screen.getByText('10 days or more')).toBeDefined();
    fireEvent.click(screen.getByLabelText('Check out: M07'));
    fireEvent.change(screen.getByLabelText('Where to'), { target: { value: 'home by train' } });
    fireEvent.click(button('Check out'));
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    expect(calls.checkOut).toHaveBeenCalledWith({ id: 'y1', leftTo: 'home by train' });
  });
});

describe('the places of a house', () => {
  it('are counted by kind, and corrected for one kind alone', async () => {
    calls.setFreeBeds.mockResolvedValue({});
    renderWithin(<PlacesTable station={station} mayCorrect />);
    const men = screen.getByRole('group', { name: 'Men' });
    expect(within(men).getByText('8 in all')).toBeDefined();
    fireEvent.click(screen.getByLabelText('Correct the free places: Men'));
    fireEvent.click(screen.getByLabelText('Free by count: One fewer'));
    fireEvent.click(button('Save'));
    await waitFor(() => expect(calls.setFreeBeds).toHaveBeenCalledOnce());
    expect(calls.setFreeBeds).toHaveBeenCalledWith({ stationId: 's1', kind: 'men', free: 2 });
  });
});

describe('a house that fills', () => {
  const shelter = { ...station, id: 's2', kind: 'shelter' as const, name: 'Hall', open: false };
  const filling = {
    stationId: 's1',
    perHour: 2,
    windowHours: 3,
    hoursToFull: 1.5,
    proposals: [{ shelterId: 's2', readyInMinutes: 120, places: 40, distanceMeters: 900 }],
  };
  it('says when, and which shelter could open, with a reason that is kept', async () => {
    calls.decideShelter.mockResolvedValue({});
    useStationsStore.setState({
      byId: new Map([
        ['s1', station],
        ['s2', shelter],
      ]),
    });
    renderWithin(<Saturation station={station} saturation={filling} mayDecide />);
    expect(screen.getByText(/full in about 1 h 30 min/)).toBeDefined();
    expect(screen.getByText('not in time')).toBeDefined();
    fireEvent.click(screen.getByLabelText('Open Hall'));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('Reason'), { target: { value: 'cold wave' } });
    fireEvent.click(within(dialog).getByText('Open').closest('button')!);
    await waitFor(() => expect(calls.decideShelter).toHaveBeenCalledOnce());
    expect(calls.decideShelter.mock.calls[0]![0]).toMatchObject({
      stationId: 's2',
      open: true,
      reason: 'cold wave',
    });
  });
  it('says of prepared shelters that they are not needed yet, and that there are none only then', () => {
    const calm = { ...filling, hoursToFull: 9, proposals: [] };
    useStationsStore.setState({ byId: new Map([['s2', shelter]]) });
    renderWithin(<Saturation station={station} saturation={calm} mayDecide />);
    expect(screen.getByText('1 shelter is prepared; it needn’t open yet')).toBeDefined();
    act(() => useStationsStore.setState({ byId: new Map([['s2', { ...shelter, open: true }]]) }));
    expect(screen.getByText('All prepared shelters are open')).toBeDefined();
    act(() => useStationsStore.setState({ byId: new Map() }));
    expect(screen.getByText('No shelter is prepared')).toBeDefined();
  });
});
