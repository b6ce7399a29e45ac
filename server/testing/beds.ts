/** Houses with places by kind, and what the book says of them against what is written in it. */
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { BedKind, holdDraftSchema, stationDraftSchema } from '../../shared/stations/schema.ts';
import type { Sql } from '../kernel/sql.ts';
import { place } from './seed.ts';

type StationDraft = z.infer<typeof stationDraftSchema>;

export const houseDraft = (
  places: Partial<Record<BedKind, number>>,
  changes: Partial<StationDraft> = {},
): StationDraft => ({
  id: uuidv7(),
  kind: 'station',
  name: '东站',
  address: '一号路',
  phone: '12345',
  position: place(100, 100),
  places: Object.entries(places).map(([kind, total]) => ({ kind: kind as BedKind, total })),
  open: true,
  fromHour: 0,
  toHour: 0,
  contact: '',
  setUpMinutes: null,
  ...changes,
});

export const minutesFromNow = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000).toISOString();

export const holdDraft = (
  stationId: string,
  changes: Partial<z.infer<typeof holdDraftSchema>> = {},
): z.infer<typeof holdDraftSchema> => ({
  id: uuidv7(),
  stationId,
  kind: 'general',
  places: 1,
  dispatchId: null,
  expectedAt: minutesFromNow(20),
  ...changes,
});

/** Kinds of houses whose counters don't say what is written down of holds and stays: none, whatever happened. */
export async function wrongCounters(sql: Sql, cityId: string): Promise<object[]> {
  return await sql<object[]>`
    select p.station_id, p.kind, p.total, p.held, p.taken, p.blocked, h.places as "heldInBook", s.people as "takenInBook"
    from station_places p
    cross join lateral (
      select coalesce(sum(places), 0)::int as places from bed_holds
      where city_id = p.city_id and station_id = p.station_id and kind = p.kind and state = 'held' and within_places) h
    cross join lateral (
      select count(*)::int as people from stays
      where city_id = p.city_id and station_id = p.station_id and kind = p.kind and left_at is null and within_places) s
    where p.city_id = ${cityId}
      and (p.held <> h.places or p.taken <> s.people or p.held + p.taken + p.blocked > p.total)`;
}
