import { describe, expect, it } from 'vitest';
import { coldestAhead } from './coldest.ts';

const hours = {
  fromAt: '2026-01-05T10:00:00.000Z',
  temperatureCelsius: [-20, -5, null, -9, -7],
  windKmh: [0, 0, null, 0, 0],
  precipitationMm: [0, 0, null, 0, 0],
  falling: [null, null, null, null, null],
};

describe('the coldest hour ahead', () => {
  it('is of this hour or later, over what nobody told', () => {
    expect(coldestAhead(hours, Date.parse('2026-01-05T11:40:00.000Z'), 12)).toEqual({
      at: '2026-01-05T13:00:00.000Z',
      feltCelsius: -9,
    });
  });
  it('is none where nothing is told', () => {
    expect(coldestAhead(hours, Date.parse('2026-01-06T11:40:00.000Z'), 12)).toBeNull();
  });
});
