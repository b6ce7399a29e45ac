/** The plan as the planner keeps it: who does what in which order. Times, costs and reasons follow from the night. */
import type { BedKind } from '../stations/schema.ts';
import type { JobId } from './schema.ts';

export interface PlannedVisit {
  kind: 'visit';
  jobId: JobId;
  /** where people who come along are brought; null: nobody is expected to, or no bed is left */
  bed: { stationId: string; kind: BedKind } | null;
}
/** Everybody aboard for this house gets off. */
export interface PlannedHouse {
  kind: 'station';
  stationId: string;
}
export type PlannedStop = PlannedVisit | PlannedHouse;

export interface PlannedLane {
  teamId: string;
  /** what was sent stands first, in the order it was sent; breaks aren't here, they follow from the times */
  stops: PlannedStop[];
}

export interface Plan {
  madeAt: number;
  /** one for each team of the night */
  lanes: PlannedLane[];
  unserved: JobId[];
}
