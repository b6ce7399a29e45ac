/** Pictures for symbol layers, drawn on a canvas so that they follow the theme. */
import { useEffect } from 'react';
import { useMap } from './map-context.ts';

export interface MapIcon {
  /** Side of the square in CSS pixels. */
  size: number;
  /** Draws into a square of `size` CSS pixels; the context is scaled for sharp screens. */
  draw: (context: CanvasRenderingContext2D, size: number) => void;
}

const SCALE = 2;

/** To be called before the layers that use the icons. Memoize `icons` by theme. */
export function useMapIcons(icons: Readonly<Record<string, MapIcon>>): void {
  const { map, styleEpoch } = useMap();
  useEffect(() => {
    for (const [name, icon] of Object.entries(icons)) {
      const image = render(icon);
      if (!image) continue;
      if (map.hasImage(name)) map.removeImage(name);
      map.addImage(name, image, { pixelRatio: SCALE });
    }
  }, [map, styleEpoch, icons]);
}

function render(icon: MapIcon): ImageData | null {
  const side = Math.round(icon.size * SCALE);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.scale(SCALE, SCALE);
  icon.draw(context, icon.size);
  return context.getImageData(0, 0, side, side);
}
