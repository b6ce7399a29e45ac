/** One click handler for all layers: the topmost thing under a finger wins, with room for gloves. */
import type { Map as MapLibreMap, MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl';
import type { ClickTarget, GroundTarget, MapClick } from './map-context.ts';
import { SLOTS } from './slots.ts';

/** Half the side of the square that counts as touched, in pixels. */
const REACH = 12;

export class ClickRouter {
  private readonly targets = new Set<ClickTarget>();
  private readonly grounds = new Set<GroundTarget>();
  private readonly map: MapLibreMap;
  onMiss: ((click: MapClick) => void) | undefined;
  private hoverFrame = 0;

  constructor(map: MapLibreMap) {
    this.map = map;
    map.on('click', (event) => this.click(event));
    map.on('mousemove', (event) => this.hover(event));
  }

  register(target: ClickTarget): () => void {
    this.targets.add(target);
    return () => {
      this.targets.delete(target);
    };
  }

  registerGround(target: GroundTarget): () => void {
    this.grounds.add(target);
    return () => {
      this.grounds.delete(target);
    };
  }

  private groundAt({ lngLat }: MapMouseEvent): (() => void) | null {
    for (const ground of this.grounds) {
      const answer = ground.at({ lon: lngLat.lng, lat: lngLat.lat });
      if (answer) return answer;
    }
    return null;
  }

  private click(event: MapMouseEvent): void {
    const click: MapClick = {
      lon: event.lngLat.lng,
      lat: event.lngLat.lat,
      point: { x: event.point.x, y: event.point.y },
      event,
    };
    const exact = this.find(event, 0) ?? this.find(event, REACH);
    if (exact) exact.target.onClick(exact.feature, click);
    else (this.groundAt(event) ?? (() => this.onMiss?.(click)))();
  }

  private find(
    event: MapMouseEvent,
    reach: number,
  ): { target: ClickTarget; feature: MapGeoJSONFeature } | null {
    const ordered = [...this.targets].sort((a, b) => SLOTS.indexOf(b.slot) - SLOTS.indexOf(a.slot));
    for (const target of ordered) {
      const layers = target.layerIds.filter((id) => this.map.getLayer(id));
      if (layers.length === 0) continue;
      const { x, y } = event.point;
      const found = this.map.queryRenderedFeatures(
        [
          [x - reach, y - reach],
          [x + reach, y + reach],
        ],
        { layers },
      );
      const feature = nearest(found, event);
      if (feature) return { target, feature };
    }
    return null;
  }

  private hover(event: MapMouseEvent): void {
    if (this.hoverFrame) return;
    this.hoverFrame = requestAnimationFrame(() => {
      this.hoverFrame = 0;
      const canvas = this.map.getCanvas();
      const answers = this.find(event, 0) !== null || this.groundAt(event) !== null;
      const pointer = answers ? 'pointer' : '';
      if (canvas.style.cursor !== pointer) canvas.style.cursor = pointer;
    });
  }
}

/** Of points the nearest to the finger; of areas the one drawn on top. */
function nearest(
  features: MapGeoJSONFeature[],
  event: MapMouseEvent,
): MapGeoJSONFeature | undefined {
  let best: MapGeoJSONFeature | undefined;
  let shortest = Infinity;
  for (const feature of features) {
    if (feature.geometry.type !== 'Point') continue;
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const distance = Math.hypot(lon - event.lngLat.lng, lat - event.lngLat.lat);
    if (distance < shortest) {
      shortest = distance;
      best = feature;
    }
  }
  return best ?? features[0];
}
