/** The running connection, for screens: they say which part of the city they show, and send their position. */
import { createContext, use } from 'react';
import type { LiveCity } from './live-city.ts';

export const LiveContext = createContext<LiveCity | null>(null);

/** Null while the connection is being made (or the page follows nothing). */
export const useLive = (): LiveCity | null => use(LiveContext);
