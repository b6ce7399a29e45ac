/** The board's map: the same places as the queue, and the same chosen thing. */
import { useMantineColorScheme } from '@mantine/core';
import { cellToLatLng } from 'h3-js';
import { useEffect, useMemo, useRef } from 'react';
import type { CityView } from '../../shared/cities/schema.ts';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { Polygon, Position } from '../../shared/geo/position.ts';
import { coldNightOf } from '../../shared/response/rules.ts';
import type { ZoneView } from '../../shared/zones/schema.ts';
import { ClusterLayer } from '../clusters/cluster-layer.tsx';
import { SelectionLayer } from '../clusters/selection-layer.tsx';
import type { RankedCluster } from '../clusters/store.ts';
import { RecheckLayer } from '../dispatch/recheck-layer.tsx';
import { isActive, useDispatchStore, useRechecks } from '../dispatch/store.ts';
import { WayLayer } from '../dispatch/way-layer.tsx';
import { useJudgedKeyPoints } from '../key-points/judged.ts';
import { KeyPointLayer } from '../key-points/key-point-layer.tsx';
import { useKeyPoints } from '../key-points/store.ts';
import { CityMap } from '../map/city-map.tsx';
import { DrawPolygon } from '../map/draw-polygon.tsx';
import { EditPolygon } from '../map/edit-polygon.tsx';
import { useMap } from '../map/map-context.ts';
import { usePatrols, useTeams } from '../patrols/store.ts';
import { TeamMarkers } from '../patrols/team-markers.tsx';
import { FitLane } from '../planning/fit-lane.tsx';
import { PlanLayer } from '../planning/plan-layer.tsx';
import { emphasisedTeam, usePlanScreen } from '../planning/screen-store.ts';
import { usePlan } from '../planning/store.ts';
import { ClosureLayer } from '../roads/closure-layer.tsx';
import { useClosureStore } from '../roads/store.ts';
import { SightingLayer } from '../sightings/sighting-layer.tsx';
import { useSightings } from '../sightings/store.ts';
import { StationMarkers } from '../stations/station-markers.tsx';
import { useStations } from '../stations/store.ts';
import { CoveredStreetsLayer } from '../tracks/covered-streets-layer.tsx';
import { useCoveredStreets } from '../tracks/use-covered-streets.ts';
import { tokensOf } from '../ui/tokens.ts';
import { useNight } from '../response/store.ts';
import { CellLayer } from '../zones/cell-layer.tsx';
import { ChosenCellsLayer } from '../zones/chosen-cells-layer.tsx';
import { useZones, useZonesStore } from '../zones/store.ts';
import { ZoneLayer } from '../zones/zone-layer.tsx';
import { useColdScene } from './cold-scene.tsx';
import { useTeamMode } from './plan-scene.tsx';
import { chooseCell, chooseCluster, chooseKeyPoint, chooseZone, useBoard } from './store.ts';

export function BoardMap(props: {
  city: CityView;
  places: readonly RankedCluster[];
  chosen: ClusterView | null;
  onDrawn: (polygon: Polygon) => void;
}) {
  const { colorScheme } = useMantineColorScheme();
  const tokens = tokensOf(colorScheme === 'light' ? 'light' : 'dark');
  const showCells = useBoard((board) => board.showCells);
  const drawing = useBoard((board) => board.drawing);
  const byId = useSightings((store) => store.byId);
  const sightings = useMemo(() => [...byId.values()], [byId]);
  const dispatches = useDispatchStore((store) => store.byId);
  const active = useMemo(() => [...dispatches.values()].filter(isActive), [dispatches]);
  const busy = useMemo(() => new Set(active.map(({ teamId }) => teamId)), [active]);
  const positions = usePatrols((store) => store.positions);
  const planOnMap = usePlanScreen((screen) => screen.onMap);
  const laneTeamId = usePlanScreen((screen) => screen.laneTeamId);
  const plan = usePlan((store) => (planOnMap ? store.plan : null));
  const modeOf = useTeamMode();
  const closures = useClosureStore((store) => store.byId);
  const chosenId = props.chosen?.id ?? null;
  const zones = useZones();
  const { zoneId, hoursAhead, editedZoneId } = useBoard();
  const edited = drawing === 'zone' ? (zones.find(({ id }) => id === editedZoneId) ?? null) : null;
  // What is being changed is drawn by its editor alone.
  const shownZones = useMemo(() => zones.filter((zone) => zone !== edited), [zones, edited]);
  const { picture, chosen: place } = useColdScene();
  const chosenCells =
    picture === null
      ? []
      : (place?.place.indices ?? []).map((index) => picture.field.cells[index]!);
  const rechecks = useRechecks();
  const coverage = useBoard((board) => board.coverage);
  const showStreets = useBoard((board) => board.showStreets);
  const keyPoints = useJudgedKeyPoints(useKeyPoints(), coldNightOf(useNight()));
  const keyPointsShown = useBoard((board) => board.showKeyPoints || board.tab === 'coverage');
  const streets = useCoveredStreets(showStreets ? coverage : null);
  return (
    <CityMap city={props.city}>
      {showCells && (
        <CellLayer
          picture={picture}
          tokens={tokens}
          onSelect={drawing === null ? chooseCell : undefined}
        />
      )}
      <ZoneLayer
        zones={shownZones}
        tokens={tokens}
        chosenId={zoneId}
        hoursAhead={hoursAhead}
        {...(drawing === null ? { onSelect: chooseZone } : {})}
      />
      <ClosureLayer tokens={tokens} />
      {streets !== null && <CoveredStreetsLayer streets={streets} tokens={tokens} />}
      {keyPointsShown && (
        <KeyPointLayer keyPoints={keyPoints} tokens={tokens} onSelect={chooseKeyPoint} />
      )}
      {plan === null && <WayLayer dispatches={active} positions={positions} tokens={tokens} />}
      {plan !== null && (
        <PlanLayer
          plan={plan}
          cityId={props.city.id}
          emphasisedTeamId={emphasisedTeam(plan, chosenId, laneTeamId)}
          modeOf={modeOf}
          roadsVersion={closures}
          tokens={tokens}
          onSelect={chooseCluster}
        />
      )}
      <SightingLayer
        sightings={sightings}
        selectedClusterId={props.chosen?.id ?? null}
        tokens={tokens}
      />
      <RecheckLayer rechecks={rechecks} tokens={tokens} onSelect={chooseRecheck} />
      <ClusterLayer clusters={props.places} tokens={tokens} onSelect={chooseCluster} />
      <SelectionLayer cluster={props.chosen} tokens={tokens} />
      <ChosenCellsLayer cells={chosenCells} tokens={tokens} />
      <StationMarkers
        stations={useStations()}
        onSelect={() => useBoard.setState({ tab: 'stations' })}
      />
      <TeamMarkers
        teams={useTeams()}
        positions={positions}
        busyTeamIds={busy}
        onSelect={(teamId) => {
          const target = active.find((dispatch) => dispatch.teamId === teamId);
          if (target) chooseCluster(target.clusterId);
          else useBoard.setState({ tab: 'teams' });
        }}
      />
      {edited !== null && (
        <EditPolygon
          key={edited.id}
          boundary={edited.boundary}
          color={tokens.cold[3]}
          onChange={props.onDrawn}
        />
      )}
      {drawing !== null && edited === null && (
        <DrawPolygon
          key={drawing}
          color={drawing === 'zone' ? tokens.cold[3] : tokens.notice}
          onFinish={props.onDrawn}
        />
      )}
      <FitLane />
      <BringIntoView chosen={props.chosen} />
    </CityMap>
  );
}

function chooseRecheck(recheckId: string): void {
  const recheck = useDispatchStore.getState().rechecks.get(recheckId);
  if (recheck) chooseCluster(recheck.clusterId);
}

const nearZoom = 15;

/** Moves the map only when something was chosen elsewhere, and only if it isn't in view already. */
function BringIntoView({ chosen }: { chosen: ClusterView | null }) {
  const { map } = useMap();
  const focusCount = useBoard((board) => board.focusCount);
  const chosenId = chosen?.id;
  const done = useRef(0);
  useEffect(() => {
    if (focusCount === done.current) return;
    const { cell, spot: asked, zoneId } = useBoard.getState();
    const spot = asked ?? middleOf(useZonesStore.getState().zones.get(zoneId ?? ''));
    const [lat, lon] =
      spot !== null
        ? [spot.lat, spot.lon]
        : cell === null
          ? [chosen?.lat, chosen?.lon]
          : cellToLatLng(cell);
    // A place that ended long ago is read first; then it is brought into view.
    if (lat === undefined || lon === undefined) return;
    done.current = focusCount;
    const inView = map.getBounds().contains([lon, lat]);
    if (inView && map.getZoom() >= nearZoom - 2) return;
    map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), nearZoom), duration: 500 });
    // oxlint-disable-next-line react/exhaustive-deps -- what is chosen may move while it is shown; that alone moves no map
  }, [map, focusCount, chosenId]);
  return null;
}

function middleOf(zone: ZoneView | undefined): Position | null {
  const ring = zone?.boundary.coordinates[0];
  if (!ring) return null;
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  return {
    lon: (Math.min(...lons) + Math.max(...lons)) / 2,
    lat: (Math.min(...lats) + Math.max(...lats)) / 2,
  };
}
