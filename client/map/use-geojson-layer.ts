/** The primitive under every layer component: a GeoJSON source and its style layers in one slot. */
import { useEffect, useEffectEvent, useRef } from 'react';
import type { FeatureCollection } from 'geojson';
import type {
  GeoJSONSource,
  GeoJSONSourceSpecification,
  Map as MapLibreMap,
  MapGeoJSONFeature,
} from 'maplibre-gl';
import type {
  CircleLayerSpecification,
  FillLayerSpecification,
  HeatmapLayerSpecification,
  LineLayerSpecification,
  SymbolLayerSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { sourceUpdate } from './geojson-diff.ts';
import { useMap } from './map-context.ts';
import type { MapClick } from './map-context.ts';
import { changes } from './restyle.ts';
import { deepEqual } from './deep-equal.ts';
import { OWN_PREFIX, slotMarkerId } from './slots.ts';
import type { Slot } from './slots.ts';

type Without<T> = T extends unknown ? Omit<T, 'source'> : never;
/** A style layer without its source; `id` need only be unique within the component. */
export type OwnLayer = Without<
  | CircleLayerSpecification
  | FillLayerSpecification
  | HeatmapLayerSpecification
  | LineLayerSpecification
  | SymbolLayerSpecification
>;

export interface GeoJsonLayerOptions {
  /** Unique on the map. */
  id: string;
  slot: Slot;
  /**
   * A new object when something changed. Features carry `properties.id`, unique; one that didn't
   * change stays the same object, so that a large source is sent only what changed.
   */
  data: FeatureCollection;
  /** Lowest first. Keep the array's identity, or memoize it by theme. */
  layers: readonly OwnLayer[];
  /** Grouping for display, and the like. Fixed for the component's life. */
  source?: Omit<GeoJSONSourceSpecification, 'type' | 'data' | 'promoteId'>;
  /** Makes the layers answer to a click or tap; the topmost thing on the map wins. */
  onClick?: (feature: MapGeoJSONFeature, click: MapClick) => void;
  /** Only these layers (by their own ids) answer; default: all. */
  clickLayers?: readonly string[];
}

export function sourceIdOf(id: string): string {
  return `${OWN_PREFIX}${id}`;
}

export function layerIdOf(id: string, layerId: string): string {
  return `${OWN_PREFIX}${id}-${layerId}`;
}

export function useGeoJsonLayer(options: GeoJsonLayerOptions): void {
  const { map, styleEpoch, registerClicks } = useMap();
  const { id, slot, data, layers } = options;
  const shown = useRef<{ data: FeatureCollection; layers: readonly OwnLayer[] } | null>(null);
  const current = useEffectEvent(() => options);

  useEffect(() => {
    const { data, layers, source } = current();
    map.addSource(sourceIdOf(id), { ...source, type: 'geojson', data, promoteId: 'id' });
    for (const layer of layers) addLayer(map, id, slot, layer);
    shown.current = { data, layers };
    return () => {
      shown.current = null;
      removeAll(map, id);
    };
  }, [map, styleEpoch, id, slot]);

  useEffect(() => {
    const before = shown.current;
    const source = map.getSource<GeoJSONSource>(sourceIdOf(id));
    if (!before || !source || before.data === data) return;
    const update = sourceUpdate(before.data, data);
    if (update.kind === 'whole') void source.setData(data);
    else if (update.kind === 'diff') void source.updateData(update.diff);
    before.data = data;
  }, [map, styleEpoch, id, data]);

  useEffect(() => {
    const before = shown.current;
    if (!before || before.layers === layers) return;
    updateLayers(map, id, slot, before.layers, layers);
    before.layers = layers;
  }, [map, styleEpoch, id, slot, layers]);

  const clicked = useEffectEvent((feature: MapGeoJSONFeature, click: MapClick) =>
    options.onClick?.(feature, click),
  );
  const answers = options.onClick !== undefined;
  const answering = (options.clickLayers ?? layers.map((layer) => layer.id)).join('\n');
  useEffect(() => {
    if (!answers) return undefined;
    const layerIds = answering.split('\n').map((layerId) => layerIdOf(id, layerId));
    return registerClicks({ slot, layerIds, onClick: (feature, click) => clicked(feature, click) });
  }, [registerClicks, id, slot, answers, answering]);
}

function addLayer(map: MapLibreMap, id: string, slot: Slot, layer: OwnLayer): void {
  const marker = slotMarkerId(slot);
  const before = map.getLayer(marker) ? marker : undefined;
  map.addLayer({ ...layer, id: layerIdOf(id, layer.id), source: sourceIdOf(id) }, before);
}

function removeAll(map: MapLibreMap, id: string): void {
  // After the map itself was removed, or its style replaced, there is nothing left to take away.
  if (!map.style || !map.getSource(sourceIdOf(id))) return;
  for (const layerId of map.getLayersOrder()) {
    if (map.getLayer(layerId)?.source === sourceIdOf(id)) map.removeLayer(layerId);
  }
  map.removeSource(sourceIdOf(id));
}

function updateLayers(
  map: MapLibreMap,
  id: string,
  slot: Slot,
  before: readonly OwnLayer[],
  after: readonly OwnLayer[],
): void {
  const sameShape =
    before.length === after.length &&
    before.every((layer, i) => layer.id === after[i]?.id && layer.type === after[i].type);
  if (!sameShape) {
    for (const layer of before)
      if (map.getLayer(layerIdOf(id, layer.id))) map.removeLayer(layerIdOf(id, layer.id));
    for (const layer of after) addLayer(map, id, slot, layer);
    return;
  }
  after.forEach((layer, i) => {
    const old = before[i];
    const full = layerIdOf(id, layer.id);
    if (!old || !map.getLayer(full)) return;
    if (!deepEqual(old.filter, layer.filter)) map.setFilter(full, layer.filter ?? null);
    for (const [name, value] of changes(old.paint ?? {}, layer.paint ?? {}))
      map.setPaintProperty(full, name as never, value as never);
    for (const [name, value] of changes(old.layout ?? {}, layer.layout ?? {}))
      map.setLayoutProperty(full, name as never, value as never);
    if (old.minzoom !== layer.minzoom || old.maxzoom !== layer.maxzoom) {
      map.setLayerZoomRange(full, layer.minzoom ?? 0, layer.maxzoom ?? 24);
    }
  });
}
