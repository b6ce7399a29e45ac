/** The faces that labels are drawn with: the device's own, or the bundled ones where it has no Chinese. */
import type { FontFacesSpecification } from '@maplibre/maplibre-gl-style-spec';
import { useEffect, useState } from 'react';
import { drawsChinese } from '../ui/drawn-chinese.ts';

let faces: FontFacesSpecification | null | undefined;

/** Null: the device's own. */
export const labelFaces = (): FontFacesSpecification | null => faces ?? null;

/** False while the bundled faces' table is on its way. */
export function useLabelFaces(): boolean {
  const [ready, setReady] = useState(() => {
    if (faces === undefined && drawsChinese()) faces = null;
    return faces !== undefined;
  });
  useEffect(() => {
    if (ready) return;
    import('./fonts.ts').then(
      ({ fontFaces }) => {
        faces = fontFaces;
        setReady(true);
      },
      // A map without right Chinese is better than none.
      () => setReady(true),
    );
  }, [ready]);
  return ready;
}
