/** A real element on the map, for the few things that must be reached by keyboard and read aloud. */
import { useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Marker } from 'maplibre-gl';
import { useMap } from './map-context.ts';

export interface MapMarkerProps {
  lon: number;
  lat: number;
  /** Which point of the element lies on the position. */
  anchor?: 'center' | 'bottom' | 'top' | 'left' | 'right';
  children: ReactNode;
}

export function MapMarker({ lon, lat, anchor = 'center', children }: MapMarkerProps) {
  const { map } = useMap();
  const element = useMemo(() => document.createElement('div'), []);
  const marker = useMemo(() => new Marker({ element, anchor }), [element, anchor]);
  useEffect(() => {
    marker.setLngLat([lon, lat]);
    // MapLibre gives each marker a role and a title of its own; what is inside says more.
    marker.addTo(map);
    element.removeAttribute('role');
    element.removeAttribute('aria-label');
  }, [marker, map, element, lon, lat]);
  useEffect(() => () => void marker.remove(), [marker]);
  return createPortal(children, element);
}
