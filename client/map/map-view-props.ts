/** What a map is told and what it tells: shapes that its parts agree on. */
import type { ReactNode } from 'react';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { MapBasemap } from './basemap.ts';
import type { MapClick } from './map-context.ts';
import type { MapTheme } from './palette.ts';

export type MapLanguage = 'zh' | 'en';

/** `graphics`: the browser can't draw it. `ground`: the map underneath doesn't come. */
export type MapFault = 'graphics' | 'ground';

export interface MapLabels {
  /** What a screen reader calls the map. */
  map: string;
  zoomIn: string;
  zoomOut: string;
  /** When the browser can't draw it. */
  noGraphics: { title: string; text: string };
  /** When the map underneath doesn't come. */
  noGround: { title: string; text: string };
  /** When the city has no map. */
  noBasemap: { title: string; text: string };
}

export interface MapPadding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface MapViewState {
  bounds: Bounds;
  center: { lon: number; lat: number };
  zoom: number;
}

export interface MapViewProps {
  basemap: MapBasemap;
  theme: MapTheme;
  language: MapLanguage;
  /** The city's box: the first view, and (with some room) the farthest one can go. */
  bounds: Bounds;
  /** A nearer first view than the whole city. */
  initialView?: { center: { lon: number; lat: number }; zoom: number };
  /** Room that panels take from the map's edges, in pixels; controls and the middle keep clear of it. */
  padding?: MapPadding;
  labels: MapLabels;
  /** After the first drawing and after each movement. */
  onMoveEnd?: (view: MapViewState) => void;
  /** A click on nothing that answers. */
  onClickNothing?: (click: MapClick) => void;
  /** Layer components, markers. */
  children?: ReactNode;
}
