/** The patrol's map: own area and position, other teams, places, cold cells, stations. */
import { useMantineColorScheme } from '@mantine/core';
import { IconCurrentLocation } from '@tabler/icons-react';
import { cellToLatLng } from 'h3-js';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { CityView } from '../../shared/cities/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { AreaView, TeamPosition, TeamView } from '../../shared/patrols/schema.ts';
import { ClusterLayer } from '../clusters/cluster-layer.tsx';
import { SelectionLayer } from '../clusters/selection-layer.tsx';
import { useCluster, useClusters } from '../clusters/store.ts';
import type { RankedCluster } from '../clusters/store.ts';
import { isActive, useDispatchStore } from '../dispatch/store.ts';
import { WayLayer } from '../dispatch/way-layer.tsx';
import { CityMap } from '../map/city-map.tsx';
import { DrawnLayer } from '../map/drawn-layer.tsx';
import { useMap } from '../map/map-context.ts';
import type { MapPadding } from '../map/map-view-props.ts';
import { useTeams } from '../patrols/store.ts';
import { TeamMarkers } from '../patrols/team-markers.tsx';
import { StationMarkers } from '../stations/station-markers.tsx';
import { useStations, useStationsStore } from '../stations/store.ts';
import { tokensOf } from '../ui/theme.ts';
import { CellLayer } from '../zones/cell-layer.tsx';
import type { DebtCell } from '../zones/cell-layer.tsx';
import { useZones } from '../zones/store.ts';
import { useHere } from './here.ts';
import classes from './patrol-screen.module.css';
import { choose, showOwnPosition, usePatrolScreen } from './store.ts';

const nearZoom = 15;
const startZoom = 13.5;

export function PatrolMap(props: {
  city: CityView;
  team: TeamView;
  area: AreaView | null;
  places: readonly RankedCluster[];
  debts: readonly DebtCell[];
  positions: ReadonlyMap<string, TeamPosition>;
  padding: MapPadding;
  onView: (bounds: Bounds) => void;
}) {
  const { city, team, area } = props;
  const { t } = useTranslation('patrol');
  const { colorScheme } = useMantineColorScheme();
  const tokens = tokensOf(colorScheme === 'light' ? 'light' : 'dark');
  const choice = usePatrolScreen((screen) => screen.choice);
  const chosen = useCluster(choice?.kind === 'cluster' ? choice.id : null);
  const dispatches = useDispatchStore((store) => store.byId);
  const active = useMemo(() => [...dispatches.values()].filter(isActive), [dispatches]);
  const busy = useMemo(() => new Set(active.map(({ teamId }) => teamId)), [active]);
  const own = useMemo(() => active.filter(({ teamId }) => teamId === team.id), [active, team.id]);
  const here = useHere((store) => store.here);
  const [start] = useState(() => props.positions.get(team.id) ?? middleOf(area) ?? city.center);
  const areas = useMemo(() => (area ? [area] : []), [area]);
  const stations = useStations();
  return (
    <CityMap
      city={city}
      initialView={{ center: { lon: start.lon, lat: start.lat }, zoom: startZoom }}
      padding={props.padding}
      onMoveEnd={({ bounds }) => props.onView(bounds)}
    >
      <CellLayer
        cells={props.debts}
        tokens={tokens}
        onSelect={(id) => choose({ kind: 'cell', id })}
      />
      <DrawnLayer id="zones" shapes={useZones()} color={tokens.cold[2]} tokens={tokens} />
      <DrawnLayer id="own-area" shapes={areas} color={tokens.team} tokens={tokens} />
      <WayLayer dispatches={own} positions={props.positions} tokens={tokens} />
      <ClusterLayer
        clusters={props.places}
        tokens={tokens}
        onSelect={(id) => choose({ kind: 'cluster', id })}
      />
      <SelectionLayer cluster={chosen} tokens={tokens} />
      <StationMarkers stations={stations} onSelect={(id) => choose({ kind: 'station', id })} />
      <TeamMarkers
        teams={useTeams()}
        positions={props.positions}
        busyTeamIds={busy}
        ownTeamId={team.id}
        onSelect={(teamId) => {
          const target = active.find((dispatch) => dispatch.teamId === teamId);
          if (target) choose({ kind: 'cluster', id: target.clusterId });
        }}
      />
      <BringIntoView />
      <button
        type="button"
        className={classes['locate']}
        aria-label={t('here')}
        title={t('here')}
        disabled={here === null}
        onClick={showOwnPosition}
      >
        <IconCurrentLocation size={24} aria-hidden />
      </button>
    </CityMap>
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

function placeToShow(): Position | null {
  const { choice, focusOn } = usePatrolScreen.getState();
  if (focusOn === 'own') return useHere.getState().here;
  if (choice === null) return null;
  if (choice.kind === 'cell') {
    const [lat, lon] = cellToLatLng(choice.id);
    return { lon, lat };
  }
  const { byId, rechecks } = useDispatchStore.getState();
  if (choice.kind === 'recheck') return rechecks.get(choice.id) ?? null;
  if (choice.kind === 'station') return useStationsStore.getState().byId.get(choice.id) ?? null;
  const target = [...byId.values()].find(
    (dispatch) => dispatch.clusterId === choice.id && isActive(dispatch),
  )?.target;
  return useClusters.getState().byId.get(choice.id) ?? target ?? null;
}

/** Moves the map when something was chosen elsewhere, or oneself was asked for; never by itself. */
function BringIntoView() {
  const { map } = useMap();
  const focusCount = usePatrolScreen((screen) => screen.focusCount);
  useEffect(() => {
    if (focusCount === 0) return;
    const place = placeToShow();
    if (place === null) return;
    map.easeTo({
      center: [place.lon, place.lat],
      zoom: Math.max(map.getZoom(), nearZoom),
      duration: 500,
    });
  }, [map, focusCount]);
  return null;
}
