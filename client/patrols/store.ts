import { create } from 'zustand';
import { useMemo } from 'react';
import type { AreaView, TeamPosition, TeamView } from '../../shared/patrols/schema.ts';

interface PatrolsStore {
  /** removed teams stay, so that an old dispatch can name them */
  teams: ReadonlyMap<string, TeamView>;
  areas: ReadonlyMap<string, AreaView>;
  /** by team; the latest heard */
  positions: ReadonlyMap<string, TeamPosition>;
}

export const usePatrols = create<PatrolsStore>(() => ({
  teams: new Map(),
  areas: new Map(),
  positions: new Map(),
}));

export const useTeam = (teamId: string | null | undefined): TeamView | null =>
  usePatrols((store) => (teamId ? (store.teams.get(teamId) ?? null) : null));

/** Teams that exist, on duty first, then by call sign. */
export const useTeams = (): TeamView[] => {
  const teams = usePatrols((store) => store.teams);
  return useMemo(
    () =>
      [...teams.values()]
        .filter((team) => !team.removed)
        .sort(
          (a, b) =>
            Number(b.onDuty) - Number(a.onDuty) ||
            a.callSign.localeCompare(b.callSign, 'zh-CN', { numeric: true }),
        ),
    [teams],
  );
};

export const useAreas = (): AreaView[] => {
  const areas = usePatrols((store) => store.areas);
  return useMemo(() => [...areas.values()], [areas]);
};
