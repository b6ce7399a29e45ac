import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { TILE_LAYERS } from '../../shared/basemap/schema.ts';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { MapBasemap } from './basemap.ts';
import { guardRequests } from './requests.ts';
import { changes } from './restyle.ts';
import { SLOTS, slotMarkerId } from './slots.ts';
import { buildStyle } from './style.ts';

const bounds: Bounds = [125.5, 44.3, 125.7, 44.4];
const ours: MapBasemap = {
  kind: 'pmtiles',
  url: '/cities/nuanhe/basemap.pmtiles',
  attribution: 'x',
};
const tianditu: MapBasemap = { kind: 'tianditu', key: 'abcdefgh12345678', attribution: 'x' };
const cases = [ours, tianditu, { kind: 'none' } as const].flatMap((basemap) =>
  (['night', 'day'] as const).flatMap((theme) =>
    (['zh', 'en'] as const).map((language) => ({
      name: `${basemap.kind} ${theme} ${language}`,
      basemap,
      theme,
      language,
      bounds,
    })),
  ),
);

describe('the style of the map', () => {
  it.each(cases)('is valid and has every slot in order: $name', (input) => {
    const style = buildStyle(input);
    expect(style).not.toBeNull();
    if (!style) return;
    expect(validateStyleMin(style).map(({ message }) => message)).toEqual([]);
    const markers = style.layers.map(({ id }) => id).filter((id) => id.startsWith('slot-end-'));
    expect(markers).toEqual(SLOTS.map(slotMarkerId));
  });

  it('keeps the same layers by night and day, in Chinese and English, so that it can change in place', () => {
    const ids = cases
      .filter(({ basemap }) => basemap === ours)
      .map((input) =>
        buildStyle(input)
          ?.layers.map(({ id, type }) => `${id} ${type}`)
          .join(),
      );
    expect(new Set(ids).size).toBe(1);
  });

  it('draws only layers that the tiles have, and the names above the cold cells', () => {
    const style = buildStyle({ basemap: ours, theme: 'night', language: 'zh', bounds });
    const layers = style?.layers ?? [];
    for (const layer of layers) {
      if ('source-layer' in layer) expect(TILE_LAYERS).toContain(layer['source-layer']);
    }
    const at = (id: string): number => layers.findIndex((layer) => layer.id === id);
    expect(at('label-place-district')).toBeGreaterThan(at(slotMarkerId('cells')));
    expect(at('label-place-district')).toBeLessThan(at(slotMarkerId('sightings')));
  });
});

describe('changing a style in place', () => {
  it('sets what differs and unsets what is gone', () => {
    expect(changes({ a: 1, b: ['get', 'x'], c: 3 }, { a: 1, b: ['get', 'y'] })).toEqual([
      ['b', ['get', 'y']],
      ['c', undefined],
    ]);
  });
});

describe('the map asks only our own server', () => {
  const origin = 'https://nuanxun.example';
  it('lets our own addresses pass and stops every other', () => {
    const guard = guardRequests(origin, () => false);
    expect(guard(`${origin}/cities/nuanhe/basemap.pmtiles`)).toBeUndefined();
    expect(guard(`pmtiles://${origin}/cities/nuanhe/basemap.pmtiles/6/1/2`)).toBeUndefined();
    expect(() => guard('https://elsewhere.example/tile.png')).toThrow('elsewhere.example');
    expect(() => guard('pmtiles://https://elsewhere.example/a.pmtiles')).toThrow(
      'only our own server',
    );
  });

  it('lets others pass when a map elsewhere was configured', () => {
    expect(
      guardRequests(origin, () => true)('https://t0.tianditu.gov.cn/vec_w/wmts'),
    ).toBeUndefined();
  });
});
