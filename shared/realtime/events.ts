/**
 * Every message of the event stream, once. An event carries the whole view of one thing, so a client
 * upserts by id and a repeated event is harmless. `seq` is dense and ordered within a city.
 */
import { z } from 'zod';
import type { ClusterView } from '../clusters/schema.ts';
import type { AlarmView } from '../crew/schema.ts';
import type { DispatchView, RecheckView } from '../dispatch/schema.ts';
import type { ConflictView } from '../field/schema.ts';
import type { KeyPointView } from '../key-points/schema.ts';
import type { MediaView } from '../media/schema.ts';
import type { AreaView, TeamPosition, TeamPositionReport, TeamView } from '../patrols/schema.ts';
import type { PlanNews } from '../planning/schema.ts';
import type { ClosureView } from '../roads/schema.ts';
import type { ShiftView } from '../shifts/schema.ts';
import type { OwnReport, SightingView } from '../sightings/schema.ts';
import type { HoldView, StationView } from '../stations/schema.ts';
import type { DepotView, StockView } from '../supplies/schema.ts';
import type { VehicleView } from '../vehicles/schema.ts';
import type { ActivationView, ProposalView } from '../response/schema.ts';
import type { WeatherNews } from '../weather/schema.ts';
import type { ColdCellView, ZoneView } from '../zones/schema.ts';
import { citySlugSchema } from '../wire.ts';
import { maxViewCells } from './view.ts';

export type CityEventBody =
  | { kind: 'sighting.changed'; sighting: SightingView }
  | { kind: 'cluster.changed'; cluster: ClusterView }
  | { kind: 'dispatch.changed'; dispatch: DispatchView }
  | { kind: 'recheck.changed'; recheck: RecheckView }
  | { kind: 'team.changed'; team: TeamView }
  | { kind: 'area.changed'; area: AreaView }
  | { kind: 'station.changed'; station: StationView }
  | { kind: 'zone.changed'; zone: ZoneView }
  | { kind: 'closure.changed'; closure: ClosureView }
  | { kind: 'cell.changed'; cell: ColdCellView }
  | { kind: 'activation.changed'; activation: ActivationView }
  | { kind: 'proposal.changed'; proposal: ProposalView }
  // the hours themselves are read with `weather.read`
  | { kind: 'weather.changed'; weather: WeatherNews }
  // the forecast of all cells was made anew; the field itself is fetched
  | { kind: 'field.changed'; revision: number }
  | { kind: 'report.progressed'; report: OwnReport }
  | { kind: 'keyPoint.changed'; keyPoint: KeyPointView }
  | { kind: 'shift.changed'; shift: ShiftView }
  | { kind: 'alarm.changed'; alarm: AlarmView }
  | { kind: 'conflict.changed'; conflict: ConflictView }
  | { kind: 'media.changed'; media: MediaView }
  | { kind: 'vehicle.changed'; vehicle: VehicleView }
  | { kind: 'hold.changed'; hold: HoldView }
  | { kind: 'depot.changed'; depot: DepotView }
  | { kind: 'stock.changed'; stock: StockView }
  // the plan itself is read with `planning.read`
  | { kind: 'plan.changed'; plan: PlanNews };
export type CityEventKind = CityEventBody['kind'];
export type CityEvent = CityEventBody & { seq: number; at: string };

/** 'public' reaches everyone; 'staff' the operational roles; the others one person or one device. */
export type Audience = 'public' | 'staff' | `user:${string}` | `device:${string}`;

/** The state a screen starts from; complete for what the caller may see at `seq`. */
export interface Snapshot {
  seq: number;
  at: string;
  sightings: SightingView[];
  clusters: ClusterView[];
  dispatches: DispatchView[];
  rechecks: RecheckView[];
  teams: TeamView[];
  positions: TeamPosition[];
  areas: AreaView[];
  stations: StationView[];
  zones: ZoneView[];
  /** in force */
  closures: ClosureView[];
  activation: ActivationView | null;
  /** that nobody has decided on yet */
  proposal: ProposalView | null;
  weather: WeatherNews | null;
  /** revision of the cell field; 0 = none was made yet */
  field: number;
  reports: OwnReport[];
  /** in the area that is followed */
  keyPoints: KeyPointView[];
  /** running, or ended within the last 12 h */
  shifts: ShiftView[];
  /** not over yet */
  alarms: AlarmView[];
  /** not looked at by the desk yet */
  conflicts: ConflictView[];
  vehicles: VehicleView[];
  /** not over yet */
  holds: HoldView[];
  depots: DepotView[];
  stocks: StockView[];
  plan: PlanNews | null;
}

export { maxViewCells, viewResolution } from './view.ts';

export const followSchema = z.object({
  cityId: citySlugSchema,
  /** last seq this screen has applied; null = has nothing yet */
  since: z.number().int().min(0).nullable(),
  /** resolution-6 cells around what the screen shows; null = the whole city */
  cells: z
    .array(z.string().regex(/^[0-9a-f]{15}$/))
    .max(maxViewCells)
    .nullable(),
});
export type Follow = z.infer<typeof followSchema>;

/** Answer to `follow`: what was missed, or the whole when too much was missed. Live batches come after it. */
export type FollowAnswer =
  | { kind: 'events'; events: CityEvent[]; seq: number }
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'refused'; code: 'not_allowed' | 'not_found' | 'invalid_input' };

/** A batch in order; `seq` is the cursor after it (it moves even when nothing in between was for this screen). */
export interface EventBatch {
  events: CityEvent[];
  seq: number;
}

export interface ServerToClient {
  events: (batch: EventBatch) => void;
  /** volatile: the latest wins */
  positions: (positions: TeamPosition[]) => void;
}
export interface ClientToServer {
  follow: (follow: Follow, answer: (answer: FollowAnswer) => void) => void;
  position: (report: TeamPositionReport) => void;
}
