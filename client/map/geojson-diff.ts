/** What to tell a large source when a few of its features changed. */
import type { GeoJSONSourceDiff } from 'maplibre-gl';
import type { Feature, FeatureCollection } from 'geojson';

/** Below this a source is sent whole: as fast, and simpler. */
const WHOLE_BELOW = 400;
/** When more than this share changed, sending the whole is cheaper than the pieces. */
const WHOLE_ABOVE_SHARE = 0.4;

export type SourceUpdate =
  | { kind: 'none' }
  | { kind: 'whole' }
  | { kind: 'diff'; diff: GeoJSONSourceDiff };

/**
 * Features are told apart by `properties.id` and compared by reference: a feature that didn't change
 * must be the same object. Without an id on each feature, or with an id twice, the answer is `whole`.
 */
export function sourceUpdate(before: FeatureCollection, after: FeatureCollection): SourceUpdate {
  if (before === after || before.features === after.features) return { kind: 'none' };
  if (after.features.length < WHOLE_BELOW || before.features.length === 0) return { kind: 'whole' };
  const old = byId(before.features);
  if (!old) return { kind: 'whole' };
  const seen = new Set<string | number>();
  const add: Feature[] = [];
  for (const feature of after.features) {
    const id = idOf(feature);
    if (id === null || seen.has(id)) return { kind: 'whole' };
    seen.add(id);
    if (old.get(id) !== feature) add.push(feature);
    old.delete(id);
  }
  const remove = [...old.keys()];
  if (add.length === 0 && remove.length === 0) return { kind: 'none' };
  if (add.length + remove.length > after.features.length * WHOLE_ABOVE_SHARE)
    return { kind: 'whole' };
  return { kind: 'diff', diff: { add, remove } };
}

function idOf(feature: Feature): string | number | null {
  const id: unknown = feature.properties?.id;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function byId(features: Feature[]): Map<string | number, Feature> | null {
  const map = new Map<string | number, Feature>();
  for (const feature of features) {
    const id = idOf(feature);
    if (id === null || map.has(id)) return null;
    map.set(id, feature);
  }
  return map;
}
