/** What a desk must hear even when it looks elsewhere: a team that won't go, or whose destination ended or changed. */
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { isActive } from '../../shared/dispatch/rules.ts';
import type { DispatchView } from '../../shared/dispatch/schema.ts';

export interface DeskNews {
  kind: 'declined' | 'emptied' | 'redirected';
  dispatch: DispatchView;
}

export interface World {
  dispatches: ReadonlyMap<string, DispatchView>;
  clusters: ReadonlyMap<string, ClusterView>;
}

export function deskNewsOf(before: World, after: World): DeskNews[] {
  const news: DeskNews[] = [];
  for (const was of before.dispatches.values()) {
    const is = after.dispatches.get(was.id);
    if (is === undefined || !isActive(was.state)) continue;
    if (is.state === 'declined') news.push({ kind: 'declined', dispatch: is });
    else if (!isActive(is.state)) continue;
    else if (is.clusterId !== was.clusterId) news.push({ kind: 'redirected', dispatch: is });
    else if (
      before.clusters.get(is.clusterId)?.open === true &&
      after.clusters.get(is.clusterId)?.open === false
    )
      news.push({ kind: 'emptied', dispatch: is });
  }
  return news;
}
