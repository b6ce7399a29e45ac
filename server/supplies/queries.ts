import type {
  DepotView,
  MovementView,
  StockView,
  Store,
  SupplyItem,
} from '../../shared/supplies/schema.ts';
import type { Movement } from '../../shared/supplies/rules.ts';
import type { Db } from '../kernel/sql.ts';

const depotColumns = (db: Db) => db`
  id, name, st_x(position::geometry) as lon, st_y(position::geometry) as lat, removed_at is not null as removed`;

export async function readDepotViews(db: Db, cityId: string): Promise<DepotView[]> {
  return await db<DepotView[]>`
    select ${depotColumns(db)} from depots where city_id = ${cityId} and removed_at is null order by name, id`;
}

/** One depot, also one that was removed. */
export async function readDepotView(db: Db, cityId: string, id: string): Promise<DepotView | null> {
  const [depot] = await db<DepotView[]>`
    select ${depotColumns(db)} from depots where city_id = ${cityId} and id = ${id}::uuid`;
  return depot ?? null;
}

export async function upsertDepot(
  db: Db,
  cityId: string,
  depot: { id: string; name: string; position: { lon: number; lat: number } },
): Promise<void> {
  const { lon, lat } = depot.position;
  await db`
    insert into depots (city_id, id, name, position)
    values (${cityId}, ${depot.id}::uuid, ${depot.name},
      st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)::geography)
    on conflict (city_id, id) do update set name = excluded.name, position = excluded.position`;
}

export async function markDepotRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<void> {
  await db`
    update depots set removed_at = coalesce(removed_at, ${at}::timestamptz)
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** What lies in each store, also in one that was removed with something in it. */
export async function readStockViews(db: Db, cityId: string): Promise<StockView[]> {
  return await db<StockView[]>`
    select jsonb_build_object('kind', store_kind, 'id', store_id) as store,
      coalesce(jsonb_agg(jsonb_build_object('item', item, 'quantity', quantity) order by item)
        filter (where quantity > 0), '[]') as levels,
      max(changed_at) as "changedAt"
    from stock_levels where city_id = ${cityId}
    group by store_kind, store_id order by store_kind, store_id`;
}

/** Of a store that nothing was ever recorded of: none. */
export async function readStockView(
  db: Db,
  cityId: string,
  store: Store,
): Promise<StockView | null> {
  const [row] = await db<Omit<StockView, 'store'>[]>`
    select coalesce(jsonb_agg(jsonb_build_object('item', item, 'quantity', quantity) order by item)
        filter (where quantity > 0), '[]') as levels,
      max(changed_at) as "changedAt"
    from stock_levels
    where city_id = ${cityId} and store_kind = ${store.kind}::store_kind and store_id = ${store.id}::uuid
    having count(*) > 0`;
  return row ? { store, ...row } : null;
}

export async function readLevel(
  db: Db,
  cityId: string,
  store: Store,
  item: SupplyItem,
): Promise<number> {
  const [row] = await db<{ quantity: number }[]>`
    select quantity from stock_levels
    where city_id = ${cityId} and store_kind = ${store.kind}::store_kind and store_id = ${store.id}::uuid
      and item = ${item}::need`;
  return row?.quantity ?? 0;
}

export async function upsertLevel(
  db: Db,
  cityId: string,
  { store, item, quantity, at }: { store: Store; item: SupplyItem; quantity: number; at: string },
): Promise<void> {
  await db`
    insert into stock_levels (city_id, store_kind, store_id, item, quantity, changed_at)
    values (${cityId}, ${store.kind}::store_kind, ${store.id}::uuid, ${item}::need, ${quantity}::integer,
      ${at}::timestamptz)
    on conflict (city_id, store_kind, store_id, item) do update set
      quantity = excluded.quantity, changed_at = excluded.changed_at`;
}

const lineColumns = (db: Db) => db`
  m.id, m.kind, m.item, m.quantity,
  case when m.from_id is not null then jsonb_build_object('kind', m.from_kind, 'id', m.from_id) end as "from",
  case when m.to_id is not null then jsonb_build_object('kind', m.to_kind, 'id', m.to_id) end as "to",
  m.at`;

const ofStore = (db: Db, { kind, id }: Store) => db`
  ((m.from_kind = ${kind}::store_kind and m.from_id = ${id}::uuid)
    or (m.to_kind = ${kind}::store_kind and m.to_id = ${id}::uuid))`;

/** What people recorded of one item in one store after this moment, in order of time. */
export async function readLater(
  db: Db,
  cityId: string,
  store: Store,
  { item, at, id }: Pick<Movement, 'item' | 'at' | 'id'>,
): Promise<Movement[]> {
  return await db<Movement[]>`
    select ${lineColumns(db)} from supply_movements m
    where m.city_id = ${cityId} and ${ofStore(db, store)} and m.item = ${item}::need and not m.corrected
      and (m.at, m.id) > (${at}::timestamptz, ${id}::uuid)
    order by m.at, m.id`;
}

/** What people recorded before this moment: from the last count on, which comes first, or from the beginning. */
export async function readEarlier(
  db: Db,
  cityId: string,
  store: Store,
  { item, at, id }: Pick<Movement, 'item' | 'at' | 'id'>,
): Promise<Movement[]> {
  return await db<Movement[]>`
    with earlier as (
      select m.* from supply_movements m
      where m.city_id = ${cityId} and ${ofStore(db, store)} and m.item = ${item}::need and not m.corrected
        and (m.at, m.id) < (${at}::timestamptz, ${id}::uuid)
    ), counted as (
      select at, id from earlier where kind = 'count' order by at desc, id desc limit 1
    )
    select ${lineColumns(db)} from earlier m
    where not exists (select 1 from counted c where (m.at, m.id) < (c.at, c.id))
    order by m.at, m.id`;
}

/** What was appended under this id, or null. */
export async function findMovement(
  db: Db,
  cityId: string,
  id: string,
): Promise<MovementView | null> {
  const [row] = await readMovements(db, cityId, db`m.id = ${id}::uuid`, 1);
  return row ?? null;
}

/** The last lines of a store, newest first as they were heard of. */
export async function readMovementsOf(
  db: Db,
  cityId: string,
  store: Store,
  limit: number,
): Promise<MovementView[]> {
  return readMovements(db, cityId, ofStore(db, store), limit);
}

async function readMovements(
  db: Db,
  cityId: string,
  which: ReturnType<typeof ofStore>,
  limit: number,
): Promise<MovementView[]> {
  return await db<MovementView[]>`
    select ${lineColumns(db)}, m.encounter_id as "encounterId", m.booked_before as "bookedBefore", m.corrected,
      u.display_name as "recordedBy", m.note, m.received_at as "receivedAt"
    from supply_movements m join users u on u.city_id = m.city_id and u.id = m.recorded_by
    where m.city_id = ${cityId} and ${which}
    order by m.seq desc limit ${limit}`;
}

export async function hasGift(
  db: Db,
  cityId: string,
  encounterId: string,
  item: SupplyItem,
): Promise<boolean> {
  const rows = await db`
    select 1 from supply_movements
    where city_id = ${cityId} and encounter_id = ${encounterId}::uuid and item = ${item}::need`;
  return rows.length > 0;
}

/** Appended under the city's lock: numbers are dense. `recordedBy` is a person's id. */
export async function insertLine(db: Db, cityId: string, line: MovementView): Promise<void> {
  await db`
    insert into supply_movements (city_id, seq, id, kind, item, quantity, from_kind, from_id, to_kind, to_id,
      encounter_id, booked_before, corrected, recorded_by, note, at, received_at)
    select ${cityId}, coalesce(max(seq), 0) + 1, ${line.id}::uuid, ${line.kind}::movement_kind, ${line.item}::need,
      ${line.quantity}::integer, ${line.from?.kind ?? null}::store_kind, ${line.from?.id ?? null}::uuid,
      ${line.to?.kind ?? null}::store_kind, ${line.to?.id ?? null}::uuid, ${line.encounterId}::uuid,
      ${line.bookedBefore}::integer, ${line.corrected}, ${line.recordedBy}::uuid, ${line.note},
      ${line.at}::timestamptz, ${line.receivedAt}::timestamptz
    from supply_movements where city_id = ${cityId}`;
}

/** Pieces given out per team and item, for each team from its own moment on. */
export async function readGiven(
  db: Db,
  cityId: string,
  since: readonly { teamId: string; from: string }[],
): Promise<{ teamId: string; item: SupplyItem; quantity: number }[]> {
  return await db<{ teamId: string; item: SupplyItem; quantity: number }[]>`
    select m.from_id as "teamId", m.item, sum(m.quantity)::int as quantity
    from unnest(${since.map(({ teamId }) => teamId)}::uuid[], ${since.map(({ from }) => from)}::timestamptz[])
      as s (team_id, since)
    join supply_movements m on m.city_id = ${cityId} and m.from_kind = 'team' and m.from_id = s.team_id
      and m.kind = 'give_out' and m.at >= s.since
    group by m.from_id, m.item`;
}

/** People who were given something within the period. */
export async function countPeopleGiven(
  db: Db,
  cityId: string,
  { from, to }: { from: string; to: string },
): Promise<number> {
  const [row] = await db<{ people: number }[]>`
    select count(distinct encounter_id)::int as people from supply_movements
    where city_id = ${cityId} and kind = 'give_out' and at >= ${from}::timestamptz and at < ${to}::timestamptz`;
  return row!.people;
}
