import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { CallError } from '../kernel/call-error.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { StationForm } from './station-form.tsx';

vi.mock('../kernel/api.ts', () => ({
  api: { stations: { save: { mutate: vi.fn() }, remove: { mutate: vi.fn() } } },
}));
vi.mock('../ui/notify.tsx', () => ({ notifyDone: vi.fn(), notifyFault: vi.fn() }));
vi.mock('../map/city-map.tsx', () => ({ CityMap: () => null }));

const save = vi.mocked(api.stations.save.mutate);
const house: StationView = {
  id: '01900000-0000-7000-8000-000000000001',
  kind: 'station',
  name: '东站',
  address: '一号路',
  phone: '12345',
  lon: 116.4,
  lat: 39.9,
  bedsTotal: 6,
  bedsFree: 3,
  places: [
    { kind: 'men', total: 4, free: 1, held: 1, taken: 2, blocked: 0 },
    { kind: 'women', total: 2, free: 2, held: 0, taken: 0, blocked: 0 },
  ],
  extra: 0,
  bedsUpdatedAt: '2026-01-05T18:03:00.000Z',
  light: 'free',
  open: true,
  fromHour: 20,
  toHour: 6,
  contact: '',
  setUpMinutes: null,
  openChangedAt: null,
  prepareSince: null,
  removed: false,
};
const type = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const submit = () => fireEvent.click(screen.getByText('Save'));

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('the form of a house', () => {
  it('sends the kinds of places it has, and no others', async () => {
    save.mockImplementation((input) => Promise.resolve(input) as never);
    renderWithin(<StationForm station={house} />);
    expect(screen.getByText('2 taken, 1 held')).toBeTruthy();
    type(/^Women/, '');
    type(/^Wheelchair/, '2');
    submit();
    await waitFor(() => expect(save).toHaveBeenCalledOnce());
    expect(save.mock.calls[0]?.[0]).toMatchObject({
      id: house.id,
      places: [
        { kind: 'men', total: 4 },
        { kind: 'wheelchair', total: 2 },
      ],
      fromHour: 20,
      toHour: 6,
      setUpMinutes: null,
      position: { lon: 116.4, lat: 39.9 },
    });
  });

  it('says at the kind how many are in use, and keeps what was typed', async () => {
    save.mockRejectedValue(
      new CallError('beds_in_use', {
        app: { code: 'beds_in_use', field: 'places.0.total', params: { kind: 'men', least: 3 } },
      }),
    );
    renderWithin(<StationForm station={house} />);
    type(/^Men/, '1');
    submit();
    expect(await screen.findByText('At least 3: taken or held')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>(/^Men/).value).toBe('1');
  });

  it('of a shelter asks who opens it and how long that takes, and leaves the opening to the desk', async () => {
    save.mockImplementation((input) => Promise.resolve(input) as never);
    renderWithin(<StationForm station={{ ...house, kind: 'shelter', setUpMinutes: 40 }} />);
    expect(screen.queryByLabelText(/^Open$/)).toBeNull();
    type(/^Who opens it/, '王 138');
    type(/^Minutes to set up/, '');
    submit();
    await waitFor(() => expect(save).toHaveBeenCalledOnce());
    expect(save.mock.calls[0]?.[0]).toMatchObject({ contact: '王 138', setUpMinutes: null });
  });
});
