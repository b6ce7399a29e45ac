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
  onState: (state: CityState) => void;
  onPositions: (positions: Positions) => void;
  onLink: (state: 'live' | 'offline') => void;
  /** the server will not let this screen follow */
  onRefused: (code: string) => void;
  /** runs the work on the next frame */
  schedule: (work: () => void) => void;
}

const retryMs = 2_000;

export interface LiveCity {
  /** resolution-6 cells around what the map shows; null = the whole city. A change asks for a fresh snapshot. */
  watch(cells: string[] | null): void;
  sendPosition(report: TeamPositionReport): void;
  stop(): void;
}

export function createLiveCity(
  socket: CitySocket,
  cityId: string,
  handlers: LiveCityHandlers,
): LiveCity {
  let state = emptyCity;
  let positions: Positions = new Map();
  let cells: string[] | null = null;
  let open = false;
  let stopped = false;
  /** counts the questions asked; an answer to an older one is void */
  let asked = 0;
  let waiting: EventBatch[] | null = null;
  let inbox: EventBatch[] = [];
  let due = false;
  let published: CityState = state;
  let publishedPositions: Positions = positions;

  const publish = () => {
    due = false;
    if (stopped) return;
    for (const batch of inbox) state = applyBatch(state, batch);
    inbox = [];
    if (state !== published) handlers.onState((published = state));
    if (positions !== publishedPositions) handlers.onPositions((publishedPositions = positions));
  };
  const soon = () => {
    if (due) return;
    due = true;
    handlers.schedule(publish);
  };

  function take(answer: FollowAnswer, held: EventBatch[]): void {
    if (answer.kind === 'refused') {
      handlers.onRefused(answer.code);
      return;
    }
    if (answer.kind === 'snapshot') {
      inbox = [];
      state = cityOfSnapshot(answer.snapshot);
      positions = applyPositions(positions, answer.snapshot.positions);
    } else inbox.push({ events: answer.events, seq: answer.seq });
    inbox.push(...held);
    handlers.onLink('live');
    soon();
  }

  function ask(since: number | null): void {
    const question = ++asked;
    waiting = [];
    socket.follow({ cityId, since, cells }, (answer) => {
      if (stopped || question !== asked) return;
      const held = waiting ?? [];
      waiting = null;
      take(answer, held);
    });
    setTimeout(() => {
      if (!stopped && open && question === asked && waiting !== null) ask(since);
    }, retryMs * 5);
  }

  socket.onOpen(() => {
    open = true;
    publish();
    ask(state.seq);
  });
  socket.onClose(() => {
    open = false;
    waiting = null;
    asked += 1;
    handlers.onLink('offline');
  });
  socket.onEvents((batch) => {
    if (waiting !== null) waiting.push(batch);
    else {
      inbox.push(batch);
      soon();
    }
  });
  socket.onPositions((news) => {
    positions = applyPositions(positions, news);
    soon();
  });

  return {
    watch(next) {
      if (sameCells(cells, next)) return;
      cells = next;
      if (open) ask(null);
      else state = { ...state, seq: null };
    },
    sendPosition: (report) => socket.sendPosition(report),
    stop() {
      stopped = true;
      socket.close();
    },
  };
}

const sameCells = (a: string[] | null, b: string[] | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.length === b.length && a.every((cell, i) => cell === b[i]));
