/** What a desk must hear even when it looks elsewhere: a team that won't go, or whose destination ended or changed. */
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { isActive } from '../../shared/dispatch/rules.ts';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import { hasReports } from '../clusters/has-reports.ts';

export interface DeskNews {
  kind: 'declined' | 'emptied' | 'redirected';
  dispatch: DispatchView;
}

export interface World {
  dispatches: ReadonlyMap<string, DispatchView>;
  clusters: ReadonlyMap<string, ClusterView>;
}

const emptied = (was: ClusterView | undefined, is: ClusterView | undefined): boolean =>
  was !== undefined && is !== undefined && hasReports(was) && !hasReports(is);

export function deskNewsOf(before: World, after: World): DeskNews[] {
  const news: DeskNews[] = [];
  for (const was of before.dispatches.values()) {
    const is = after.dispatches.get(was.id);
    if (is === undefined || !isActive(was.state)) continue;
    if (is.state === 'declined') news.push({ kind: 'declined', dispatch: is });
    else if (!isActive(is.state)) continue;
    else if (is.clusterId !== was.clusterId) news.push({ kind: 'redirected', dispatch: is });
    else if (emptied(before.clusters.get(is.clusterId), after.clusters.get(is.clusterId)))
      news.push({ kind: 'emptied', dispatch: is });
  }
  return news;
}
