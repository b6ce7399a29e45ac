/**
 * The plan on the map: each team's night as a line in the road's shape, its visits numbered in order. Dashed is proposed,
 * solid is sent, strong is under way, a straight dotted one is an estimate; one lane stands out, the others stay quiet.
 */
import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Feature, FeatureCollection } from 'geojson';
import { useEffect, useMemo, useRef } from 'react';
import type { Lane, PlanView, StopState } from '../../shared/planning/schema.ts';
import type { TravelMode } from '../../shared/roads/schema.ts';
import { api } from '../kernel/api.ts';
import { LABEL_FONT } from '../map/font-names.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';
import { createRouteReader, legKey, pointsOf, useLegs } from './lane-routes.ts';
import { isVisit } from './plan-stops.ts';

const notChosen = 0.55;
const opacity = (chosen: number, other: number): ExpressionSpecification => [
  'case',
  ['get', 'chosen'],
  chosen,
  ['get', 'quiet'],
  other,
  notChosen,
];
const widthOf = (thin: number, thick: number): ExpressionSpecification => [
  'case',
  ['get', 'chosen'],
  thick,
  thin,
];

const line = (
  tokens: Tokens,
  id: string,
  kind: string,
  thin: number,
  thick: number,
  dashes: number[] | null,
): OwnLayer => ({
  id,
  type: 'line',
  filter: ['==', ['get', 'kind'], kind],
  layout: {
    'line-cap': kind === 'guessed' ? 'round' : 'butt',
    'line-join': 'round',
  },
  paint: {
    'line-color': tokens.team,
    'line-width': widthOf(thin, thick),
    'line-opacity': opacity(1, 0.25),
    ...(dashes === null ? {} : { 'line-dasharray': dashes }),
  },
});

const linesOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'casing',
    type: 'line',
    filter: ['get', 'chosen'],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': tokens.base, 'line-width': 8, 'line-opacity': 0.8 },
  },
  // Straight lines, where no roads are known: never solid.
  line(tokens, 'guessed', 'guessed', 2, 3.5, [0.1, 2.2]),
  line(tokens, 'guessed-told', 'guessed-told', 2.5, 4, [1, 1.2]),
  line(tokens, 'proposed', 'proposed', 2, 3.5, [2.4, 1.6]),
  line(tokens, 'sent', 'sent', 2.5, 4, null),
  line(tokens, 'underway', 'underway', 3.5, 5, null),
];

/** Beside the place, not on it: its disc says how urgent it is. */
const aside: [number, number] = [17, -15];
const numbersOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'number-disc',
    type: 'circle',
    filter: ['any', ['get', 'chosen'], ['>=', ['zoom'], 13]],
    paint: {
      'circle-radius': 10,
      'circle-translate': aside,
      'circle-color': ['case', ['get', 'told'], tokens.team, tokens.surface],
      'circle-stroke-color': tokens.team,
      'circle-stroke-width': 2,
      'circle-opacity': opacity(1, 0.6),
      'circle-stroke-opacity': opacity(1, 0.6),
    },
  },
  {
    id: 'number',
    type: 'symbol',
    filter: ['any', ['get', 'chosen'], ['>=', ['zoom'], 13]],
    layout: {
      'text-field': ['get', 'number'],
      'text-font': [LABEL_FONT],
      'text-size': 13,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: {
      'text-translate': aside,
      'text-color': ['case', ['get', 'told'], tokens.onTeam, tokens.text],
    },
  },
];

const collection = (features: Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});

/** Visits tell who was told what; the way to a house afterwards is as sure as the visit before it. */
function statesOf(lane: Lane): StopState[] {
  let state: StopState = 'proposed';
  const states: StopState[] = [];
  for (const stop of lane.stops) {
    if (isVisit(stop)) state = stop.state;
    if (stop.kind !== 'break') states.push(state);
  }
  return states;
}

const kindOf = (state: StopState, estimated: boolean): string => {
  if (!estimated) return state;
  return state === 'proposed' ? 'guessed' : 'guessed-told';
};

export function PlanLayer(props: {
  plan: PlanView;
  cityId: string;
  emphasisedTeamId: string | null;
  modeOf: (teamId: string) => TravelMode;
  /** changes when streets were closed or opened */
  roadsVersion?: unknown;
  tokens: Tokens;
  onSelect: (clusterId: string) => void;
}) {
  const { plan, cityId, emphasisedTeamId, modeOf, roadsVersion, tokens } = props;
  const legs = useLegs((store) => store.legs);
  useRoutes(plan, cityId, emphasisedTeamId, modeOf, roadsVersion);
  const lines = useMemo(() => {
    const features: Feature[] = [];
    for (const lane of plan.lanes) {
      const mode = modeOf(lane.teamId);
      const points = pointsOf(lane);
      const chosen = lane.teamId === emphasisedTeamId;
      for (const [index, state] of statesOf(lane).entries()) {
        const from = points[index]!;
        const to = points[index + 1]!;
        const known = legs.get(legKey(mode, from, to));
        const id = `${lane.teamId} ${index}`;
        features.push({
          type: 'Feature',
          id,
          geometry: {
            type: 'LineString',
            coordinates: known?.line ?? [
              [from.lon, from.lat],
              [to.lon, to.lat],
            ],
          },
          properties: {
            id,
            kind: kindOf(state, known?.estimated ?? true),
            chosen,
            quiet: emphasisedTeamId !== null,
          },
        });
      }
    }
    return collection(features);
  }, [plan, legs, modeOf, emphasisedTeamId]);
  const numbers = useMemo(
    () =>
      collection(
        plan.lanes.flatMap((lane) =>
          lane.stops.filter(isVisit).map((stop, index) => ({
            type: 'Feature' as const,
            id: stop.jobId,
            geometry: { type: 'Point' as const, coordinates: [stop.lon, stop.lat] },
            properties: {
              id: stop.jobId,
              clusterId: stop.clusterId,
              number: String(index + 1),
              told: stop.state !== 'proposed',
              chosen: lane.teamId === emphasisedTeamId,
              quiet: emphasisedTeamId !== null,
            },
          })),
        ),
      ),
    [plan, emphasisedTeamId],
  );
  const lineLayers = useMemo(() => linesOf(tokens), [tokens]);
  const numberLayers = useMemo(() => numbersOf(tokens), [tokens]);
  useGeoJsonLayer({ id: 'plan-ways', slot: 'coverage', data: lines, layers: lineLayers });
  useGeoJsonLayer({
    id: 'plan-stops',
    slot: 'stations',
    data: numbers,
    layers: numberLayers,
    clickLayers: ['number-disc'],
    onClick: (feature) => props.onSelect(String(feature.properties['clusterId'])),
  });
  return null;
}

function useRoutes(
  plan: PlanView,
  cityId: string,
  emphasisedTeamId: string | null,
  modeOf: (teamId: string) => TravelMode,
  roadsVersion: unknown,
): void {
  const reader = useRef<ReturnType<typeof createRouteReader> | null>(null);
  useEffect(() => {
    const made = createRouteReader((mode, stops) => api.roads.route.query({ cityId, mode, stops }));
    reader.current = made;
    return () => made.stop();
  }, [cityId]);
  const version = useRef(roadsVersion);
  useEffect(() => {
    if (version.current !== roadsVersion) reader.current?.forget();
    version.current = roadsVersion;
    const first = plan.lanes.filter(({ teamId }) => teamId === emphasisedTeamId);
    const others = plan.lanes.filter(({ teamId }) => teamId !== emphasisedTeamId);
    reader.current?.want([...first, ...others], modeOf);
  }, [plan, cityId, emphasisedTeamId, modeOf, roadsVersion]);
}
