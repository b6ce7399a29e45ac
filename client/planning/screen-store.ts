/** How this screen looks at the plan. */
import { create } from 'zustand';
import type { AcceptedStop, PlanView } from '../../shared/planning/schema.ts';
import { visitsTo } from './plan-stops.ts';
import type { AxisHours } from './time-axis.ts';

interface PlanScreen {
  lanesOpen: boolean;
  hours: AxisHours;
  onMap: boolean;
  /** the lane that is looked at, when no place of the plan is chosen */
  laneTeamId: string | null;
  /** counts requests to bring that lane into the map's view */
  fitCount: number;
  /** counts requests to show what is planned for a place */
  asked: { clusterId: string; count: number } | null;
  /** what could not be sent, until it is put away */
  refused: readonly (AcceptedStop & { clusterId: string })[];
}

/** Room for lanes without taking the map's. */
const roomy = (): boolean => window.innerWidth >= 1600 && window.innerHeight >= 1000;

export const usePlanScreen = create<PlanScreen>(() => ({
  lanesOpen: typeof window !== 'undefined' && roomy(),
  hours: 4,
  onMap: true,
  laneTeamId: null,
  fitCount: 0,
  asked: null,
  refused: [],
}));

export function lookAtLane(teamId: string | null): void {
  usePlanScreen.setState(({ fitCount }) => ({
    laneTeamId: teamId,
    fitCount: fitCount + (teamId === null ? 0 : 1),
  }));
}

/** A stop of a lane: its way on the map, its reasons beside it. */
export function lookAtVisit(teamId: string, clusterId: string): void {
  lookAtLane(teamId);
  usePlanScreen.setState(({ asked }) => ({
    asked: { clusterId, count: (asked?.count ?? 0) + 1 },
  }));
}

/** The team whose night is emphasised: of the chosen place, else the one chosen by its name. */
export const emphasisedTeam = (
  plan: PlanView | null,
  clusterId: string | null,
  laneTeamId: string | null,
): string | null =>
  (clusterId === null ? undefined : visitsTo(plan, clusterId)[0]?.teamId) ?? laneTeamId;
