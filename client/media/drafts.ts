/** What somebody took or said for a form that is not sent yet. */
import { useState } from 'react';
import { maxMediaPerSubject } from '../../shared/media/limits.ts';
import type { MediaKind } from '../../shared/media/schema.ts';
import { newId } from '../kernel/id.ts';

export interface DraftMedia {
  /** the id it will have for good */
  id: string;
  kind: MediaKind;
  blob: Blob;
  takenAt: string;
  /** of a voice note */
  durationSeconds?: number;
}

export interface DraftMediaList {
  drafts: readonly DraftMedia[];
  /** No more fit to one report. */
  full: boolean;
  addPhoto: (photo: { blob: Blob; takenAt: string }) => void;
  addVoice: (note: { blob: Blob; takenAt: string; durationSeconds: number }) => void;
  remove: (id: string) => void;
  clear: () => void;
}

/** Hand `addPhoto` to PhotoTaker, `addVoice` to VoiceRecorder, `drafts` and `remove` to AttachmentStrip. */
export function useDraftMedia(): DraftMediaList {
  const [drafts, setDrafts] = useState<readonly DraftMedia[]>([]);
  const add = (draft: DraftMedia) =>
    setDrafts((known) => (known.length < maxMediaPerSubject ? [...known, draft] : known));
  return {
    drafts,
    full: drafts.length >= maxMediaPerSubject,
    addPhoto: (photo) => add({ id: newId(), kind: 'photo', ...photo }),
    addVoice: (note) => add({ id: newId(), kind: 'voice', ...note }),
    remove: (id) => setDrafts((known) => known.filter((draft) => draft.id !== id)),
    clear: () => setDrafts([]),
  };
}
