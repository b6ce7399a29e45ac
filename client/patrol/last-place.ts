/** The last place this very device measured, kept over a reload: a call for help says it even if nothing is measured now. */
import { create } from 'zustand';
import type { TeamPosition } from '../../shared/patrols/schema.ts';
import { readStored, writeStored } from '../kernel/stored.ts';

const storageKey = 'nuanxun.lastPlace';
/** Writing to the disk each second would be for nothing. */
const writeEveryMs = 30_000;
let writtenAt = 0;

const isPlace = (value: unknown): value is TeamPosition => {
  const { teamId, lon, lat, at } = (value ?? {}) as Partial<TeamPosition>;
  return (
    typeof teamId === 'string' &&
    typeof lon === 'number' &&
    typeof lat === 'number' &&
    typeof at === 'string'
  );
};

export const useLastPlace = create<{ place: TeamPosition | null }>(() => {
  const kept = readStored(storageKey);
  return { place: isPlace(kept) ? kept : null };
});

export function keepPlace(place: TeamPosition): void {
  useLastPlace.setState({ place });
  if (Date.now() - writtenAt < writeEveryMs) return;
  writtenAt = Date.now();
  writeStored(storageKey, place);
}

/** On signing out: where a crew was is nobody else's business. */
export function forgetPlace(): void {
  useLastPlace.setState({ place: null });
  writeStored(storageKey, null);
}
