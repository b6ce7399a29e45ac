/** The running connection, for screens: they say which part of the city they show, and send their position. */
import { createContext, use } from 'react';
import type { LiveCity } from './live-city.ts';

export interface LiveRoomState {
  live: LiveCity | null;
  /** the first snapshot is in the stores */
  seen: boolean;
}

export const LiveContext = createContext<LiveRoomState>({ live: null, seen: false });

/** Null while the connection is being made (or the page follows nothing). */
export const useLive = (): LiveCity | null => use(LiveContext).live;

/** False until the first snapshot has come: an empty list before that only means "loading". */
export const useCitySeen = (): boolean => use(LiveContext).seen;
