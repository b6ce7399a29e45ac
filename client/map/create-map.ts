/** Makes a MapLibre map with what every map of the product has in common. */
import { Map as MapLibreMap, ScaleControl, VectorTileSource } from 'maplibre-gl';
import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Bounds } from '../../shared/basemap/schema.ts';
import { useConnection } from '../kernel/connection.ts';
import { fontFamily } from '../ui/tokens.ts';
import { basemapKey, needsOutsideRequests } from './basemap.ts';
import type { MapBasemap } from './basemap.ts';
import { ClickRouter } from './clicks.ts';
import type { MapClick } from './map-context.ts';
import type { MapFault, MapViewProps, MapViewState } from './map-view-props.ts';
import { guardRequests } from './requests.ts';
import { setUpMapLibre } from './setup.ts';
import { SLOTS_OVER_LABELS, SLOTS_UNDER_LABELS, slotMarkerId } from './slots.ts';
import { buildStyle, slotMarker } from './style.ts';

export interface CreatedMap {
  map: MapLibreMap;
  clicks: ClickRouter;
  /** What lies underneath now. */
  ground: { key: string; style: StyleSpecification | null };
  setBasemap(basemap: MapBasemap): void;
  /** Runs now, or when the style that is loading has come. */
  whenStyled(run: () => void): void;
  destroy(): void;
}

interface Callbacks {
  onStyle: () => void;
  onFault: (fault: MapFault | null) => void;
  onView: (view: MapViewState) => void;
  onMiss: (click: MapClick) => void;
}

const MAX_ZOOM = 19;
const FARTHEST = 0.6;
/** A server that restarts is back within this time. */
const RETRY_MS = 10_000;

/** Null when the browser can't draw maps; `onFault` was told. */
export function createMap(
  container: HTMLElement,
  props: MapViewProps,
  callbacks: Callbacks,
): CreatedMap | null {
  setUpMapLibre();
  let basemap = props.basemap;
  const style = buildStyle(props);
  let map: MapLibreMap;
  try {
    map = new MapLibreMap({
      container,
      style:
        style ?? (basemap.kind === 'style' ? basemap.url : { version: 8, sources: {}, layers: [] }),
      ...firstView(props),
      maxBounds: widen(props.bounds),
      maxZoom: MAX_ZOOM,
      attributionControl: basemap.kind === 'style' ? { compact: false } : false,
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      renderWorldCopies: false,
      localIdeographFontFamily: fontFamily,
      fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150,
      transformRequest: guardRequests(location.origin, () => needsOutsideRequests(basemap)),
    });
  } catch (error) {
    console.error(error);
    callbacks.onFault('graphics');
    return null;
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left');
  const clicks = new ClickRouter(map);
  clicks.onMiss = callbacks.onMiss;
  listen(map, callbacks);
  return {
    map,
    clicks,
    ground: {
      key: `${basemapKey(basemap)} ${basemap.kind === 'tianditu' ? props.language : ''}`,
      style,
    },
    setBasemap: (next) => {
      basemap = next;
      callbacks.onFault(null);
    },
    whenStyled: (run) => {
      if (map.getLayersOrder().length > 0) run();
      else void map.once('style.load', run);
    },
    destroy: () => map.remove(),
  };
}

function firstView({ bounds, initialView, padding }: MapViewProps) {
  if (initialView) return { center: initialView.center, zoom: initialView.zoom };
  return { bounds, fitBoundsOptions: { padding: padding ?? 0 } };
}

function widen([west, south, east, north]: Bounds): Bounds {
  const lon = (east - west) * FARTHEST;
  const lat = (north - south) * FARTHEST;
  return [west - lon, Math.max(-85, south - lat), east + lon, Math.min(85, north + lat)];
}

function listen(map: MapLibreMap, { onStyle, onFault, onView }: Callbacks): void {
  map.on('style.load', () => {
    addMissingMarkers(map);
    onStyle();
  });
  const tell = (): void => {
    const box = map.getBounds();
    const center = map.getCenter();
    onView({
      bounds: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()],
      center: { lon: center.lng, lat: center.lat },
      zoom: map.getZoom(),
    });
  };
  map.on('moveend', tell);
  map.once('load', tell);
  let retry: ReturnType<typeof setTimeout> | undefined;
  /** Something didn't come; with no network it is asked for when there is one, and nothing is drawn anew until then. */
  let owed = false;
  const tryAgain = (): void => {
    if (!owed || useConnection.getState().state === 'offline') return;
    owed = false;
    const source = map.getSource('basemap');
    if (source instanceof VectorTileSource) source.setUrl(source.url);
  };
  const unsubscribe = useConnection.subscribe((now, before) => {
    if (now.state === 'live' && before.state !== 'live') tryAgain();
  });
  map.on('error', (event) => {
    if (!('sourceId' in event) || event.sourceId !== 'basemap') return console.error(event.error);
    if (!owed) console.error(event.error);
    onFault('ground');
    owed = true;
    clearTimeout(retry);
    retry = setTimeout(tryAgain, RETRY_MS);
  });
  map.on('remove', () => {
    clearTimeout(retry);
    unsubscribe();
  });
  map.on('sourcedata', (event) => {
    if (event.sourceId === 'basemap' && event.tile) onFault(null);
  });
  map.on('webglcontextlost', () => onFault('graphics'));
  map.on('webglcontextrestored', () => onFault(null));
}

/** A configured style knows nothing of our slots: they go under its first name and on top. */
function addMissingMarkers(map: MapLibreMap): void {
  const firstName = map.getLayersOrder().find((id) => map.getLayer(id)?.type === 'symbol');
  for (const slot of SLOTS_UNDER_LABELS) {
    if (!map.getLayer(slotMarkerId(slot))) map.addLayer(slotMarker(slot), firstName);
  }
  for (const slot of SLOTS_OVER_LABELS) {
    if (!map.getLayer(slotMarkerId(slot))) map.addLayer(slotMarker(slot));
  }
}
