/** The places on the map: a disc with the number of people, brighter, larger and with more rings the more urgent it is. */
import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { useMemo } from 'react';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import { STRONG_LABEL_FONT } from '../map/fonts.ts';
import { pointFeature, useFeatures } from '../map/use-features.ts';
import type { Tokens } from '../ui/theme.ts';
import type { RankedCluster } from './store.ts';

const lookOf = ({ cluster, priority }: RankedCluster): string =>
  `${priority.level}${priority.emergency} ${cluster.id}`;

const toFeature = ({ cluster, priority }: RankedCluster) =>
  pointFeature(cluster, {
    id: cluster.id,
    level: priority.level,
    emergency: priority.emergency,
    people: String(cluster.headcountLikely),
    order: priority.score,
  });

/** Radii in px by level: size is the second sign beside brightness. */
const radius: ExpressionSpecification = ['match', ['get', 'level'], 4, 19, 3, 16, 2, 13, 11];

function layersOf(tokens: Tokens): OwnLayer[] {
  const [one, two, three, four] = tokens.priority;
  const [onOne, onTwo, onThree, onFour] = tokens.onPriority;
  const byLevel = (values: readonly string[], danger: string) => [
    'case',
    ['get', 'emergency'],
    danger,
    ['match', ['get', 'level'], 4, values[3], 3, values[2], 2, values[1], values[0]],
  ];
  const fill = byLevel([one, two, three, four], tokens.danger);
  const ink = byLevel([onOne, onTwo, onThree, onFour], tokens.onDanger);
  return [
    {
      id: 'ring',
      type: 'circle',
      filter: ['>=', ['get', 'level'], 3],
      paint: {
        'circle-radius': ['+', radius, ['match', ['get', 'level'], 4, 7, 4]],
        'circle-color': 'transparent',
        'circle-stroke-color': fill as never,
        'circle-stroke-width': ['match', ['get', 'level'], 4, 3, 2],
        'circle-stroke-opacity': 0.8,
      },
    },
    {
      id: 'disc',
      type: 'circle',
      layout: { 'circle-sort-key': ['get', 'order'] },
      paint: {
        'circle-radius': radius,
        'circle-color': fill as never,
        'circle-stroke-color': tokens.base,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'people',
      type: 'symbol',
      layout: {
        'text-field': [
          'case',
          ['get', 'emergency'],
          ['concat', '!', ['get', 'people']],
          ['get', 'people'],
        ],
        'text-font': [STRONG_LABEL_FONT],
        'text-size': ['match', ['get', 'level'], 4, 17, 3, 15, 13],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { 'text-color': ink as never },
    },
  ];
}

export function ClusterLayer(props: {
  clusters: readonly RankedCluster[];
  tokens: Tokens;
  onSelect: (clusterId: string) => void;
}) {
  const { tokens, onSelect } = props;
  const items = useStableRanks(props.clusters);
  const data = useFeatures(items, toFeature, lookOf);
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({
    id: 'clusters',
    slot: 'clusters',
    data,
    layers,
    clickLayers: ['disc', 'ring'],
    onClick: (feature) => onSelect(String(feature.properties['id'])),
  });
  return null;
}

const kept = new WeakMap<object, RankedCluster>();

/** The ranking is made anew on every tick; a place whose facts and level are the same keeps its object. */
function useStableRanks(clusters: readonly RankedCluster[]): RankedCluster[] {
  return useMemo(
    () =>
      clusters.map((ranked) => {
        const before = kept.get(ranked.cluster);
        if (before && lookOf(before) === lookOf(ranked)) return before;
        kept.set(ranked.cluster, ranked);
        return ranked;
      }),
    [clusters],
  );
}
