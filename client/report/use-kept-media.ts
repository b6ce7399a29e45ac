/** What was taken or said for the report on screen; it survives a reload until the report is sent. */
import { useEffect, useState } from 'react';
import { maxMediaPerSubject } from '../../shared/media/limits.ts';
import { newId } from '../kernel/id.ts';
import type { DraftMedia, DraftMediaList } from '../media/drafts.ts';
import { draftsOf, forgetDraft, keepDraft } from './media-drafts-storage.ts';

const nothing: readonly DraftMedia[] = [];

/** Where the browser keeps nothing they last as long as the page; that is said where the outbox says it. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

export function useKeptMedia(formId: string): DraftMediaList {
  const [kept, setKept] = useState({ formId, drafts: nothing });
  const drafts = kept.formId === formId ? kept.drafts : nothing;
  useEffect(() => {
    let left = false;
    draftsOf(formId).then(
      (found) =>
        left ||
        setKept((now) => {
          const here = now.formId === formId ? now.drafts : nothing;
          const fresh = here.filter(({ id }) => found.every((other) => other.id !== id));
          return { formId, drafts: [...found, ...fresh] };
        }),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [formId]);
  const put = (change: (drafts: readonly DraftMedia[]) => readonly DraftMedia[]) =>
    setKept((now) => ({ formId, drafts: change(now.formId === formId ? now.drafts : nothing) }));
  const full = drafts.length >= maxMediaPerSubject;
  const add = (draft: DraftMedia) => {
    if (full) return;
    put((list) => [...list, draft]);
    quietly(keepDraft(formId, draft));
  };
  const remove = (id: string) => {
    put((list) => list.filter((draft) => draft.id !== id));
    quietly(forgetDraft(id));
  };
  return {
    drafts,
    full,
    addPhoto: (photo) => add({ id: newId(), kind: 'photo', ...photo }),
    addVoice: (note) => add({ id: newId(), kind: 'voice', ...note }),
    remove,
    clear: () => {
      for (const { id } of drafts) quietly(forgetDraft(id));
      put(() => nothing);
    },
  };
}
