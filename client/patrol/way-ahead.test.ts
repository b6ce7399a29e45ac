import { describe, expect, it } from 'vitest';
import type { RouteLeg } from '../../shared/roads/schema.ts';
import { wayAhead } from './way-ahead.ts';

/** East along the equator for about 1.1 km, then north for as long. */
const leg: RouteLeg = {
  seconds: 240,
  meters: 2_226,
  line: [
    [0, 0],
    [0.01, 0],
    [0.01, 0.01],
  ],
  manoeuvres: [
    { kind: 'depart', street: 'A', meters: 1_113, seconds: 120, at: { lon: 0, lat: 0 } },
    { kind: 'left', street: 'B', meters: 1_113, seconds: 120, at: { lon: 0.01, lat: 0 } },
    { kind: 'arrive', street: null, meters: 0, seconds: 0, at: { lon: 0.01, lat: 0.01 } },
  ],
};

describe('what is left of a way', () => {
  it('is all of it where nobody knows where the team is', () => {
    expect(wayAhead(leg, null)).toMatchObject({
      metersToNext: 1_113,
      metersLeft: 2_226,
      secondsLeft: 240,
      offMeters: 0,
    });
  });
  it('names the next turn and how far it is', () => {
    const ahead = wayAhead(leg, { lon: 0.005, lat: 0 });
    expect(ahead.manoeuvres.map(({ kind }) => kind)).toEqual(['left', 'arrive']);
    expect(ahead.metersToNext).toBeCloseTo(556, -1);
    expect(ahead.secondsLeft).toBeCloseTo(180, 0);
  });
  it('leaves out what has been passed, and ends with arriving', () => {
    const ahead = wayAhead(leg, { lon: 0.01, lat: 0.004 });
    expect(ahead.manoeuvres.map(({ kind }) => kind)).toEqual(['arrive']);
    const there = wayAhead(leg, { lon: 0.01, lat: 0.01 });
    expect(there.metersLeft).toBeCloseTo(0, 0);
    expect(there.metersToNext).toBeCloseTo(0, 0);
  });
  it('says how far they are from the way', () => {
    expect(wayAhead(leg, { lon: 0.005, lat: -0.002 }).offMeters).toBeCloseTo(222.6, 0);
  });
});
