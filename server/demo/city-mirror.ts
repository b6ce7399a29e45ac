/** What a screen of the city would show, kept up to date over the same socket: what simulated people go by. */
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { DispatchView, RecheckView } from '../../shared/dispatch/schema.ts';
import type { AreaView, TeamPosition, TeamView } from '../../shared/patrols/schema.ts';
import type {
  CityEvent,
  ClientToServer,
  EventBatch,
  FollowAnswer,
  ServerToClient,
  Snapshot,
} from '../../shared/realtime/events.ts';
import type { SightingView } from '../../shared/sightings/schema.ts';
import type { HoldView, StationView } from '../../shared/stations/schema.ts';
import type { StockView } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import type { ActivationView, ProposalView } from '../../shared/response/schema.ts';
import type { WeatherNews } from '../../shared/weather/schema.ts';
import { sessionCookie } from '../kernel/context.ts';

export interface MirrorOptions {
  baseUrl: string;
  cityId: string;
  signIn(): Promise<string>;
  /** Called after each applied event, with what was known of the dispatch before. */
  onDispatch(now: DispatchView, before: DispatchView | undefined): void;
}

export class CityMirror {
  readonly sightings = new Map<string, SightingView>();
  readonly clusters = new Map<string, ClusterView>();
  readonly dispatches = new Map<string, DispatchView>();
  readonly rechecks = new Map<string, RecheckView>();
  readonly teams = new Map<string, TeamView>();
  readonly areas = new Map<string, AreaView>();
  readonly stations = new Map<string, StationView>();
  readonly holds = new Map<string, HoldView>();
  /** by store, as `storeKey` names it */
  readonly stocks = new Map<string, StockView>();
  readonly positions = new Map<string, TeamPosition>();
  activation: ActivationView | null = null;
  /** what the rules ask the desk to do */
  proposal: ProposalView | null = null;
  weather: WeatherNews | null = null;
  private seq = 0;
  private begun = false;
  /** Batches that overtook the answer to `follow`; null while none is awaited. */
  private early: EventBatch[] | null = null;
  private readonly options: MirrorOptions;
  private socket: Socket<ServerToClient, ClientToServer> | null = null;

  constructor(options: MirrorOptions) {
    this.options = options;
  }

  /** Resolves with the first snapshot applied. */
  async open(timeoutMs: number): Promise<void> {
    const { baseUrl, signIn } = this.options;
    const socket: Socket<ServerToClient, ClientToServer> = io(baseUrl, {
      transports: ['websocket'],
      extraHeaders: { cookie: `${sessionCookie}=${await signIn()}` },
      forceNew: true,
    });
    this.socket = socket;
    socket.on('events', (batch) => this.take(batch));
    socket.on('positions', (positions) => {
      for (const position of positions) this.positions.set(position.teamId, position);
    });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the city did not answer')), timeoutMs);
      socket.on('connect', () =>
        this.follow(socket, () => {
          clearTimeout(timer);
          resolve();
        }),
      );
    });
  }

  close(): void {
    this.socket?.disconnect();
  }

  private follow(socket: Socket<ServerToClient, ClientToServer>, onReady: () => void): void {
    const { cityId } = this.options;
    const since = this.begun ? this.seq : null;
    this.early = [];
    socket.emit('follow', { cityId, since, cells: null }, (answer: FollowAnswer) => {
      const early = this.early ?? [];
      this.early = null;
      if (answer.kind === 'refused') return;
      if (answer.kind === 'snapshot') this.restart(answer.snapshot);
      else this.take(answer);
      for (const batch of early) this.take(batch);
      this.begun = true;
      onReady();
    });
  }

  private take(batch: EventBatch): void {
    if (this.early) {
      this.early.push(batch);
      return;
    }
    const { events, seq } = batch;
    for (const event of events) if (event.seq > this.seq) this.apply(event);
    this.seq = Math.max(this.seq, seq);
  }

  private restart(snapshot: Snapshot): void {
    this.seq = snapshot.seq;
    replace(this.sightings, snapshot.sightings);
    replace(this.clusters, snapshot.clusters);
    replace(this.dispatches, snapshot.dispatches);
    replace(this.rechecks, snapshot.rechecks);
    replace(this.teams, snapshot.teams);
    replace(this.areas, snapshot.areas);
    replace(this.stations, snapshot.stations);
    replace(this.holds, snapshot.holds);
    this.stocks.clear();
    for (const stock of snapshot.stocks) this.stocks.set(storeKey(stock.store), stock);
    for (const position of snapshot.positions) this.positions.set(position.teamId, position);
    this.activation = snapshot.activation;
    this.proposal = snapshot.proposal;
    this.weather = snapshot.weather;
  }

  /** What has ended is dropped: the night runs for days, the mirror must not grow. */
  private apply(event: CityEvent): void {
    switch (event.kind) {
      case 'sighting.changed':
        keep(this.sightings, event.sighting, event.sighting.state === 'live');
        break;
      case 'cluster.changed':
        keep(this.clusters, event.cluster, event.cluster.open);
        break;
      case 'dispatch.changed': {
        const before = this.dispatches.get(event.dispatch.id);
        keep(this.dispatches, event.dispatch, event.dispatch.endedAt === null);
        this.options.onDispatch(event.dispatch, before);
        break;
      }
      case 'recheck.changed':
        keep(this.rechecks, event.recheck, event.recheck.doneAt === null);
        break;
      case 'team.changed':
        keep(this.teams, event.team, !event.team.removed);
        break;
      case 'area.changed':
        keep(this.areas, event.area, !event.area.removed);
        break;
      case 'station.changed':
        keep(this.stations, event.station, !event.station.removed);
        break;
      case 'hold.changed':
        keep(this.holds, event.hold, event.hold.state === 'held');
        break;
      case 'stock.changed':
        this.stocks.set(storeKey(event.stock.store), event.stock);
        break;
      case 'activation.changed':
        this.activation = event.activation.endedAt === null ? event.activation : null;
        break;
      case 'weather.changed':
        this.weather = event.weather;
        break;
      case 'proposal.changed':
        this.proposal = event.proposal.state === 'open' ? event.proposal : null;
        break;
      default:
    }
  }
}

function replace<T extends { id: string }>(map: Map<string, T>, views: readonly T[]): void {
  map.clear();
  for (const view of views) map.set(view.id, view);
}

function keep<T extends { id: string }>(map: Map<string, T>, view: T, lasts: boolean): void {
  if (lasts) map.set(view.id, view);
  else map.delete(view.id);
}
