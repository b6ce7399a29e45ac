import type { ClusterView } from '../../shared/clusters/schema.ts';

/** False once nothing is reported there any more: it ended, or stays open only for the team on its way. */
export const hasReports = (cluster: Pick<ClusterView, 'open' | 'reportCount'>): boolean =>
  cluster.open && cluster.reportCount !== 0;
