/** How a city's own record of its map becomes what a screen draws. */
import type { Basemap as ScreenBasemap } from '../cities/schema.ts';
import type { CityFile } from './schema.ts';

/** The server serves a city's files at `/cities/<slug>/<file>`, with byte ranges. */
export function basemapOf(
  city: Pick<CityFile, 'slug' | 'basemap' | 'attribution' | 'createdAt'> | null,
): ScreenBasemap {
  if (!city) return { kind: 'none' };
  const { basemap, attribution } = city;
  switch (basemap.kind) {
    case 'style':
      return { kind: 'style', url: basemap.url, attribution };
    case 'tianditu':
      return { kind: 'tianditu', key: basemap.key, attribution };
    case 'pmtiles': {
      // A new address after each import, so that no old tile comes from a cache.
      const version = encodeURIComponent(city.createdAt);
      return {
        kind: 'pmtiles',
        url: `/cities/${city.slug}/${basemap.file}?v=${version}`,
        attribution,
      };
    }
  }
}
