/** What the duty board is looking at: one filter and one chosen thing, the same for queue, map and detail. */
import { create } from 'zustand';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { RankedCluster } from '../clusters/store.ts';

export type BoardTab = 'places' | 'rechecks' | 'where' | 'teams' | 'stations';
export type PlaceFilter = 'all' | 'urgent' | 'waiting' | 'underWay';
export const placeFilters: readonly PlaceFilter[] = ['all', 'urgent', 'waiting', 'underWay'];

interface BoardStore {
  tab: BoardTab;
  filter: PlaceFilter;
  clusterId: string | null;
  cell: string | null;
  showCells: boolean;
  /** a priority area is being drawn */
  drawing: boolean;
  /** counts requests to bring the chosen thing into view */
  focusCount: number;
}

export const useBoard = create<BoardStore>(() => ({
  tab: 'places',
  filter: 'all',
  clusterId: null,
  cell: null,
  showCells: true,
  drawing: false,
  focusCount: 0,
}));

/** `bringIntoView` when it was chosen elsewhere than on the map. */
export function chooseCluster(clusterId: string | null, bringIntoView = false): void {
  useBoard.setState((board) => ({
    clusterId,
    cell: null,
    focusCount: board.focusCount + (bringIntoView ? 1 : 0),
  }));
}

export function chooseCell(cell: string | null, bringIntoView = false): void {
  useBoard.setState((board) => ({
    cell,
    clusterId: null,
    focusCount: board.focusCount + (bringIntoView ? 1 : 0),
  }));
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
