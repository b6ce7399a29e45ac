import { latLngToCell } from 'h3-js';
import type { Audience, CityEvent, CityEventBody } from '../../shared/realtime/events.ts';
import { viewResolution } from '../../shared/realtime/events.ts';
import { subjectKey } from '../../shared/realtime/merge.ts';
import type { Position } from '../../shared/geo/position.ts';
import { asJson } from '../kernel/sql.ts';
import type { Db } from '../kernel/sql.ts';

/** How many missed events are replayed before a snapshot is the shorter way. */
export const replayLimit = 2_000;

export interface NewEvent {
  body: CityEventBody;
  audience: Audience;
  /** resolution-6 cells it touches; empty = the whole city */
  cells: string[];
}
export interface LoggedEvent {
  event: CityEvent;
  audience: Audience;
  cells: string[];
}

export const cellsOf = (places: readonly Position[]): string[] => [
  ...new Set(places.map((place) => latLngToCell(place.lat, place.lon, viewResolution))),
];

/** Appends one transaction's events, the last of each subject, numbered from `lastSeq + 1`. The city's row must be held. */
export async function appendEvents(
  db: Db,
  cityId: string,
  lastSeq: number,
  at: string,
  events: readonly NewEvent[],
): Promise<number> {
  const rows = lastOfEach(events).map(({ body, audience, cells }, index) => ({
    seq: lastSeq + 1 + index,
    kind: body.kind,
    audience,
    cells,
    payload: body,
  }));
  if (rows.length === 0) return lastSeq;
  const seq = lastSeq + rows.length;
  // Sent one after another without waiting in between; the database works them off in this order.
  await Promise.all([
    db`
      insert into events (city_id, seq, at, kind, audience, cells, payload)
      select ${cityId}, seq, ${at}::timestamptz, kind, audience, cells, payload
      from json_to_recordset(${asJson(db, rows)})
        as r (seq bigint, kind text, audience text, cells text[], payload json)`,
    db`
      update cities set last_event_seq = ${seq} where id = ${cityId}
      returning pg_notify('city_events', id)`,
  ]);
  return seq;
}

/** The last event of each subject, in the order of those last ones, with the cells of all of them. */
function lastOfEach(events: readonly NewEvent[]): NewEvent[] {
  const last = new Map<string, NewEvent>();
  for (const event of events) {
    const key = subjectKey(event.body);
    const earlier = last.get(key);
    if (!earlier) {
      last.set(key, event);
      continue;
    }
    last.delete(key);
    last.set(key, { ...event, cells: [...new Set([...earlier.cells, ...event.cells])] });
  }
  return [...last.values()];
}

/** Committed events after `seq`, in order. Numbers are given under the city's lock, so none below the last can still appear. */
export async function readEventsAfter(
  db: Db,
  cityId: string,
  seq: number,
  limit: number,
): Promise<LoggedEvent[]> {
  const rows = await db<
    { seq: number; at: string; audience: Audience; cells: string[]; payload: CityEventBody }[]
  >`
    select seq, at, audience, cells, payload from events
    where city_id = ${cityId} and seq > ${seq} order by seq limit ${limit}`;
  return rows.map(({ seq: number, at, audience, cells, payload }) => ({
    event: { ...payload, seq: number, at },
    audience,
    cells,
  }));
}

export async function readLastSeq(db: Db, cityId: string): Promise<number | null> {
  const [row] = await db<
    { last_event_seq: number }[]
  >`select last_event_seq from cities where id = ${cityId}`;
  return row?.last_event_seq ?? null;
}

/** Drops events older than `before`; whoever is further behind gets a snapshot. */
export async function trimEvents(db: Db, before: string): Promise<void> {
  await db`delete from events where at < ${before}::timestamptz`;
}
