/** Photos and voice notes of the form that is open; kept while one looks elsewhere, sent behind what they belong to. */
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { maxMediaPerSubject } from '../../shared/media/limits.ts';
import type { MediaSubject } from '../../shared/media/schema.ts';
import { newId } from '../kernel/id.ts';
import { useSession } from '../kernel/session.tsx';
import { AttachmentStrip } from '../media/attachment-strip.tsx';
import type { DraftMedia } from '../media/drafts.ts';
import { enqueueMedia } from '../media/enqueue.ts';
import { PhotoTaker } from '../media/photo-taker.tsx';
import { finishMedia } from '../media/unfinished.ts';
import { VoiceRecorder } from '../media/voice-recorder.tsx';
import classes from './kept.module.css';

/** By form; in memory alone: pictures of people are written to disk only once they are to be sent. */
const useKept = create<{ byForm: ReadonlyMap<string, readonly DraftMedia[]> }>(() => ({
  byForm: new Map(),
}));
const none: readonly DraftMedia[] = [];

function change(form: string, to: (drafts: readonly DraftMedia[]) => readonly DraftMedia[]): void {
  useKept.setState(({ byForm }) => ({
    byForm: new Map(byForm).set(form, to(byForm.get(form) ?? none)),
  }));
}

let owner: string | null = null;

/** What somebody else had begun on this tablet is not for the next one. */
export function openEvidence(userId: string): void {
  if (owner !== null && owner !== userId) forgetEvidence();
  owner = userId;
}

/** On signing out. */
export function forgetEvidence(): void {
  useKept.setState({ byForm: new Map() });
}

export function useEvidence(form: string) {
  const drafts = useKept((store) => store.byForm.get(form) ?? none);
  const { session } = useSession();
  const add = (draft: Omit<DraftMedia, 'id'>) =>
    change(form, (known) =>
      known.length < maxMediaPerSubject ? [...known, { id: newId(), ...draft }] : known,
    );
  const remove = (id: string) => change(form, (known) => known.filter((draft) => draft.id !== id));
  /** @param outboxSubject what the encounter or visit itself went under */
  const send = async (
    subjectKind: Exclude<MediaSubject, 'sighting'>,
    subjectId: string,
    outboxSubject: string,
  ) => {
    if (!session) return;
    await finishMedia();
    for (const draft of useKept.getState().byForm.get(form) ?? none) {
      await enqueueMedia({
        ...draft,
        subjectKind,
        subjectId,
        outboxSubject,
        cityId: session.cityId,
        userId: session.user.id,
      });
      remove(draft.id);
    }
  };
  return { drafts, add, remove, send, full: drafts.length >= maxMediaPerSubject };
}

export function EvidencePart({ evidence }: { evidence: ReturnType<typeof useEvidence> }) {
  const { t } = useTranslation('patrol');
  const { drafts, add, remove, full } = evidence;
  return (
    <fieldset className={classes['evidence']}>
      <legend>{t('mediaTitle')}</legend>
      <AttachmentStrip drafts={drafts} onRemove={remove} />
      <PhotoTaker disabled={full} onTaken={(photo) => add({ kind: 'photo', ...photo })} />
      <VoiceRecorder disabled={full} onKept={(note) => add({ kind: 'voice', ...note })} />
    </fieldset>
  );
}
