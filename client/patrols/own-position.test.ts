import { describe, expect, it } from 'vitest';
import { isInCity, isWorthSending, reportOf } from './own-position.ts';

const at = (seconds: number, lat = 43.9) => ({
  position: { lon: 125.3, lat },
  accuracyMeters: 8,
  headingDegrees: null,
  at: new Date(1_700_000_000_000 + seconds * 1000).toISOString(),
});
const coords = (heading: number | null, accuracy = 8) =>
  ({ longitude: 125.3, latitude: 43.9, accuracy, heading }) as GeolocationCoordinates;

describe('a team’s own position', () => {
  it('is sent every five seconds, or sooner after fifteen metres', () => {
    expect(isWorthSending(null, at(0))).toBe(true);
    expect(isWorthSending(at(0), at(3))).toBe(false);
    expect(isWorthSending(at(0), at(5))).toBe(true);
    expect(isWorthSending(at(0), at(2, 43.9002))).toBe(true);
    expect(isWorthSending(at(0), at(0.5, 43.9002))).toBe(false);
  });
  it('has a heading only when the device knows one', () => {
    expect(reportOf(coords(null), at(0).at).headingDegrees).toBeNull();
    expect(reportOf(coords(Number.NaN), at(0).at).headingDegrees).toBeNull();
    expect(reportOf(coords(360), at(0).at).headingDegrees).toBe(0);
  });
  it('is never said rougher than the server takes it', () => {
    expect(reportOf(coords(null, 90_000), at(0).at).accuracyMeters).toBe(5000);
  });
  it('is kept to oneself far outside the city', () => {
    const bounds = [125, 43, 126, 44] as const;
    expect(isInCity({ lon: 126.2, lat: 43.5 }, bounds)).toBe(true);
    expect(isInCity({ lon: 13.4, lat: 52.5 }, bounds)).toBe(false);
  });
});
