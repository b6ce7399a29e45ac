/** Visits owed on the map: a ring where someone stayed outside, filled once the visit is overdue. */
import { useMemo } from 'react';
import type { RecheckView } from '../../shared/dispatch/schema.ts';
import { useNow } from '../kernel/clock.ts';
import { pointFeature, useFeatures } from '../map/use-features.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';

interface Owed {
  recheck: RecheckView;
  overdue: boolean;
}
const lookOf = ({ recheck, overdue }: Owed): string => `${recheck.id} ${overdue}`;
const toFeature = ({ recheck, overdue }: Owed) =>
  pointFeature(recheck, { id: recheck.id, overdue });

const layersOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'ring',
    type: 'circle',
    paint: {
      'circle-radius': 8,
      'circle-color': tokens.surface,
      'circle-stroke-color': tokens.notice,
      'circle-stroke-width': 3,
    },
  },
  {
    id: 'due',
    type: 'circle',
    filter: ['get', 'overdue'],
    paint: { 'circle-radius': 4.5, 'circle-color': tokens.notice },
  },
];

export function RecheckLayer(props: {
  rechecks: readonly RecheckView[];
  tokens: Tokens;
  onSelect: (recheckId: string) => void;
}) {
  const { rechecks, tokens, onSelect } = props;
  const now = useNow();
  const owed = useMemo(
    () => rechecks.map((recheck) => ({ recheck, overdue: Date.parse(recheck.dueAt) < now })),
    [rechecks, now],
  );
  const data = useFeatures(owed, toFeature, lookOf);
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({
    id: 'rechecks',
    slot: 'sightings',
    data,
    layers,
    clickLayers: ['ring'],
    onClick: (feature) => onSelect(String(feature.properties['id'])),
  });
  return null;
}
