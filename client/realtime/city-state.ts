/**
 * What a screen knows of its city, and the one way it changes. Pure: a snapshot replaces everything, events upsert
 * by id in order of `seq`. An event at or below the cursor was applied before and changes nothing, so a replay with
 * repeats ends in the same state.
 */
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { AlarmView } from '../../shared/crew/schema.ts';
import type { DispatchView, RecheckView } from '../../shared/dispatch/schema.ts';
import type { ConflictView } from '../../shared/field/schema.ts';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import type { MediaView } from '../../shared/media/schema.ts';
import type { AreaView, TeamPosition, TeamView } from '../../shared/patrols/schema.ts';
import type { PlanNews } from '../../shared/planning/schema.ts';
import type { CityEvent, EventBatch, Snapshot } from '../../shared/realtime/events.ts';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import type { OwnReport, SightingView } from '../../shared/sightings/schema.ts';
import type { HoldView, StationView } from '../../shared/stations/schema.ts';
import type { DepotView, StockView } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import type { VehicleView } from '../../shared/vehicles/schema.ts';
import type { ActivationView, ProposalView } from '../../shared/response/schema.ts';
import type { WeatherNews } from '../../shared/weather/schema.ts';
import type { ClosureView } from '../../shared/roads/schema.ts';
import type { ColdCellView, ZoneView } from '../../shared/zones/schema.ts';

export type ById<V> = ReadonlyMap<string, V>;

export interface CityState {
  /** cursor: every event up to here is in; null before the first answer */
  seq: number | null;
  sightings: ById<SightingView>;
  /** open ones, and those that ended while this screen watched (it may have to say what became of them) */
  clusters: ById<ClusterView>;
  dispatches: ById<DispatchView>;
  rechecks: ById<RecheckView>;
  teams: ById<TeamView>;
  areas: ById<AreaView>;
  stations: ById<StationView>;
  zones: ById<ZoneView>;
  closures: ById<ClosureView>;
  /** told while this screen watched, with the number of the event; the field of all cells is fetched (`shared/zones/cell-field.ts`) */
  cells: ById<{ seq: number; view: ColdCellView }>;
  /** every change of a cell after this number is in `cells` */
  cellsSince: number;
  activation: ActivationView | null;
  /** waiting for a decision */
  proposal: ProposalView | null;
  weather: WeatherNews | null;
  /** revision of the cell field */
  field: number;
  reports: ById<OwnReport>;
  keyPoints: ById<KeyPointView>;
  shifts: ById<ShiftView>;
  /** not over yet */
  alarms: ById<AlarmView>;
  /** not looked at by the desk yet */
  conflicts: ById<ConflictView>;
  /** what was added or removed while this screen watched: lists ask again when it changes */
  media: ById<MediaView>;
  vehicles: ById<VehicleView>;
  /** places kept for somebody on the way */
  holds: ById<HoldView>;
  depots: ById<DepotView>;
  /** by store, as `storeKey` names it */
  stocks: ById<StockView>;
  plan: PlanNews | null;
}

const none: ReadonlyMap<string, never> = new Map<string, never>();
export const emptyCity: CityState = {
  seq: null,
  sightings: none,
  clusters: none,
  dispatches: none,
  rechecks: none,
  teams: none,
  areas: none,
  stations: none,
  zones: none,
  closures: none,
  cells: none,
  cellsSince: 0,
  activation: null,
  proposal: null,
  weather: null,
  field: 0,
  reports: none,
  keyPoints: none,
  shifts: none,
  alarms: none,
  conflicts: none,
  media: none,
  vehicles: none,
  holds: none,
  depots: none,
  stocks: none,
  plan: null,
};

const byId = <V extends { id: string }>(views: readonly V[]): ById<V> =>
  new Map(views.map((view) => [view.id, view]));

export const cityOfSnapshot = (snapshot: Snapshot): CityState => ({
  seq: snapshot.seq,
  sightings: byId(snapshot.sightings),
  clusters: byId(snapshot.clusters),
  dispatches: byId(snapshot.dispatches),
  rechecks: byId(snapshot.rechecks),
  teams: byId(snapshot.teams),
  areas: byId(snapshot.areas),
  stations: byId(snapshot.stations),
  zones: byId(snapshot.zones),
  closures: byId(snapshot.closures),
  cells: none,
  cellsSince: snapshot.seq,
  activation: snapshot.activation,
  proposal: snapshot.proposal,
  weather: snapshot.weather,
  field: snapshot.field,
  reports: byId(snapshot.reports),
  keyPoints: byId(snapshot.keyPoints),
  shifts: byId(snapshot.shifts),
  alarms: byId(snapshot.alarms),
  conflicts: byId(snapshot.conflicts),
  media: none,
  vehicles: byId(snapshot.vehicles),
  holds: byId(snapshot.holds),
  depots: byId(snapshot.depots),
  stocks: new Map(snapshot.stocks.map((stock) => [storeKey(stock.store), stock])),
  plan: snapshot.plan,
});

/** A copy of each touched map, made once per batch. */
class Draft {
  readonly next: CityState;
  private readonly copied = new Set<keyof CityState>();
  constructor(state: CityState) {
    this.next = { ...state };
  }
  private own<V>(key: keyof CityState, current: ById<V>): Map<string, V> {
    if (this.copied.has(key)) return current as Map<string, V>;
    this.copied.add(key);
    return new Map(current);
  }
  apply(event: CityEvent): void {
    const { next } = this;
    const put = <V>(key: keyof CityState, current: ById<V>, id: string, view: V | null) => {
      const map = this.own(key, current);
      if (view === null) map.delete(id);
      else map.set(id, view);
      return map;
    };
    switch (event.kind) {
      case 'sighting.changed': {
        const { sighting } = event;
        const kept = sighting.state === 'live' ? sighting : null;
        next.sightings = put('sightings', next.sightings, sighting.id, kept);
        return;
      }
      case 'cluster.changed':
        next.clusters = put('clusters', next.clusters, event.cluster.id, event.cluster);
        return;
      case 'dispatch.changed':
        next.dispatches = put('dispatches', next.dispatches, event.dispatch.id, event.dispatch);
        return;
      case 'recheck.changed': {
        const kept = event.recheck.doneAt === null ? event.recheck : null;
        next.rechecks = put('rechecks', next.rechecks, event.recheck.id, kept);
        return;
      }
      case 'team.changed':
        next.teams = put('teams', next.teams, event.team.id, event.team);
        return;
      case 'area.changed':
        next.areas = put('areas', next.areas, event.area.id, present(event.area));
        return;
      case 'station.changed':
        next.stations = put('stations', next.stations, event.station.id, present(event.station));
        return;
      case 'zone.changed':
        next.zones = put('zones', next.zones, event.zone.id, present(event.zone));
        return;
      case 'closure.changed': {
        const kept = event.closure.openedAt === null ? event.closure : null;
        next.closures = put('closures', next.closures, event.closure.id, kept);
        return;
      }
      case 'cell.changed':
        next.cells = put('cells', next.cells, event.cell.cell, {
          seq: event.seq,
          view: event.cell,
        });
        return;
      case 'activation.changed':
        next.activation = nightAfter(next.activation, event.activation);
        return;
      case 'proposal.changed':
        next.proposal = event.proposal.state === 'open' ? event.proposal : null;
        return;
      case 'weather.changed':
        next.weather = event.weather;
        return;
      case 'field.changed':
        next.field = event.revision;
        return;
      case 'report.progressed':
        next.reports = put('reports', next.reports, event.report.id, event.report);
        return;
      case 'keyPoint.changed':
        next.keyPoints = put(
          'keyPoints',
          next.keyPoints,
          event.keyPoint.id,
          present(event.keyPoint),
        );
        return;
      case 'shift.changed':
        next.shifts = put('shifts', next.shifts, event.shift.id, event.shift);
        return;
      case 'alarm.changed': {
        const kept = event.alarm.endedAt === null ? event.alarm : null;
        next.alarms = put('alarms', next.alarms, event.alarm.id, kept);
        return;
      }
      case 'conflict.changed': {
        const kept = event.conflict.settledAt === null ? event.conflict : null;
        next.conflicts = put('conflicts', next.conflicts, event.conflict.id, kept);
        return;
      }
      case 'media.changed':
        next.media = put('media', next.media, event.media.id, event.media);
        return;
      case 'vehicle.changed':
        next.vehicles = put('vehicles', next.vehicles, event.vehicle.id, present(event.vehicle));
        return;
      case 'hold.changed': {
        const kept = event.hold.endedAt === null ? event.hold : null;
        next.holds = put('holds', next.holds, event.hold.id, kept);
        return;
      }
      case 'depot.changed':
        next.depots = put('depots', next.depots, event.depot.id, present(event.depot));
        return;
      case 'stock.changed':
        next.stocks = put('stocks', next.stocks, storeKey(event.stock.store), event.stock);
        return;
      case 'plan.changed':
        next.plan = event.plan;
        return;
    }
  }
}

const present = <V extends { removed: boolean }>(view: V): V | null => (view.removed ? null : view);

/** The end of an earlier night says nothing about the one in force. */
function nightAfter(current: ActivationView | null, news: ActivationView): ActivationView | null {
  if (news.endedAt === null) return news;
  return current === null || current.id === news.id ? null : current;
}

/** The same state object when nothing in the batch was new. */
export function applyBatch(state: CityState, batch: EventBatch): CityState {
  const since = state.seq ?? -1;
  const fresh = batch.events.filter((event) => event.seq > since).sort((a, b) => a.seq - b.seq);
  if (fresh.length === 0 && batch.seq <= since) return state;
  const draft = new Draft(state);
  let last = since;
  for (const event of fresh) {
    if (event.seq > last) draft.apply(event);
    last = event.seq;
  }
  // Not the last event's own number: what concerns one person comes ahead of the batch that moves the cursor.
  draft.next.seq = Math.max(batch.seq, since);
  return draft.next;
}

export type Positions = ReadonlyMap<string, TeamPosition>;

/** The latest of each team wins, whatever order they came in. */
export function applyPositions(known: Positions, news: readonly TeamPosition[]): Positions {
  const next = new Map(known);
  for (const position of news) {
    const before = next.get(position.teamId);
    if (!before || before.at <= position.at) next.set(position.teamId, position);
  }
  return next;
}
