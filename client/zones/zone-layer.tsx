/**
 * Areas that somebody drew: a broken outline with name and weight, unlike any cell; quieter outside their hours, solid
 * while chosen.
 */
import { useMemo } from 'react';
import { countsAtHour, localHour } from '../../shared/zones/rules.ts';
import type { ZoneView } from '../../shared/zones/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { useNow } from '../kernel/clock.ts';
import { LABEL_FONT } from '../map/font-names.ts';
import { useFeatures } from '../map/use-features.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';

const hourMs = 3_600_000;

interface Shown {
  zone: ZoneView;
  counts: boolean;
  chosen: boolean;
}

const lookOf = ({ counts, chosen }: Shown): string => `${counts} ${chosen}`;
const toFeature = ({ zone, counts, chosen }: Shown) => ({
  type: 'Feature' as const,
  id: zone.id,
  geometry: zone.boundary,
  properties: { id: zone.id, name: `${zone.name} ×${zone.weight}`, counts, chosen },
});

function layersOf(tokens: Tokens): OwnLayer[] {
  const strength = (on: number, off: number) => ['case', ['get', 'counts'], on, off] as never;
  return [
    {
      id: 'touch',
      type: 'line',
      paint: { 'line-color': tokens.base, 'line-width': 14, 'line-opacity': 0.01 },
    },
    {
      id: 'casing',
      type: 'line',
      paint: { 'line-color': tokens.base, 'line-width': 5, 'line-opacity': strength(0.85, 0.4) },
    },
    {
      id: 'chosen',
      type: 'line',
      filter: ['get', 'chosen'],
      paint: { 'line-color': tokens.focus, 'line-width': 5 },
    },
    {
      id: 'edge',
      type: 'line',
      paint: {
        'line-color': tokens.text,
        'line-width': 2,
        'line-opacity': strength(1, 0.5),
        'line-dasharray': [2.5, 2],
      },
    },
    {
      id: 'name',
      type: 'symbol',
      minzoom: 11,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [LABEL_FONT],
        'text-size': 13,
        'symbol-placement': 'line',
        'text-offset': [0, 0.9],
      },
      paint: {
        'text-color': tokens.text,
        'text-opacity': strength(1, 0.7),
        'text-halo-color': tokens.base,
        'text-halo-width': 1.5,
      },
    },
  ];
}

export function ZoneLayer(props: {
  zones: readonly ZoneView[];
  tokens: Tokens;
  chosenId?: string | null;
  hoursAhead?: number;
  onSelect?: (id: string) => void;
}) {
  const { zones, tokens, chosenId = null, hoursAhead = 0, onSelect } = props;
  const { city } = useCity();
  const at = useNow() + hoursAhead * hourMs;
  const hour = localHour(new Date(at).toISOString(), city?.timeZone ?? 'Asia/Shanghai');
  const shown = useMemo(
    () =>
      zones.map((zone) => ({
        zone,
        counts: countsAtHour(zone, hour),
        chosen: zone.id === chosenId,
      })),
    [zones, hour, chosenId],
  );
  const data = useFeatures(shown, toFeature, lookOf);
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({
    id: 'zones',
    slot: 'zones',
    data,
    layers,
    clickLayers: ['touch', 'name'],
    ...(onSelect ? { onClick: (feature) => onSelect(String(feature.properties['id'])) } : {}),
  });
  return null;
}
