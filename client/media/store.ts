import { create } from 'zustand';
import type { MediaView } from '../../shared/media/schema.ts';

/** Photos and voice notes that came or went while this screen watched: a list asks again when its subject is among them. */
export const useMediaNews = create<{ byId: ReadonlyMap<string, MediaView> }>(() => ({
  byId: new Map(),
}));
