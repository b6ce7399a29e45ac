// Teams on their way follow their people when clusters merge or split. Dispatches are the dispatch domain's,
// which itself builds on clusters; this one write is made here, in the same transaction and along no edge
// of the state machine, so that the two domains don't form a circle.
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { CityChange } from '../realtime/change-city.ts';
import type { Plan } from './plan.ts';

type DispatchRow = Omit<DispatchView, 'target'> & { lon: number; lat: number };

/**
 * Moves active dispatches to their new clusters. Of several active ones of a cluster the one that was already
 * its main one stays so, else the earliest offered becomes it; the others support.
 */
export async function redirectDispatches(
  { tx, cityId, emit }: CityChange,
  moves: Plan['dispatches'],
): Promise<void> {
  if (moves.length === 0) return;
  const clusterIds = [...new Set(moves.flatMap(({ from, to }) => [from, to]))];
  await tx`
    update dispatches d set cluster_id = m.cluster_id, supporting = true
    from unnest(${moves.map(({ id }) => id)}::uuid[], ${moves.map(({ to }) => to)}::uuid[]) as m (id, cluster_id)
    where d.city_id = ${cityId} and d.id = m.id`;
  await tx`
    update dispatches d set supporting = false
    from unnest(${clusterIds}::uuid[]) as c (id) cross join lateral (
      select a.id from dispatches a where a.city_id = ${cityId} and a.cluster_id = c.id and a.recheck_id is null
        and a.ended_at is null
      order by a.supporting, a.offered_at, a.id limit 1) as main
    where d.city_id = ${cityId} and d.id = main.id and d.supporting`;
  const rows = await tx<DispatchRow[]>`
    select id, cluster_id as "clusterId", recheck_id as "recheckId", team_id as "teamId", state, supporting,
      st_x(target::geometry) as lon, st_y(target::geometry) as lat, note, decline_reason as "declineReason",
      offered_at as "offeredAt", accepted_at as "acceptedAt", en_route_at as "enRouteAt",
      on_scene_at as "onSceneAt", ended_at as "endedAt"
    from dispatches
    where city_id = ${cityId} and cluster_id = any (${clusterIds}::uuid[]) and recheck_id is null and ended_at is null
    order by offered_at, id`;
  for (const { lon, lat, ...dispatch } of rows) {
    const target = { lon, lat };
    emit({ kind: 'dispatch.changed', dispatch: { ...dispatch, target } }, 'staff');
  }
}
