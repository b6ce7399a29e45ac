import { useMemo, useRef } from 'react';
import type { Feature, FeatureCollection } from 'geojson';

/**
 * One feature per item for `useGeoJsonLayer`. An item that is the same object as last time, drawn with the same
 * `look` (anything else its picture depends on), keeps its feature, so only what changed is sent to the map.
 */
export function useFeatures<Item extends object>(
  items: readonly Item[],
  toFeature: (item: Item) => Feature,
  lookOf: (item: Item) => string = plain,
): FeatureCollection {
  const known = useRef(new WeakMap<Item, { look: string; feature: Feature }>());
  const draw = useRef(toFeature);
  if (draw.current !== toFeature) {
    draw.current = toFeature;
    known.current = new WeakMap();
  }
  return useMemo(() => {
    const features = items.map((item) => {
      const look = lookOf(item);
      const before = known.current.get(item);
      if (before?.look === look) return before.feature;
      const feature = toFeature(item);
      known.current.set(item, { look, feature });
      return feature;
    });
    return { type: 'FeatureCollection', features };
  }, [items, toFeature, lookOf]);
}

const plain = (): string => '';

/** A point that `useGeoJsonLayer` can tell from the others. */
export const pointFeature = (
  place: { lon: number; lat: number },
  properties: Record<string, unknown> & { id: string },
): Feature => ({
  type: 'Feature',
  id: properties.id,
  geometry: { type: 'Point', coordinates: [place.lon, place.lat] },
  properties,
});
