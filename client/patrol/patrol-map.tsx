/** The patrol's map: own area and position, other teams, places, visits owed, cold cells, stations. */
import { IconCurrentLocation } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { CityView } from '../../shared/cities/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { AreaView, TeamPosition, TeamView } from '../../shared/patrols/schema.ts';
import { ClusterLayer } from '../clusters/cluster-layer.tsx';
import { SelectionLayer } from '../clusters/selection-layer.tsx';
import { useClusters } from '../clusters/store.ts';
import type { RankedCluster } from '../clusters/store.ts';
import { RecheckLayer } from '../dispatch/recheck-layer.tsx';
import { isActive, useDispatchStore, useShownDispatches } from '../dispatch/store.ts';
import { WayLayer } from '../dispatch/way-layer.tsx';
import { isOwed } from '../key-points/judged.ts';
import type { JudgedKeyPoint } from '../key-points/judged.ts';
import { KeyPointLayer } from '../key-points/key-point-layer.tsx';
import { useKeyPointStore } from '../key-points/store.ts';
import { CityMap } from '../map/city-map.tsx';
import { DrawnLayer } from '../map/drawn-layer.tsx';
import { useMap } from '../map/map-context.ts';
import type { MapPadding } from '../map/map-view-props.ts';
import { useTeams } from '../patrols/store.ts';
import { TeamMarkers } from '../patrols/team-markers.tsx';
import { ClosureLayer } from '../roads/closure-layer.tsx';
import { StationMarkers } from '../stations/station-markers.tsx';
import { useStations, useStationsStore } from '../stations/store.ts';
import { useColourScheme } from '../ui/colour-scheme.ts';
import { tokensOf } from '../ui/tokens.ts';
import type { Tokens } from '../ui/tokens.ts';
import { CellLayer } from '../zones/cell-layer.tsx';
import { ChosenCellsLayer } from '../zones/chosen-cells-layer.tsx';
import { useZones } from '../zones/store.ts';
import { ZoneLayer } from '../zones/zone-layer.tsx';
import { chosenPlace } from './chosen-place.ts';
import { useHere } from './here.ts';
import classes from './patrol-screen.module.css';
import { RouteLayer } from './route-layer.tsx';
import { choose, showOwnPosition, usePatrolScreen } from './store.ts';
import { useTaskPlans } from './task-plans.ts';
import type { ColdAround } from './use-cold-around.ts';
import { useOwedRechecks } from './use-owed-rechecks.ts';

const nearZoom = 15;
const startZoom = 13.5;

export interface PatrolMapProps {
  city: CityView;
  team: TeamView;
  area: AreaView | null;
  places: readonly RankedCluster[];
  cold: ColdAround;
  keyPoints: readonly JudgedKeyPoint[];
  positions: ReadonlyMap<string, TeamPosition>;
  padding: MapPadding;
  onView: (bounds: Bounds) => void;
}

export function PatrolMap(props: PatrolMapProps) {
  const { city, team, area } = props;
  const tokens = tokensOf(useColourScheme());
  const [start] = useState(() => props.positions.get(team.id) ?? middleOf(area) ?? city.center);
  const areas = useMemo(() => (area ? [area] : []), [area]);
  const chosen = useChosenPlace();
  const chosenCell = useChosenCell();
  return (
    <CityMap
      city={city}
      initialView={{ center: { lon: start.lon, lat: start.lat }, zoom: startZoom }}
      padding={props.padding}
      onMoveEnd={({ bounds }) => {
        usePatrolScreen.setState({ view: bounds });
        props.onView(bounds);
      }}
    >
      <CellLayer
        picture={props.cold.picture}
        tokens={tokens}
        onSelect={(id) => choose({ kind: 'cell', id })}
      />
      <ZoneLayer zones={useZones()} tokens={tokens} />
      <ClosureLayer tokens={tokens} />
      <DrawnLayer id="own-area" shapes={areas} color={tokens.team} tokens={tokens} />
      <KeyPoints keyPoints={props.keyPoints} tokens={tokens} />
      <RecheckLayer
        rechecks={useOwedRechecks()}
        tokens={tokens}
        onSelect={(id) => choose({ kind: 'recheck', id })}
      />
      <ClusterLayer
        clusters={props.places}
        tokens={tokens}
        onSelect={(id) => choose({ kind: 'cluster', id })}
      />
      <SelectionLayer cluster={chosenCell === null ? chosen : null} tokens={tokens} />
      <ChosenCellsLayer cells={chosenCells(chosenCell, props.cold)} tokens={tokens} />
      <StationMarkers stations={useStations()} onSelect={(id) => choose({ kind: 'station', id })} />
      <Teams team={team} positions={props.positions} tokens={tokens} />
      <BringIntoView chosen={chosen} />
      <Locate />
    </CityMap>
  );
}

const useChosenCell = (): string | null =>
  usePatrolScreen(({ choice }) => (choice?.kind === 'cell' ? choice.id : null));

/** All cells of a listed place; else the one that was touched. */
function chosenCells(cell: string | null, { picture, places }: ColdAround): readonly string[] {
  if (cell === null || picture === null) return [];
  const listed = places.find(({ place }) => place.id === cell);
  return listed?.place.indices.map((index) => picture.field.cells[index]!) ?? [cell];
}

function useChosenPlace() {
  const choice = usePatrolScreen((screen) => screen.choice);
  const clusters = useClusters((store) => store.byId);
  const { byId: dispatches, rechecks } = useDispatchStore();
  const stations = useStationsStore((store) => store.byId);
  const keyPoints = useKeyPointStore((store) => store.byId);
  return useMemo(
    () => chosenPlace(choice, { clusters, dispatches, rechecks, stations, keyPoints }),
    [choice, clusters, dispatches, rechecks, stations, keyPoints],
  );
}

function KeyPoints(props: { keyPoints: readonly JudgedKeyPoint[]; tokens: Tokens }) {
  const filter = usePatrolScreen((screen) => screen.keyPoints);
  const shown = useMemo(
    () =>
      filter === 'all' ? props.keyPoints : filter === 'owed' ? props.keyPoints.filter(isOwed) : [],
    [props.keyPoints, filter],
  );
  return (
    <KeyPointLayer
      keyPoints={shown}
      tokens={props.tokens}
      onSelect={(id) => choose({ kind: 'keyPoint', id })}
    />
  );
}

/** All teams on duty, and this one's way to its tasks. */
function Teams(props: {
  team: TeamView;
  positions: ReadonlyMap<string, TeamPosition>;
  tokens: Tokens;
}) {
  const { team, positions, tokens } = props;
  const dispatches = useShownDispatches();
  const active = useMemo(() => [...dispatches.values()].filter(isActive), [dispatches]);
  const busy = useMemo(() => new Set(active.map(({ teamId }) => teamId)), [active]);
  const wayTo = useTaskPlans((store) => store.way?.dispatchId ?? null);
  // A task whose way is known needs no straight line.
  const own = useMemo(
    () => active.filter(({ id, teamId }) => teamId === team.id && id !== wayTo),
    [active, team.id, wayTo],
  );
  return (
    <>
      <RouteLayer tokens={tokens} />
      <WayLayer dispatches={own} positions={positions} tokens={tokens} />
      <TeamMarkers
        teams={useTeams()}
        positions={positions}
        busyTeamIds={busy}
        ownTeamId={team.id}
        onSelect={(teamId) => {
          const target = active.find((dispatch) => dispatch.teamId === teamId);
          if (target) choose({ kind: 'cluster', id: target.clusterId });
        }}
      />
    </>
  );
}

function middleOf(area: AreaView | null): Position | null {
  const ring = area?.boundary.coordinates[0];
  if (!ring) return null;
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  return {
    lon: (Math.min(...lons) + Math.max(...lons)) / 2,
    lat: (Math.min(...lats) + Math.max(...lats)) / 2,
  };
}

/** Moves the map when something was chosen elsewhere, or oneself was asked for; never by itself. */
function BringIntoView({ chosen }: { chosen: Position | null }) {
  const { map } = useMap();
  const focusCount = usePatrolScreen((screen) => screen.focusCount);
  const move = useEffectEvent(() => {
    const place = usePatrolScreen.getState().focusOn === 'own' ? useHere.getState().here : chosen;
    if (place === null) return;
    const zoom = Math.max(map.getZoom(), nearZoom);
    map.easeTo({ center: [place.lon, place.lat], zoom, duration: 500 });
  });
  useEffect(() => {
    if (focusCount > 0) move();
  }, [map, focusCount]);
  return null;
}

function Locate() {
  const { t } = useTranslation('patrol');
  const unknown = useHere((store) => store.here === null);
  return (
    <button
      type="button"
      className={classes['locate']}
      aria-label={t('here')}
      title={t('here')}
      disabled={unknown}
      onClick={showOwnPosition}
    >
      <IconCurrentLocation size={24} aria-hidden />
    </button>
  );
}
