/** Cold cells under everything else: violet to white with the debt, an outline that grows with it, and a tap says why. */
import { latLngToCell } from 'h3-js';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { indexOfCell } from '../../shared/zones/cell-field.ts';
import { keyOfCell, parentKey } from '../../shared/zones/cell-key.ts';
import { useMap } from '../map/map-context.ts';
import { OWN_PREFIX, slotMarkerId } from '../map/slots.ts';
import type { Tokens } from '../ui/tokens.ts';
import { HexagonLayer } from './hexagon-layer.ts';
import type { HexagonLook } from './hexagon-layer.ts';
import type { ColdPicture } from './picture.ts';
import { StepNumbers } from './step-numbers.tsx';
import { useHexagons } from './use-hexagons.ts';

const layerId = `${OWN_PREFIX}cells`;

const lookOf = (tokens: Tokens): HexagonLook => ({
  colours: tokens.cold,
  fill: [0.2, 0.26, 0.32, 0.36],
  farFill: [0.4, 0.5, 0.6, 0.7],
  outline: [1, 1.5, 2.25, 3.25],
  edge: 0.9,
});

export function CellLayer(props: {
  picture: ColdPicture | null;
  tokens: Tokens;
  /** without it cells don't answer to a tap */
  onSelect?: ((cell: string) => void) | undefined;
}) {
  const { picture, tokens, onSelect } = props;
  const { map, styleEpoch, registerGround } = useMap();
  const levels = useHexagons(picture);
  const look = useMemo(() => lookOf(tokens), [tokens]);
  const shown = useRef<HexagonLayer | null>(null);
  const start = useEffectEvent(() => {
    const layer = new HexagonLayer(layerId, look);
    layer.show(levels);
    return layer;
  });
  useEffect(() => {
    const layer = start();
    const marker = slotMarkerId('cells');
    map.addLayer(layer, map.getLayer(marker) ? marker : undefined);
    shown.current = layer;
    return () => {
      shown.current = null;
      // After the map itself was removed, or its style replaced, there is nothing left to take away.
      if (map.style && map.getLayer(layerId)) map.removeLayer(layerId);
    };
  }, [map, styleEpoch]);
  useEffect(() => shown.current?.show(levels), [levels]);
  useEffect(() => shown.current?.wear(look), [look]);

  const cellUnder = useEffectEvent((lon: number, lat: number): string | null => {
    if (picture === null || levels.length === 0) return null;
    const up = shown.current?.levelAt(map.getZoom()) ?? 0;
    return touchedCell(picture, lon, lat, up);
  });
  const selected = useEffectEvent((cell: string) => onSelect?.(cell));
  const answers = onSelect !== undefined;
  useEffect(() => {
    if (!answers) return undefined;
    return registerGround({
      at: ({ lon, lat }) => {
        const cell = cellUnder(lon, lat);
        return cell === null ? null : () => selected(cell);
      },
    });
  }, [registerGround, answers]);
  return <StepNumbers picture={picture} tokens={tokens} />;
}

/** The cell there that owes something; of a parent, drawn from afar, the one in it that owes most. */
function touchedCell(picture: ColdPicture, lon: number, lat: number, up: number): string | null {
  const { field, scores, steps } = picture;
  const own = latLngToCell(lat, lon, field.resolution);
  if (up === 0) {
    const index = indexOfCell(field, own);
    return index >= 0 && steps[index]! > 0 ? own : null;
  }
  const parent = latLngToCell(lat, lon, field.resolution - up);
  let most: string | null = null;
  let score = 0;
  const { keys, resolution } = field;
  const wanted = keyOfCell(parent, resolution - up);
  for (let index = firstIn(keys, wanted * 8 ** up); index < keys.length; index++) {
    if (parentKey(keys[index]!, resolution, resolution - up) !== wanted) break;
    const here = scores[index]!;
    if (steps[index]! < 1 || here <= score) continue;
    score = here;
    most = field.cells[index]!;
  }
  return most;
}

/** Place of the first key that isn't less. */
function firstIn(keys: Float64Array, least: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
