/** Changing the shape of an area that is there: its corners can be dragged, added and removed. Renders nothing itself. */
import { useEffect, useEffectEvent } from 'react';
import { TerraDraw, TerraDrawPolygonMode, TerraDrawSelectMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { polygonSchema } from '../../shared/geo/position.ts';
import type { Polygon } from '../../shared/geo/position.ts';
import { useMap } from './map-context.ts';

const decimals = 6;

const rounded = ({ coordinates }: Polygon): Polygon => ({
  type: 'Polygon',
  coordinates: coordinates.map((ring) =>
    ring.map(([lon, lat]): [number, number] => [
      Number(lon.toFixed(decimals)),
      Number(lat.toFixed(decimals)),
    ]),
  ),
});

/** @param props.boundary as it is at first; a change of it alone starts nothing anew */
export function EditPolygon(props: {
  boundary: Polygon;
  color: string;
  onChange: (polygon: Polygon) => void;
}) {
  const { map, styleEpoch } = useMap();
  const changed = useEffectEvent((polygon: Polygon) => props.onChange(polygon));
  const first = useEffectEvent(() => props.boundary);
  const { color } = props;
  useEffect(() => {
    const hex = color as `#${string}`;
    const draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: decimals }),
      modes: [
        new TerraDrawPolygonMode({ styles: { fillColor: hex, outlineColor: hex } }),
        new TerraDrawSelectMode({
          allowManualDeselection: false,
          flags: {
            polygon: {
              feature: {
                draggable: false,
                coordinates: { draggable: true, midpoints: true, deletable: true },
              },
            },
          },
          styles: {
            selectedPolygonColor: hex,
            selectedPolygonFillOpacity: 0.15,
            selectedPolygonOutlineColor: hex,
            selectedPolygonOutlineWidth: 3,
            selectionPointColor: hex,
            selectionPointWidth: 9,
            midPointColor: hex,
            midPointWidth: 5,
          },
        }),
      ],
    });
    draw.start();
    const [added] = draw.addFeatures([
      { type: 'Feature', geometry: rounded(first()), properties: { mode: 'polygon' } },
    ]);
    draw.setMode('select');
    if (added?.id !== undefined && added.valid) draw.selectFeature(added.id);
    draw.on('finish', (id) => {
      const feature = draw.getSnapshot().find((candidate) => candidate.id === id);
      const parsed = polygonSchema.safeParse(feature?.geometry);
      if (parsed.success) changed(parsed.data);
    });
    return () => draw.stop();
  }, [map, styleEpoch, color]);
  return null;
}
