/**
 * The night as the planner sees it: everything it weighs, in numbers, nothing else. Times are milliseconds since 1970,
 * ways come from `travel` in seconds. Pure data, so that a thread, a file or another solver can be handed it.
 */
import type { SupplyItem } from '../supplies/schema.ts';
import type { BedKind } from '../stations/schema.ts';
import type { VulnerableFlag } from '../sightings/schema.ts';
import type { Position } from '../geo/position.ts';
import type { TravelMode } from '../roads/schema.ts';
import type { Skill } from '../patrols/skills.ts';
import type { JobId, PlanningSettings } from './schema.ts';

/** An index into the travel tables. */
export type PlaceIndex = number;

export interface NightTeam {
  id: string;
  at: PlaceIndex;
  positionAt: number;
  mode: TravelMode;
  vehicleId?: string | null;
  /**
   * From when on it is free to move; the time of the plan where it is idle. On scene: when the visit there is likely
   * over. On a break: the end of it.
   */
  freeAt: number;
  shiftEndsAt: number | null;
  breakFrom: number | null;
  breakMinutes: number;
  skills: Skill[];
  seats: number;
  wheelchairs: number;
  /** aboard already, on the way to a station */
  aboard: { jobId: JobId; people: number; stationId: string; wheelchair: boolean }[];
  stock: Partial<Record<SupplyItem, number>>;
  /** in this order, before anything new; the first is where it is or is going */
  sent: {
    jobId: JobId;
    dispatchId: string;
    underway: boolean;
    onScene: boolean;
    holdId: string | null;
    /** the places that are held; they are no longer in the station's `free` */
    hold?: { stationId: string; kind: BedKind; places: number } | null;
  }[];
  /** broken down, or told to rest: takes nothing new */
  unable: 'vehicle_broken' | 'off_duty' | null;
}

export interface NightJob {
  id: JobId;
  clusterId: string;
  recheckId: string | null;
  at: PlaceIndex;
  /** 0–100, see docs/priority.md */
  score: number;
  /** multiplies minutes outside; from score and felt temperature by the planner's own rule */
  weight: number;
  /** since when somebody waits (first sight, or when the recheck became due) */
  since: number;
  /** not worth reaching before (a recheck that isn't due) */
  notBefore: number;
  deadline: number | null;
  hardDeadline: boolean;
  headcount: number;
  flags: VulnerableFlag[];
  feltCelsius: number | null;
  serviceMinutes: number;
  skills: Skill[];
  items: Partial<Record<SupplyItem, number>>;
  /** places likely needed, by kind, in order of what fits; empty = nobody is expected to come along */
  beds: { kinds: BedKind[]; places: number } | null;
  wheelchair: boolean;
  /** this team and no other: a dispatcher's hand, and where in its order */
  pinned: { teamId: string; beforeJobId: JobId | null } | null;
  /** teams that were told no */
  dismissed: string[];
  declined: string[];
}

export interface NightStation {
  id: string;
  at: PlaceIndex;
  free: Partial<Record<BedKind, number>>;
  /** null = day and night */
  openFrom: number | null;
  openUntil: number | null;
  shelter: boolean;
  open: boolean;
  setUpMinutes: number;
  unloadMinutes: number;
}

/** Row-major seconds and metres between all places of one mode; Infinity = no way. */
export interface TravelGrid {
  size: number;
  seconds: Float64Array;
  meters: Float64Array;
  /** 1 where it is an estimate */
  estimated: Uint8Array;
}

export interface Night {
  now: number;
  /** where each index of the travel tables is: nothing is planned by it, the view shows it */
  places?: readonly Position[];
  teams: NightTeam[];
  /** off duty, but could be called; those of them that are among `teams` are unable, and tried before they are named */
  spareTeamIds: string[];
  jobs: NightJob[];
  stations: NightStation[];
  travel: Partial<Record<TravelMode, TravelGrid>>;
  settings: PlanningSettings;
}
