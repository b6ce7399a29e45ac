/** Where this team is, for distances: the tablet's own position, else the last one the server heard. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { distanceMeters } from '../../shared/geo/ellipsoid.ts';
import type { Position } from '../../shared/geo/position.ts';
import { useFormat } from '../kernel/use-format.ts';

/** Distances follow once the team has moved this far, so that lists don't flicker at a red light. */
const stepMeters = 20;

interface Here {
  here: Position | null;
  /** by this very device, just now */
  measured: boolean;
}
export const useHere = create<Here>(() => ({ here: null, measured: false }));

export function standAt(position: Position | null, measured: boolean): void {
  const { here } = useHere.getState();
  if (useHere.getState().measured !== measured) useHere.setState({ measured });
  if (here !== null && position !== null && distanceMeters(here, position) < stepMeters) return;
  if (here !== position) useHere.setState({ here: position });
}

/** "straight line 1.2 km", or null when this team's position is unknown. */
export function useDistanceWords(): (place: Position) => string | null {
  const { t } = useTranslation('patrol');
  const here = useHere((store) => store.here);
  const format = useFormat();
  return useCallback(
    (place) =>
      here === null
        ? null
        : t('straight', { distance: format.distance(distanceMeters(here, place)) }),
    [here, format, t],
  );
}
