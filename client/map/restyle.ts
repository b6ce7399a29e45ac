/** Changes the base map's colours and language in place, so that nothing drawn on top is touched. */
import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { deepEqual } from './deep-equal.ts';

/** Both styles must have the same layers; what differs in paint and layout is set. */
export function restyle(map: MapLibreMap, from: StyleSpecification, to: StyleSpecification): void {
  const before = new Map(from.layers.map((layer) => [layer.id, layer]));
  for (const layer of to.layers) {
    const old = before.get(layer.id);
    if (!old || !map.getLayer(layer.id)) continue;
    for (const [name, value] of changes(old.paint ?? {}, layer.paint ?? {})) {
      map.setPaintProperty(layer.id, name as never, value as never, { validate: false });
    }
    for (const [name, value] of changes(old.layout ?? {}, layer.layout ?? {})) {
      map.setLayoutProperty(layer.id, name as never, value as never, { validate: false });
    }
  }
}

/** The properties to set, `undefined` for those that are gone. */
export function changes(before: object, after: object): [string, unknown][] {
  const old = new Map(Object.entries(before));
  const result: [string, unknown][] = [];
  for (const [name, value] of Object.entries(after)) {
    if (!deepEqual(old.get(name), value)) result.push([name, value]);
    old.delete(name);
  }
  for (const name of old.keys()) result.push([name, undefined]);
  return result;
}
