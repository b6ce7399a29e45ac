/** What the duty board is looking at: one filter and one chosen thing, the same for queue, map and detail. */
import { create } from 'zustand';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { RankedCluster } from '../clusters/store.ts';

export type BoardTab = 'plan' | 'places' | 'rechecks' | 'where' | 'teams' | 'coverage' | 'stations';
export type PlaceFilter = 'all' | 'urgent' | 'waiting' | 'underWay';
export const placeFilters: readonly PlaceFilter[] = ['all', 'urgent', 'waiting', 'underWay'];

/** What the coverage detail is about: the whole city, an area, or a team's shift. */
export interface CoverageChoice {
  areaId: string | null;
  teamId: string | null;
  /** ISO; without an end up to now */
  from: string;
  to: string | null;
  name: string;
}

interface BoardStore {
  tab: BoardTab;
  filter: PlaceFilter;
  clusterId: string | null;
  cell: string | null;
  coverage: CoverageChoice | null;
  keyPointId: string | null;
  /** a drawn area */
  zoneId: string | null;
  /** the list of late records is open */
  conflicts: boolean;
  /** a key point or a crew to bring into view */
  spot: Position | null;
  showCells: boolean;
  showKeyPoints: boolean;
  showStreets: boolean;
  /** which hour the cells are shown for: so many from now, 0…12 */
  hoursAhead: number;
  /** what is being drawn: a priority area, or a stretch closed to traffic */
  drawing: 'zone' | 'closure' | null;
  /** the drawn area that is being changed; null = a new one */
  editedZoneId: string | null;
  /** counts requests to bring the chosen thing into view */
  focusCount: number;
}

export const useBoard = create<BoardStore>(() => ({
  tab: 'places',
  filter: 'all',
  clusterId: null,
  cell: null,
  coverage: null,
  keyPointId: null,
  zoneId: null,
  conflicts: false,
  spot: null,
  showCells: true,
  showKeyPoints: false,
  showStreets: false,
  hoursAhead: 0,
  drawing: null,
  editedZoneId: null,
  focusCount: 0,
}));

const nothing = {
  clusterId: null,
  cell: null,
  coverage: null,
  keyPointId: null,
  zoneId: null,
  conflicts: false,
  spot: null,
} as const;

/** `bringIntoView` when it was chosen elsewhere than on the map. */
export function chooseCluster(clusterId: string | null, bringIntoView = false): void {
  useBoard.setState((board) => ({
    ...nothing,
    clusterId,
    focusCount: board.focusCount + (bringIntoView ? 1 : 0),
  }));
}

export function chooseCell(cell: string | null, bringIntoView = false): void {
  useBoard.setState((board) => ({
    ...nothing,
    cell,
    focusCount: board.focusCount + (bringIntoView ? 1 : 0),
  }));
}

export function chooseZone(zoneId: string | null, bringIntoView = false): void {
  useBoard.setState((board) => ({
    ...nothing,
    zoneId,
    focusCount: board.focusCount + (bringIntoView ? 1 : 0),
  }));
}

/** Opens the editor. @param zoneId the one to change; null = a new one */
export function drawZone(zoneId: string | null): void {
  useBoard.setState({ drawing: 'zone', editedZoneId: zoneId });
}

/** Brings a place into view without choosing anything there. */
export function lookAt(spot: Position): void {
  useBoard.setState((board) => ({ spot, focusCount: board.focusCount + 1 }));
}

export function chooseCoverage(coverage: CoverageChoice | null): void {
  useBoard.setState({ ...nothing, coverage });
}

/** `at` brings it into view. */
export function chooseKeyPoint(keyPointId: string | null, at: Position | null = null): void {
  useBoard.setState((board) => ({
    ...nothing,
    keyPointId,
    spot: at,
    focusCount: board.focusCount + (at === null ? 0 : 1),
  }));
}

export function openConflicts(): void {
  useBoard.setState({ ...nothing, conflicts: true });
}

/** The places both queue and map show; the chosen one stays in sight whatever the filter says. */
export function filterPlaces(
  ranked: readonly RankedCluster[],
  filter: PlaceFilter,
  activeByCluster: ReadonlyMap<string, DispatchView[]>,
  chosenId: string | null = null,
): RankedCluster[] {
  return ranked.filter(({ cluster, priority }) => {
    if (cluster.id === chosenId) return true;
    if (filter === 'urgent') return priority.level >= 3;
    if (filter === 'waiting') return !activeByCluster.has(cluster.id);
    if (filter === 'underWay') return activeByCluster.has(cluster.id);
    return true;
  });
}
