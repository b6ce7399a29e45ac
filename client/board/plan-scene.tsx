/** Names for the plan's ids, from all domains that the board knows. */
import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { RankedCluster } from '../clusters/store.ts';
import { useClusters } from '../clusters/store.ts';
import { useHeadcountWords } from '../clusters/use-headcount-words.ts';
import { usePatrols } from '../patrols/store.ts';
import { PlanSceneContext } from '../planning/scene.ts';
import type { PlanScene } from '../planning/scene.ts';
import { useStationsStore } from '../stations/store.ts';
import { useVehicleStore } from '../vehicles/store.ts';
import type { TravelMode } from '../../shared/roads/schema.ts';
import { chooseCluster, useBoard } from './store.ts';

/** Of the vehicle a team drives; without one it is on foot. */
export function useTeamMode(): (teamId: string) => TravelMode {
  const vehicles = useVehicleStore((store) => store.byId);
  const modes = useMemo(
    () =>
      new Map(
        [...vehicles.values()]
          .filter(({ teamId, removed }) => teamId !== null && !removed)
          .map(({ teamId, mode }) => [teamId, mode]),
      ),
    [vehicles],
  );
  return useCallback((teamId) => modes.get(teamId) ?? 'foot', [modes]);
}

export function PlanSceneProvider(props: {
  ranked: readonly RankedCluster[];
  mayAct: boolean;
  children: ReactNode;
}) {
  const { ranked, mayAct } = props;
  const teams = usePatrols((store) => store.teams);
  const stations = useStationsStore((store) => store.byId);
  const vehicles = useVehicleStore((store) => store.byId);
  const clusters = useClusters((store) => store.byId);
  const chosenClusterId = useBoard((board) => board.clusterId);
  const headcount = useHeadcountWords();
  const levels = useMemo(
    () => new Map(ranked.map(({ cluster, priority }) => [cluster.id, priority.level])),
    [ranked],
  );
  const scene = useMemo<PlanScene>(
    () => ({
      mayAct,
      team: (teamId) => teams.get(teamId)?.name ?? '–',
      station: (stationId) => stations.get(stationId)?.name ?? '–',
      vehicle: (vehicleId) => vehicles.get(vehicleId)?.name ?? '–',
      place: (clusterId) => {
        const cluster = clusters.get(clusterId);
        return {
          text: cluster ? headcount(cluster) : '',
          level: levels.get(clusterId) ?? null,
        };
      },
      chosenClusterId,
      choosePlace: chooseCluster,
    }),
    [mayAct, teams, stations, vehicles, clusters, headcount, levels, chosenClusterId],
  );
  return <PlanSceneContext value={scene}>{props.children}</PlanSceneContext>;
}
