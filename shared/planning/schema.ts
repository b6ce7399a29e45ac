/**
 * The plan of a night as screens see it: one lane per team, one stop after another, and why. Nothing in it tells of a
 * person. The formula that orders it is in docs/planning.md.
 */
import { z } from 'zod';
import type { VulnerableFlag } from '../sightings/schema.ts';
import type { Skill } from '../patrols/skills.ts';
import type { BedKind } from '../stations/schema.ts';
import type { SupplyItem } from '../supplies/schema.ts';
import { idSchema, instantSchema } from '../wire.ts';

/** What a plan is about: a place with reports, or a visit that is owed. */
export const jobIdSchema = z.string().regex(/^(cluster|recheck):[0-9a-f-]{36}$/);
export type JobId = `cluster:${string}` | `recheck:${string}`;

/** A sentence in the reader's language: the code names it, the params fill it. Minutes, metres and counts are whole. */
export type Reason =
  // why this team
  | { code: 'soonest'; minutes: number }
  | { code: 'on_its_way'; minutes: number }
  | { code: 'only_one_able' }
  | { code: 'has_skill'; skill: Skill }
  | { code: 'has_seat'; seats: number }
  | { code: 'has_items'; items: SupplyItem[] }
  | { code: 'frees_others'; minutes: number }
  | { code: 'chosen_by_hand' }
  | { code: 'keeps_its_job' }
  // why now, why in this order
  | { code: 'priority'; score: number }
  | { code: 'flags'; flags: VulnerableFlag[] }
  | { code: 'waiting'; minutes: number }
  | { code: 'felt'; celsius: number }
  | { code: 'deadline'; at: string }
  | { code: 'recheck_due'; at: string }
  // which house
  | { code: 'bed_free'; stationId: string; kind: BedKind; free: number }
  // what rules a team out, or breaks
  | { code: 'further'; minutes: number }
  | { code: 'no_seat'; needed: number; seats: number }
  | { code: 'no_wheelchair_seat' }
  | { code: 'no_bed'; kind: BedKind; places: number }
  | { code: 'no_skill'; skill: Skill }
  | { code: 'no_items'; items: SupplyItem[] }
  | { code: 'shift_ends'; minutes: number }
  | { code: 'on_break'; until: string }
  | { code: 'off_duty' }
  | { code: 'vehicle_broken' }
  | { code: 'no_position' }
  | { code: 'position_old'; minutes: number }
  | { code: 'no_way' }
  | { code: 'late_for'; jobId: JobId; minutes: number }
  | { code: 'busy_with'; jobId: JobId; minutes: number }
  | { code: 'dismissed' }
  | { code: 'declined' }
  | { code: 'costs_others'; minutes: number };
export type ReasonCode = Reason['code'];

/** A team that would also go, and what speaks against it: the heaviest first. */
export interface Alternative {
  teamId: string;
  /** null: it can't at all */
  arriveAt: string | null;
  against: Reason[];
}

/** proposed: nobody has been told · sent: offered or accepted · underway: on the way or there */
export type StopState = 'proposed' | 'sent' | 'underway';

export interface VisitStop {
  kind: 'visit';
  jobId: JobId;
  clusterId: string;
  recheckId: string | null;
  dispatchId: string | null;
  state: StopState;
  /** sent to this team although the plan would now send another: the change waits for a person; never against one's hand */
  change: {
    toTeamId: string;
    /** as good for the city as if somebody came here so many minutes sooner */
    gainMinutes: number;
  } | null;
  headcount: number;
  /** to take and give out here */
  items: { item: SupplyItem; quantity: number }[];
  /** people expected to come along, and where to */
  bed: { stationId: string; kind: BedKind; places: number; holdId: string | null } | null;
  deadlineAt: string | null;
  reasons: Reason[];
  alternatives: Alternative[];
}
export interface StationStop {
  kind: 'station';
  stationId: string;
  jobIds: JobId[];
  people: number;
}
export interface BreakStop {
  kind: 'break';
}
export type PlanStop = (VisitStop | StationStop | BreakStop) & {
  lon: number;
  lat: number;
  arriveAt: string;
  leaveAt: string;
  /** from the stop before */
  wayMinutes: number;
  wayMeters: number;
  /** straight line × detour, not a road */
  estimated: boolean;
  /** past its deadline by this much */
  lateMinutes: number;
};

export interface Lane {
  teamId: string;
  /** where it starts from in this plan */
  lon: number;
  lat: number;
  positionAt: string;
  /** null: nobody said when its shift ends */
  shiftEndsAt: string | null;
  stops: PlanStop[];
}

export interface Unserved {
  jobId: JobId;
  clusterId: string;
  recheckId: string | null;
  /** what ruled out whom */
  against: Alternative[];
}

export type Remedy =
  | { code: 'open_shelter'; stationId: string; places: number; minutes: number }
  | { code: 'call_team'; teamId: string }
  | { code: 'transfer'; fromTeamId: string; toTeamId: string; item: SupplyItem; quantity: number }
  | { code: 'load'; teamId: string; item: SupplyItem; quantity: number }
  | { code: 'repair_vehicle'; vehicleId: string };
/** Something the city hasn't got tonight, and what would help. */
export interface Shortfall {
  what: 'beds' | 'seats' | 'teams' | 'skill' | 'items';
  bedKind: BedKind | null;
  skill: Skill | null;
  item: SupplyItem | null;
  missing: number;
  withinMinutes: number | null;
  jobIds: JobId[];
  remedies: Remedy[];
}

/** The parts of what is minimised; see docs/planning.md. */
export interface PlanCost {
  /** priority-weighted minutes outside of all jobs, from now on */
  outside: number;
  /** the same for those past their deadline, and those nobody reaches */
  late: number;
  unserved: number;
  travelMinutes: number;
  /** how unevenly the minutes of work lie on the teams */
  unevenness: number;
  total: number;
}

export interface PlanView {
  revision: number;
  madeAt: string;
  /** at least one time in it is an estimate */
  estimated: boolean;
  solver: 'own' | 'vroom';
  lanes: Lane[];
  unserved: Unserved[];
  shortfalls: Shortfall[];
  cost: PlanCost;
}

/** That there is a new plan: screens that show it read it then. */
export interface PlanNews {
  revision: number;
  madeAt: string;
}

/** What a dispatch carries along for its crew. */
export interface TaskPlan {
  dispatchId: string;
  stop: PlanStop & VisitStop;
  /** the house afterwards */
  then: (PlanStop & StationStop) | null;
  /** what comes after this task, if nothing changes */
  next: (PlanStop & VisitStop) | null;
}

export const acceptPlanSchema = z.object({
  revision: z.number().int().min(0),
  /** one new dispatch for each; `dispatchId` is made by the screen, so that sending it again is harmless */
  stops: z
    .array(z.object({ jobId: jobIdSchema, teamId: idSchema, dispatchId: idSchema }))
    .min(1)
    .max(100),
});
/** What became of each: a proposal that no longer holds is said, not forced. */
export interface AcceptedStop {
  jobId: JobId;
  teamId: string;
  dispatchId: string | null;
  refused: {
    code:
      | 'cluster_taken'
      | 'team_busy'
      | 'team_off_duty'
      | 'cluster_ended'
      | 'no_bed'
      | 'plan_changed';
  } | null;
}
export const placeJobSchema = z.object({
  jobId: jobIdSchema,
  teamId: idSchema,
  /** before this job of that team; null = at its end */
  beforeJobId: jobIdSchema.nullable(),
});
/** What would come of putting a job elsewhere. */
export interface MoveEffect {
  jobId: JobId;
  teamId: string;
  /** positive: later */
  deltaMinutes: number;
  outsideDelta: number;
  /** other jobs that would be reached at another time */
  others: { jobId: JobId; deltaMinutes: number }[];
  /** what would break; empty = nothing */
  breaks: Reason[];
  possible: boolean;
}
export const jobRefSchema = z.object({ jobId: jobIdSchema });
export const taskOfSchema = z.object({ dispatchId: idSchema });
export const dismissSchema = z.object({ jobId: jobIdSchema, teamId: idSchema });
export const setTeamDutySchema = z.object({
  teamId: idSchema,
  shiftEndsAt: instantSchema.nullable(),
  breakFromAt: instantSchema.nullable(),
  breakMinutes: z.number().int().min(0).max(240),
});

/** How the parts weigh against each other; minutes are the unit. Every one may be set by the city. */
export const planningSettingsSchema = z.object({
  /** per priority-weighted minute outside */
  outside: z.number().min(0).max(100).default(1),
  /** per minute past a deadline, on top */
  late: z.number().min(0).max(1000).default(20),
  /** per minute of driving */
  travel: z.number().min(0).max(100).default(0.2),
  /** per squared minute of work of one team, over 1,000 */
  fairness: z.number().min(0).max(100).default(0.3),
  /** for a job that nobody goes to, in weighted minutes */
  unserved: z.number().min(0).max(100_000).default(600),
  /** minutes after the first sight by which minors, ill and unresponsive people have to be reached */
  deadlineMinutes: z.number().int().min(5).max(600).default(30),
  /** weighted minutes that a change must gain before a team that was sent is proposed another job */
  changeGain: z.number().min(0).max(10_000).default(15),
  /** a position older than this is no longer where the team is */
  positionMinutes: z.number().int().min(1).max(720).default(30),
  /** sends by itself from this level up; off unless the city says so */
  autoDispatch: z.enum(['off', 'blue', 'yellow', 'orange', 'red']).default('off'),
  /** whose solver: the server of this address speaks VROOM's interface; empty = ours */
  vroomUrl: z.string().max(300).default(''),
});
export type PlanningSettings = z.infer<typeof planningSettingsSchema>;
