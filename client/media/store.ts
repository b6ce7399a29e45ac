import { create } from 'zustand';
import type { MediaView } from '../../shared/media/schema.ts';

/** Photos and voice notes that came or went while this screen watched: a list asks again when its subject is among them. */
export const useMediaNews = create<{ byId: ReadonlyMap<string, MediaView> }>(() => ({
  byId: new Map(),
}));

/** Pictures of what waits, for as long as the page lives; after that a sign of its kind is enough. */
const mostHeld = 36;

interface Uploads {
  /** share that has arrived, 0 to 1, of what is being sent */
  progress: ReadonlyMap<string, number>;
  held: ReadonlyMap<string, Blob>;
  setProgress: (id: string, share: number) => void;
  hold: (id: string, blob: Blob) => void;
  forget: (id: string) => void;
}

/** How far each upload of this page has come. */
export const useUploads = create<Uploads>((set) => ({
  progress: new Map(),
  held: new Map(),
  setProgress: (id, share) =>
    set(({ progress }) => ({ progress: new Map(progress).set(id, share) })),
  hold: (id, blob) =>
    set(({ held }) => ({ held: new Map([...held, [id, blob] as const].slice(-mostHeld)) })),
  forget: (id) =>
    set(({ progress, held }) => ({
      progress: new Map([...progress].filter(([key]) => key !== id)),
      held: new Map([...held].filter(([key]) => key !== id)),
    })),
}));
