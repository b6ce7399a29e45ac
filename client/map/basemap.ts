/** Questions about what the map draws underneath. */
import type { Basemap } from '../../shared/cities/schema.ts';

export type MapBasemap = Basemap;

/** Equal keys mean that only colours and words can differ. */
export function basemapKey(basemap: MapBasemap): string {
  if (basemap.kind === 'none') return 'none';
  return `${basemap.kind} ${basemap.kind === 'tianditu' ? basemap.key : basemap.url}`;
}

/** Whether drawing it needs addresses other than our own server's. */
export function needsOutsideRequests(basemap: MapBasemap): boolean {
  return basemap.kind === 'style' || basemap.kind === 'tianditu';
}
