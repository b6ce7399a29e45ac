/** Drawing one area on the map, corner by corner. Renders nothing itself; the panel around it says what to do. */
import { useEffect, useEffectEvent } from 'react';
import { TerraDraw, TerraDrawPolygonMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { polygonSchema } from '../../shared/geo/position.ts';
import type { Polygon } from '../../shared/geo/position.ts';
import { useMap } from './map-context.ts';

const decimals = 6;

export function DrawPolygon(props: { color: string; onFinish: (polygon: Polygon) => void }) {
  const { map, styleEpoch } = useMap();
  const finished = useEffectEvent((polygon: Polygon) => props.onFinish(polygon));
  const { color } = props;
  useEffect(() => {
    const draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: decimals }),
      modes: [
        new TerraDrawPolygonMode({
          styles: {
            fillColor: color as `#${string}`,
            fillOpacity: 0.15,
            outlineColor: color as `#${string}`,
            outlineWidth: 3,
            closingPointColor: color as `#${string}`,
            closingPointWidth: 9,
          },
        }),
      ],
    });
    draw.start();
    draw.setMode('polygon');
    draw.on('finish', (id) => {
      const snapshot = draw.getSnapshot();
      const parsed = polygonSchema.safeParse(
        snapshot.find((feature) => feature.id === id)?.geometry,
      );
      // One area at a time: a new one replaces what was drawn before.
      const earlier = snapshot.flatMap((feature) =>
        feature.id !== id && feature.id !== undefined && feature.properties['mode'] === 'polygon'
          ? [feature.id]
          : [],
      );
      if (earlier.length > 0) draw.removeFeatures(earlier);
      if (parsed.success) finished(parsed.data);
    });
    return () => draw.stop();
  }, [map, styleEpoch, color]);
  return null;
}
