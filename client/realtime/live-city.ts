/**
 * The connection of one screen to its city's events. It subscribes before it asks for the past: batches that arrive
 * while an answer is awaited wait for it and are then cut by the cursor, so nothing is lost and nothing comes twice.
 * Changes reach the screen once per animation frame.
 */
import type { Follow, FollowAnswer, EventBatch } from '../../shared/realtime/events.ts';
import type { TeamPosition, TeamPositionReport } from '../../shared/patrols/schema.ts';
import { applyBatch, applyPositions, cityOfSnapshot, emptyCity } from './city-state.ts';
import type { CityState, Positions } from './city-state.ts';

/** What is needed of a socket; `open-socket.ts` makes one of socket.io, tests make one of arrays. */
export interface CitySocket {
  onOpen(handler: () => void): void;
  onClose(handler: () => void): void;
  onEvents(handler: (batch: EventBatch) => void): void;
  onPositions(handler: (positions: TeamPosition[]) => void): void;
  follow(follow: Follow, answer: (answer: FollowAnswer) => void): void;
  sendPosition(report: TeamPositionReport): void;
  close(): void;
}

export interface LiveCityHandlers {
  /** `cells` = the part of the city it holds; null = all of it */
  onState: (state: CityState, cells: string[] | null) => void;
  onPositions: (positions: Positions) => void;
  onLink: (state: 'live' | 'offline') => void;
  /** the server will not let this screen follow */
  onRefused: (code: string) => void;
  /** runs the work on the next frame */
  schedule: (work: () => void) => void;
}

/** An answer that has not come by then is asked for again. */
const answerPatienceMs = 10_000;

export interface LiveCity {
  /** resolution-6 cells around what the map shows; null = the whole city. A change asks for a fresh snapshot. */
  watch(cells: string[] | null): void;
  sendPosition(report: TeamPositionReport): void;
  stop(): void;
}

/** What an earlier run knew: shown at once, and continued from its number. */
export interface LiveCityStart {
  state: CityState;
  cells: string[] | null;
  positions: Positions;
}

export function createLiveCity(
  socket: CitySocket,
  cityId: string,
  handlers: LiveCityHandlers,
  start?: LiveCityStart,
): LiveCity {
  return new Connection(socket, cityId, handlers, start);
}

class Connection implements LiveCity {
  readonly #socket: CitySocket;
  readonly #cityId: string;
  readonly #handlers: LiveCityHandlers;
  #state = emptyCity;
  #positions: Positions = new Map();
  #published: { state: CityState; positions: Positions };
  /** asked for */
  #cells: string[] | null = null;
  /** what the state holds */
  #covered: string[] | null = null;
  #open = false;
  #stopped = false;
  /** counts the questions asked; an answer to an older one is void */
  #asked = 0;
  /** batches that came while an answer is awaited */
  #held: EventBatch[] | null = null;
  #inbox: EventBatch[] = [];
  #due = false;

  constructor(
    socket: CitySocket,
    cityId: string,
    handlers: LiveCityHandlers,
    start: LiveCityStart | undefined,
  ) {
    this.#socket = socket;
    this.#cityId = cityId;
    this.#handlers = handlers;
    this.#published = { state: this.#state, positions: this.#positions };
    if (start) {
      this.#state = start.state;
      this.#cells = this.#covered = start.cells;
      this.#positions = start.positions;
      this.#soon();
    }
    socket.onOpen(() => {
      this.#open = true;
      this.#publish();
      this.#ask(this.#state.seq);
    });
    socket.onClose(() => {
      this.#open = false;
      this.#held = null;
      this.#asked += 1;
      handlers.onLink('offline');
    });
    socket.onEvents((batch) => {
      if (this.#held !== null) this.#held.push(batch);
      else {
        this.#inbox.push(batch);
        this.#soon();
      }
    });
    socket.onPositions((news) => {
      this.#positions = applyPositions(this.#positions, news);
      this.#soon();
    });
  }

  watch(cells: string[] | null): void {
    if (sameCells(this.#cells, cells)) return;
    this.#cells = cells;
    if (this.#open) this.#ask(null);
    else this.#state = { ...this.#state, seq: null };
  }

  sendPosition(report: TeamPositionReport): void {
    this.#socket.sendPosition(report);
  }

  stop(): void {
    this.#stopped = true;
    this.#socket.close();
  }

  #ask(since: number | null): void {
    const question = ++this.#asked;
    const isCurrent = () => !this.#stopped && question === this.#asked;
    const cells = this.#cells;
    this.#held = [];
    this.#socket.follow({ cityId: this.#cityId, since, cells }, (answer) => {
      if (!isCurrent() || this.#held === null) return;
      const held = this.#held;
      this.#held = null;
      if (answer.kind === 'snapshot') this.#covered = cells;
      this.#take(answer, held);
    });
    setTimeout(() => {
      if (isCurrent() && this.#open && this.#held !== null) this.#ask(since);
    }, answerPatienceMs);
  }

  #take(answer: FollowAnswer, held: EventBatch[]): void {
    if (answer.kind === 'refused') {
      this.#handlers.onRefused(answer.code);
      return;
    }
    if (answer.kind === 'snapshot') {
      this.#inbox = [];
      this.#state = cityOfSnapshot(answer.snapshot);
      this.#positions = applyPositions(this.#positions, answer.snapshot.positions);
    } else this.#inbox.push({ events: answer.events, seq: answer.seq });
    this.#inbox.push(...held);
    this.#handlers.onLink('live');
    this.#soon();
  }

  #soon(): void {
    if (this.#due) return;
    this.#due = true;
    this.#handlers.schedule(() => this.#publish());
  }

  #publish(): void {
    this.#due = false;
    if (this.#stopped) return;
    for (const batch of this.#inbox) this.#state = applyBatch(this.#state, batch);
    this.#inbox = [];
    const before = this.#published;
    this.#published = { state: this.#state, positions: this.#positions };
    if (this.#state !== before.state) this.#handlers.onState(this.#state, this.#covered);
    if (this.#positions !== before.positions) this.#handlers.onPositions(this.#positions);
  }
}

const sameCells = (a: string[] | null, b: string[] | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.length === b.length && a.every((cell, i) => cell === b[i]));
