/** What a layer component needs to know of the map it is drawn on. */
import { createContext, use } from 'react';
import type { MapMouseEvent } from 'maplibre-gl';
import type { Map as MapLibreMap, MapGeoJSONFeature } from 'maplibre-gl';
import type { Slot } from './slots.ts';

export interface MapClick {
  lon: number;
  lat: number;
  /** In pixels from the map's upper left corner. */
  point: { x: number; y: number };
  event: MapMouseEvent;
}

export interface ClickTarget {
  slot: Slot;
  layerIds: string[];
  onClick: (feature: MapGeoJSONFeature, click: MapClick) => void;
}

/** A surface that is everywhere, such as cells: it is asked only when nothing that lies on it was touched. */
export interface GroundTarget {
  /** what a touch there does; null = nothing */
  at: (place: { lon: number; lat: number }) => (() => void) | null;
}

export interface MapHandle {
  map: MapLibreMap;
  /** Counts the styles that were loaded afresh: a layer adds itself again when it changes. */
  styleEpoch: number;
  /** @returns the undo */
  registerClicks(target: ClickTarget): () => void;
  /** @returns the undo */
  registerGround(target: GroundTarget): () => void;
}

export const MapContext = createContext<MapHandle | null>(null);

/** @throws Error outside a MapView */
export function useMap(): MapHandle {
  const handle = use(MapContext);
  if (!handle) throw new Error('useMap needs a MapView above it');
  return handle;
}
