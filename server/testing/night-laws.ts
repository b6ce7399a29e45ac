/** What is true of a city's dispatches and of its movement book, whatever happened in whatever order. */
import { byTime, changeIn, levelAfter } from '../../shared/supplies/rules.ts';
import type { BookLine } from '../../shared/supplies/rules.ts';
import type { Store } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { readDispatchView } from '../dispatch/queries.ts';
import type { Sql } from '../kernel/sql.ts';

/** Dispatches that left their road: each step once, along the edges, none before the one before it. */
export async function wrongRoads(
  sql: Sql,
  cityId: string,
  sent: readonly string[],
): Promise<object[]> {
  const steps = await sql<{ dispatch: string; kind: string }[]>`
    select details ->> 'dispatchId' as dispatch, kind from cluster_timeline
    where city_id = ${cityId} and kind in ('accepted', 'en_route', 'on_scene', 'closed', 'declined', 'cancelled')
    order by id`;
  const edges = await sql<{ edge: string }[]>`
    select from_state || ' ' || to_state as edge from dispatch_edges`;
  const known = new Set(edges.map(({ edge }) => edge));
  const wrong: object[] = [];
  for (const id of sent) {
    const view = (await readDispatchView(sql, cityId, id))!;
    const road = ['offered', ...steps.filter((one) => one.dispatch === id).map(({ kind }) => kind)];
    const stray = road.slice(1).some((to, index) => !known.has(`${road[index]} ${to}`));
    const all = [view.offeredAt, view.acceptedAt, view.enRouteAt, view.onSceneAt, view.endedAt];
    const times = all.filter((time) => time !== null);
    const inOrder = times.every((time, index) => index === 0 || times[index - 1]! <= time);
    if (stray || !inOrder || road.at(-1) !== view.state) wrong.push({ id, road, times });
  }
  return wrong;
}

/** Levels of an item that are not the sum of the lines, or not what people recorded put in the order of time. */
export async function wrongLevels(sql: Sql, cityId: string): Promise<object[]> {
  const levels = await sql<{ store: Store; item: string; quantity: number }[]>`
    select jsonb_build_object('kind', store_kind, 'id', store_id) as store, item, quantity
    from stock_levels where city_id = ${cityId}`;
  const lines = await sql<BookLine[]>`
    select id, kind, item, quantity, at, booked_before as "bookedBefore", corrected,
      case when from_id is not null then jsonb_build_object('kind', from_kind, 'id', from_id) end as "from",
      case when to_id is not null then jsonb_build_object('kind', to_kind, 'id', to_id) end as "to"
    from supply_movements where city_id = ${cityId} order by seq`;
  return levels.flatMap(({ store, item, quantity }) => {
    const own = lines.filter((line) => line.item === item && concerns(line, store));
    const sum = own.reduce((all, line) => all + changeIn(line, store), 0);
    const recorded = own.filter(({ corrected }) => !corrected).sort(byTime);
    const inOrder = recorded.reduce((level, line) => levelAfter(level, line, store), 0);
    return sum === quantity && inOrder === quantity
      ? []
      : [{ store, item, quantity, sum, inOrder }];
  });
}

const concerns = ({ from, to }: BookLine, store: Store): boolean =>
  [from, to].some((side) => side !== null && storeKey(side) === storeKey(store));
