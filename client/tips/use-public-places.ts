import { useCallback, useEffect, useState } from 'react';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../server/router.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';

export type PublicPlacesView = inferRouterOutputs<AppRouter>['tips']['places'];
export interface PublicPlacesState {
  places: PublicPlacesView | null;
  fault: Fault | null;
  reload: () => void;
}

const everyMs = 60_000;

/** What the city shows to everyone, renewed every minute while the page is visible. */
export function usePublicPlaces(cityId: string | null): PublicPlacesState {
  const [places, setPlaces] = useState<PublicPlacesView | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const reload = useCallback(() => {
    if (cityId === null) return;
    api.tips.places.query({ cityId }).then(
      (answer) => {
        setPlaces(answer);
        setFault(null);
      },
      (error: unknown) => setFault(faultOf(error)),
    );
  }, [cityId]);
  useEffect(() => {
    reload();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [reload]);
  return { places, fault, reload };
}
