/**
 * Reads committed events and hands them to whoever follows the city. Each process has one; a notification
 * from the database, or a slow poll when notifications fail, wakes it. One batch per view and turn.
 */
import type { TeamPosition } from '../../shared/patrols/schema.ts';
import type { CityEvent, EventBatch } from '../../shared/realtime/events.ts';
import { mergeBySubject } from '../../shared/realtime/merge.ts';
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { readEventsAfter, readLastSeq } from './event-log.ts';
import type { LoggedEvent } from './event-log.ts';
import { publicEvent } from './public-view.ts';

/** Whom a batch goes to: one room per distinct view, and one per person or device. */
export interface View {
  room: string;
  staff: boolean;
  /** null = the whole city */
  cells: ReadonlySet<string> | null;
}
export interface Outlet {
  viewsOf(cityId: string): Iterable<View>;
  hasPersonal(cityId: string, audience: string): boolean;
  sendBatch(room: string, batch: EventBatch): void;
  sendPersonal(cityId: string, audience: string, batch: EventBatch): void;
  sendPositions(cityId: string, positions: TeamPosition[]): void;
}

const batchLimit = 5_000;
const pollMs = 2_000;
const positionTickMs = 250;

/** What of a stretch of the log one view may see, the last event of each subject. */
export function eventsForView(
  events: readonly LoggedEvent[],
  view: Pick<View, 'staff' | 'cells'>,
): CityEvent[] {
  const visible = events.filter(
    ({ audience, cells }) =>
      (audience === 'public' || (audience === 'staff' && view.staff)) &&
      (view.cells === null || cells.length === 0 || cells.some((cell) => view.cells!.has(cell))),
  );
  const merged = mergeBySubject(visible.map(({ event }) => event));
  return view.staff ? merged : merged.map(publicEvent);
}

export class Broadcaster {
  private readonly cursors = new Map<string, number>();
  private readonly pumping = new Map<string, Promise<void>>();
  private readonly wokenAgain = new Set<string>();
  private readonly positions = new Map<string, Map<string, TeamPosition>>();
  private readonly db: Database;
  private readonly outlet: Outlet;
  private readonly log: Log;
  private timers: NodeJS.Timeout[] = [];
  private unlisten: (() => Promise<void>)[] = [];
  private stopped = false;

  constructor(db: Database, outlet: Outlet, log: Log) {
    this.db = db;
    this.outlet = outlet;
    this.log = log;
  }

  async start(): Promise<void> {
    // A lost connection may have swallowed notifications: look everywhere when listening begins anew.
    const events = await this.db.listen(
      'city_events',
      (cityId) => this.wake(cityId),
      () => this.wakeAll(),
    );
    const moves = await this.db.listen('team_positions', (payload) => this.notePosition(payload));
    this.unlisten = [events.unlisten, moves.unlisten];
    this.timers = [
      setInterval(() => this.wakeAll(), pollMs),
      setInterval(() => this.flushPositions(), positionTickMs),
    ];
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.allSettled(this.unlisten.map((unlisten) => unlisten()));
    await Promise.allSettled(this.pumping.values());
  }

  /** Called before the first screen follows a city: later batches then begin at a known number. */
  async ensureCity(cityId: string): Promise<boolean> {
    if (this.cursors.has(cityId)) return true;
    const seq = await readLastSeq(this.db.sql, cityId);
    if (seq === null) return false;
    if (!this.cursors.has(cityId)) this.cursors.set(cityId, seq);
    return true;
  }

  /** Every event up to this number was handed to those who followed when it came. */
  cursorOf(cityId: string): number {
    return this.cursors.get(cityId) ?? 0;
  }

  /** Something of this city was committed. */
  wake(cityId: string): void {
    if (this.stopped || !this.cursors.has(cityId)) return;
    if (this.pumping.has(cityId)) {
      this.wokenAgain.add(cityId);
      return;
    }
    const pump = this.pump(cityId)
      .catch((error: unknown) =>
        this.log('warn', 'events could not be read, trying again', { cityId, error }),
      )
      .finally(() => {
        this.pumping.delete(cityId);
        if (this.wokenAgain.delete(cityId)) this.wake(cityId);
      });
    this.pumping.set(cityId, pump);
  }

  private wakeAll(): void {
    for (const cityId of this.cursors.keys()) this.wake(cityId);
  }

  private async pump(cityId: string): Promise<void> {
    for (;;) {
      const since = this.cursors.get(cityId)!;
      const events = await readEventsAfter(this.db.sql, cityId, since, batchLimit);
      const last = events.at(-1);
      if (!last || this.stopped) return;
      this.sendPersonal(cityId, since, events);
      for (const view of this.outlet.viewsOf(cityId)) {
        this.outlet.sendBatch(view.room, {
          events: eventsForView(events, view),
          seq: last.event.seq,
        });
      }
      this.cursors.set(cityId, last.event.seq);
      if (events.length < batchLimit) return;
    }
  }

  /** Personal events go ahead of the view's batch and leave the cursor where it was. */
  private sendPersonal(cityId: string, since: number, events: readonly LoggedEvent[]): void {
    const byAudience = new Map<string, CityEvent[]>();
    for (const { audience, event } of events) {
      if (
        audience === 'public' ||
        audience === 'staff' ||
        !this.outlet.hasPersonal(cityId, audience)
      )
        continue;
      const list = byAudience.get(audience);
      if (list) list.push(event);
      else byAudience.set(audience, [event]);
    }
    for (const [audience, own] of byAudience)
      this.outlet.sendPersonal(cityId, audience, { events: mergeBySubject(own), seq: since });
  }

  private notePosition(payload: string): void {
    const { cityId, position } = JSON.parse(payload) as { cityId: string; position: TeamPosition };
    let teams = this.positions.get(cityId);
    if (!teams) this.positions.set(cityId, (teams = new Map()));
    const known = teams.get(position.teamId);
    if (!known || known.at <= position.at) teams.set(position.teamId, position);
  }

  private flushPositions(): void {
    for (const [cityId, teams] of this.positions)
      this.outlet.sendPositions(cityId, [...teams.values()]);
    this.positions.clear();
  }
}
