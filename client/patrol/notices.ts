/** What became of a team's tasks between two states of the world: nothing it drives to changes without a word. */
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { isActive } from '../../shared/dispatch/rules.ts';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import { hasReports } from '../clusters/has-reports.ts';

export type NoticeKind =
  | 'offered'
  | 'redirected'
  | 'cancelled'
  | 'declined'
  | 'closed'
  | 'gone'
  | 'emptied';

export interface Notice {
  /** the same thing is told once */
  key: string;
  kind: NoticeKind;
  dispatchId: string;
  clusterId: string;
}

type ById<V> = ReadonlyMap<string, V>;
interface World {
  dispatches: ById<DispatchView>;
  clusters: ById<ClusterView>;
}

const notice = (kind: NoticeKind, { id, clusterId }: DispatchView): Notice => ({
  key: `${id} ${kind} ${clusterId}`,
  kind,
  dispatchId: id,
  clusterId,
});

/** @param ownSteps dispatch ids that this very screen ended: it knows already */
export function noticesOf(
  teamId: string,
  before: World,
  after: World,
  ownSteps: ReadonlySet<string>,
): Notice[] {
  const found: Notice[] = [];
  for (const dispatch of after.dispatches.values()) {
    if (dispatch.teamId !== teamId || before.dispatches.has(dispatch.id)) continue;
    if (dispatch.state === 'offered') found.push(notice('offered', dispatch));
  }
  for (const was of before.dispatches.values()) {
    if (was.teamId !== teamId || !isActive(was.state)) continue;
    const is = after.dispatches.get(was.id);
    if (!is) found.push(notice('gone', was));
    else if (!isActive(is.state)) {
      if (!ownSteps.has(is.id)) found.push(notice(is.state as 'cancelled', is));
    } else if (is.clusterId !== was.clusterId) found.push(notice('redirected', is));
    else if (ended(is.clusterId, before, after)) found.push(notice('emptied', is));
  }
  return found;
}

function ended(clusterId: string, before: World, after: World): boolean {
  const was = before.clusters.get(clusterId);
  const is = after.clusters.get(clusterId);
  return was !== undefined && is !== undefined && hasReports(was) && !hasReports(is);
}
