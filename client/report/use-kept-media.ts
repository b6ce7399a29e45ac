/** What was taken or said for the report on screen; it survives a reload until the report is sent. */
import { useEffect, useRef, useState } from 'react';
import { maxMediaPerSubject } from '../../shared/media/limits.ts';
import { newId } from '../kernel/id.ts';
import type { DraftMedia, DraftMediaList } from '../media/drafts.ts';
import { draftsOf, forgetDraft, keepDraft } from './media-drafts-storage.ts';

const nothing: readonly DraftMedia[] = [];

/** Where the browser keeps nothing they last as long as the page; that is said where the outbox says it. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

interface Kept {
  formId: string;
  drafts: readonly DraftMedia[];
}

export interface KeptMedia extends DraftMediaList {
  /** what there is this moment, whatever is on screen yet */
  latest: () => readonly DraftMedia[];
}

export function useKeptMedia(formId: string): KeptMedia {
  const [shown, setShown] = useState<Kept>({ formId, drafts: nothing });
  const drafts = shown.formId === formId ? shown.drafts : nothing;
  const kept = useRef(shown);
  /** What comes too late for its form is not put on the next one. */
  const put = (id: string, change: (drafts: readonly DraftMedia[]) => readonly DraftMedia[]) => {
    if (kept.current.formId !== id) return;
    kept.current = { formId: id, drafts: change(kept.current.drafts) };
    setShown(kept.current);
  };
  useEffect(() => {
    let left = false;
    if (kept.current.formId !== formId) kept.current = { formId, drafts: nothing };
    draftsOf(formId).then(
      (found) =>
        left ||
        put(formId, (here) => {
          const fresh = here.filter(({ id }) => found.every((other) => other.id !== id));
          return [...found, ...fresh];
        }),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [formId]);
  const latest = () => (kept.current.formId === formId ? kept.current.drafts : nothing);
  const add = (draft: DraftMedia) => {
    if (latest().length >= maxMediaPerSubject) return;
    put(formId, (list) => [...list, draft]);
    quietly(keepDraft(formId, draft));
  };
  const remove = (id: string) => {
    put(formId, (list) => list.filter((draft) => draft.id !== id));
    quietly(forgetDraft(id));
  };
  return {
    drafts,
    latest,
    full: drafts.length >= maxMediaPerSubject,
    addPhoto: (photo) => add({ id: newId(), kind: 'photo', ...photo }),
    addVoice: (note) => add({ id: newId(), kind: 'voice', ...note }),
    remove,
    clear: () => {
      for (const { id } of latest()) quietly(forgetDraft(id));
      put(formId, () => nothing);
    },
  };
}
