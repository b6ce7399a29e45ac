import { describe, expect, it } from 'vitest';
import type { StationView } from '../../shared/stations/schema.ts';
import { publicStation } from './public-view.ts';

const station: StationView = {
  id: '0198a6e0-0000-7000-8000-000000000001',
  kind: 'station',
  name: '东站',
  address: '一号路',
  phone: '12345',
  lon: 116,
  lat: 40,
  bedsTotal: 9,
  bedsFree: 4,
  places: [{ kind: 'men', total: 9, free: 4, held: 2, taken: 3, blocked: 0 }],
  extra: 1,
  bedsUpdatedAt: '2026-01-05T18:14:59.999Z',
  light: 'free',
  open: true,
  fromHour: 0,
  toHour: 0,
  contact: '王 138',
  setUpMinutes: 40,
  openChangedAt: null,
  prepareSince: null,
  removed: false,
};

describe('what everybody may know of a house', () => {
  it('has no counts, nobody to call at home, and not the minute when somebody came', () => {
    expect(publicStation(station)).toEqual({
      ...station,
      bedsTotal: 0,
      bedsFree: 0,
      places: [],
      extra: 0,
      bedsUpdatedAt: '2026-01-05T18:00:00.000Z',
      contact: '',
      setUpMinutes: null,
    });
  });

  it('begins, for a shelter, when it is opened, and ends when it is shut', () => {
    const shelter = { ...station, kind: 'shelter' as const };
    expect(publicStation(shelter).removed).toBe(false);
    const prepared = { ...shelter, open: false, light: 'shut' as const };
    expect(publicStation(prepared)).toMatchObject({ removed: true, address: '', phone: '' });
  });
});
