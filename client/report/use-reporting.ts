/** From the tap on send to the server's answer: the outbox carries the report, this watches where it is. */
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldAction } from '../../shared/field/schema.ts';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { serverNow } from '../kernel/clock.ts';
import { useCity } from '../kernel/city.tsx';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { enqueue, enqueueAction, itemsOf, mendItem, useOutbox } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { enqueueMedia } from '../media/enqueue.ts';
import { finishMedia } from '../media/unfinished.ts';
import { draftIn } from '../sightings/deliver.ts';
import { keepForm } from '../sightings/kept-form.ts';
import { formOf, hasContent } from '../sightings/report-form.ts';
import { useSentReports } from '../sightings/sent-reports.ts';
import type { SentReport } from '../sightings/sent-reports.ts';
import { useReportForm } from '../sightings/use-report-form.ts';
import type { ReportFormState } from '../sightings/use-report-form.ts';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyFault } from '../ui/notify.tsx';
import { useKeptMedia } from './use-kept-media.ts';
import type { KeptMedia } from './use-kept-media.ts';

interface Who {
  cityId: string;
  userId: string | null;
}

function actionOf(id: string, draft: SightingDraft, version: number | null): FieldAction {
  const at = new Date(serverNow()).toISOString();
  return version === null
    ? { kind: 'sighting.report', id, at, sighting: draft }
    : { kind: 'sighting.edit', id, at, sighting: { ...draft, version } };
}

/** Resolves with the id of its item in the outbox. @throws OutboxFull when this phone could not keep it */
async function keepReport(draft: SightingDraft, version: number | null, who: Who): Promise<string> {
  const subject = `sighting:${draft.id}`;
  const tip = { cityId: who.cityId, sighting: draft };
  const refused = itemsOf(subject).find((item) => item.state === 'refused' && draftIn(item));
  if (refused) {
    const payload = refused.kind === 'tip.report' ? tip : actionOf(refused.id, draft, version);
    if (await mendItem(refused.id, payload)) return refused.id;
  }
  const id = version === null ? draft.id : newId();
  const title = draft.addressText;
  const item =
    who.userId === null
      ? await enqueue({ id, subject, kind: 'tip.report', payload: tip, ...who, title })
      : await enqueueAction(actionOf(id, draft, version), who, { title });
  return item.id;
}

/** One after the other, behind their report; answers why the first that could not be kept was not. */
async function keepMedia(media: KeptMedia, subjectId: string, who: Who): Promise<Fault | null> {
  for (const { id, kind, blob, takenAt, durationSeconds } of media.latest()) {
    try {
      await enqueueMedia({
        id,
        subjectKind: 'sighting',
        subjectId,
        kind,
        blob,
        takenAt,
        ...(durationSeconds === undefined ? {} : { durationSeconds }),
        ...who,
      });
      media.remove(id);
    } catch (error) {
      return faultOf(error);
    }
  }
  return null;
}

/** Where the report that was sent last is. */
export interface Last {
  /** in the outbox still; null = it was delivered, or taken out */
  item: OutboxItem | null;
  /** the server has it */
  sent: SentReport | null;
  draftId: string;
}

export interface Reporting {
  state: ReportFormState;
  media: KeptMedia;
  /** null = the form is open */
  last: Last | null;
  again: () => void;
  /** puts a waiting report that was refused back on the form */
  mend: (item: OutboxItem) => void;
}

export function useReporting(): Reporting {
  const { t } = useTranslation('report');
  const { session } = useSession();
  const { city } = useCity();
  const { sentence } = useFaultWords();
  const userId = session?.user.id ?? null;
  const [sending, setSending] = useState<{ draftId: string; itemId: string } | null>(null);
  const onSend = async (draft: SightingDraft, version: number | null): Promise<Fault | null> => {
    const cityId = session?.cityId ?? city?.id;
    if (cityId === undefined) return { code: 'unreachable', fields: [] };
    const who = { cityId, userId };
    let itemId: string;
    try {
      itemId = await keepReport(draft, version, who);
    } catch (error) {
      return faultOf(error);
    }
    // While the form is still there: what is being said this moment is part of it.
    await finishMedia();
    const lost = await keepMedia(media, draft.id, who);
    if (lost) notifyFault(t('mediaNotKept', { why: sentence(lost) }));
    setSending({ draftId: draft.id, itemId });
    return null;
  };
  const state = useReportForm(city, onSend);
  const media = useKeptMedia(state.form.id);
  const { form } = state;
  const withMedia = media.drafts.length > 0;
  // A photo may be all there is yet, and a phone short of memory often lets go of the page behind its camera.
  useEffect(() => {
    if (withMedia) keepForm(form, true);
  }, [form, withMedia]);
  const last = useLast(sending);
  const { startAnew } = state;
  const putBack = (item: OutboxItem) => {
    const found = draftIn(item);
    if (!found) return;
    setSending(null);
    startAnew(formOf(found.draft, found.version, new Date().toISOString()), item.fault);
    window.scrollTo({ top: 0 });
  };
  // What is refused while the person still looks comes back to the form at once, marked where it is wrong.
  const refused = last?.item?.state === 'refused' ? last.item : null;
  const bringBack = useEffectEvent(putBack);
  useEffect(() => {
    if (refused) bringBack(refused);
  }, [refused]);
  const mend = async (item: OutboxItem) => {
    const other = form.id !== draftIn(item)?.draft.id;
    const sure =
      !other ||
      !(hasContent(form) || withMedia) ||
      (await askToConfirm({
        title: t('replaceTitle'),
        text: t('replaceText'),
        confirm: t('replace'),
        danger: true,
      }));
    if (sure) putBack(item);
  };
  return { state, media, last, again: () => setSending(null), mend: (item) => void mend(item) };
}

function useLast(sending: { draftId: string; itemId: string } | null): Last | null {
  const item = useOutbox(({ items }) => items.find(({ id }) => id === sending?.itemId) ?? null);
  const sent = useSentReports(
    ({ reports }) => reports.find(({ draft }) => draft.id === sending?.draftId) ?? null,
  );
  if (sending === null || (item === null && sent === null)) return null;
  return { item, sent, draftId: sending.draftId };
}
