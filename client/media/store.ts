import { create } from 'zustand';
import type { MediaView } from '../../shared/media/schema.ts';

/** Photos and voice notes that came or went while this screen watched: a list asks again when its subject is among them. */
export const useMediaNews = create<{ byId: ReadonlyMap<string, MediaView> }>(() => ({
  byId: new Map(),
}));

/** Pictures of what waits, for as long as the page lives; after that a sign of its kind is enough. */
const mostHeld = 36;

interface Held {
  byId: ReadonlyMap<string, Blob>;
  hold: (id: string, blob: Blob) => void;
  forget: (id: string) => void;
}

/** What this page put in the outbox, to be shown while it waits there. */
export const useHeldBlobs = create<Held>((set) => ({
  byId: new Map(),
  hold: (id, blob) =>
    set(({ byId }) => ({ byId: new Map([...byId, [id, blob] as const].slice(-mostHeld)) })),
  forget: (id) => set(({ byId }) => ({ byId: new Map([...byId].filter(([key]) => key !== id)) })),
}));
