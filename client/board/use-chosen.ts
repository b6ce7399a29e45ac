/** The chosen place: from what the screen follows, else (it ended before the screen was opened) read once. */
import { useEffect, useState } from 'react';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { useCluster } from '../clusters/store.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useCitySeen } from '../realtime/live.tsx';

export interface Chosen {
  cluster: ClusterView | null;
  /** why a chosen place cannot be shown */
  fault: Fault | null;
  reload: () => void;
}

export function useChosen(clusterId: string | null): Chosen {
  const followed = useCluster(clusterId);
  const seen = useCitySeen();
  const [read, setRead] = useState<{ cluster: ClusterView | null; fault: Fault | null }>({
    cluster: null,
    fault: null,
  });
  const [round, setRound] = useState(0);
  const asked = seen && followed === null ? clusterId : null;
  useEffect(() => {
    if (asked === null) return;
    let gone = false;
    setRead({ cluster: null, fault: null });
    api.clusters.read.query({ clusterId: asked }).then(
      ({ cluster }) => !gone && setRead({ cluster, fault: null }),
      (error: unknown) => !gone && setRead({ cluster: null, fault: faultOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [asked, round]);
  const late = read.cluster?.id === clusterId ? read.cluster : null;
  return {
    cluster: followed ?? late,
    fault: asked === null ? null : read.fault,
    reload: () => setRound((count) => count + 1),
  };
}
