import { describe, expect, it } from 'vitest';
import { placementOf } from './cap-area.ts';
import type { Bounds } from './cap-area.ts';

const city: Bounds = [116.1, 39.6, 116.7, 40.2];

describe('an area', () => {
  it.each([
    ['around the whole city', ['39,116 39,117 41,117 41,116 39,116'], [], 'touches'],
    ['inside of it', ['39.9,116.3 39.9,116.4 39.95,116.4'], [], 'touches'],
    ['across it without a corner in it', ['39.9,115 39.9,118 39.91,118 39.91,115'], [], 'touches'],
    ['beside it', ['39,118 41,118 41,119 39,119'], [], 'elsewhere'],
    ['around it with a hole of its shape', ['39,115 39,118 39.5,118 39.5,115'], [], 'elsewhere'],
    ['a circle that reaches it', [], ['39.9,117.0 30'], 'touches'],
    ['a circle that doesn’t', [], ['39.9,117.0 20'], 'elsewhere'],
    ['a circle of no width in it', [], ['39.9,116.4 0'], 'touches'],
    ['not drawn', [], [], 'unplaced'],
    ['drawn wrongly', ['39,116 39'], [], 'unplaced'],
    ['drawn as longitude before latitude', ['116.3,39.9 116.4,39.9 116.4,39.95'], [], 'unplaced'],
  ] as const)('%s %j %j: %s', (_where, polygons, circles, placement) => {
    expect(placementOf(polygons, circles, city)).toBe(placement);
  });
});
