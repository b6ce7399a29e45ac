/** `/report`: the same screen for a signed-in reporter and, without login, for anyone. */
import { ActionIcon } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { deliver } from '../sightings/deliver.ts';
import { dropOutgoing, send, sendWaiting, useOutbox } from '../sightings/outbox.ts';
import type { Outgoing, Receipt } from '../sightings/outbox.ts';
import { OutboxList } from '../sightings/outbox-list.tsx';
import { OwnReports } from '../sightings/own-reports.tsx';
import { ReportFormView } from '../sightings/report-form-view.tsx';
import { formOf } from '../sightings/report-form.ts';
import { rememberSent } from '../sightings/sent-reports.ts';
import { useOutboxRetries } from '../sightings/use-outbox-retries.ts';
import { useReportForm } from '../sightings/use-report-form.ts';
import { usePublicPlaces } from '../tips/use-public-places.ts';
import { Frame } from '../ui/frame.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useNight } from '../weather/store.ts';
import { MyTips } from './my-tips.tsx';
import { SentNote } from './sent-note.tsx';
import classes from './report.module.css';

function useReporting() {
  const { session } = useSession();
  const { city } = useCity();
  const userId = session?.user.id ?? null;
  /** what the last tap on send led to; null = the form is open */
  const [last, setLast] = useState<{ id: string; receipt: Receipt | null } | null>(null);

  const onSent = useCallback(
    (item: Omit<Outgoing, 'attempts' | 'fault' | 'refused'>, receipt: Receipt) => {
      rememberSent({
        draft: item.draft,
        cityId: item.cityId,
        userId: item.userId,
        version: receipt.version,
        trackingCode: receipt.trackingCode,
        sentAt: new Date().toISOString(),
      });
      setLast((before) => (before?.id === item.draft.id ? { ...before, receipt } : before));
    },
    [],
  );

  const onSend = async (draft: SightingDraft, version: number | null) => {
    const cityId = session?.cityId ?? city?.id;
    if (cityId === undefined) return { code: 'unreachable' as const, fields: [] };
    const item = { draft, cityId, userId, version };
    const attempt = await send(item, deliver);
    if (attempt.kind === 'refused') {
      dropOutgoing(draft.id);
      return attempt.fault;
    }
    setLast({ id: draft.id, receipt: null });
    if (attempt.kind === 'sent') onSent(item, attempt.receipt);
    return null;
  };
  useOutboxRetries(userId, deliver, onSent);
  const state = useReportForm(city, onSend);
  return {
    state,
    last,
    again: () => setLast(null),
    retry: () => void sendWaiting(userId, deliver, onSent),
  };
}

export function ReportScreen() {
  const { t } = useTranslation('sightings');
  const { session } = useSession();
  const { city, name, fault, loading, reload } = useCity();
  const { sentence } = useFaultWords();
  const { state, last, again, retry } = useReporting();
  const ownNight = useNight();
  const publicPlaces = usePublicPlaces(session ? null : (city?.id ?? null));
  const waiting = useOutbox((store) => store.items.length > 0);
  const night = session ? ownNight : (publicPlaces.places?.night ?? null);
  const mend = (item: Outgoing) => {
    dropOutgoing(item.draft.id);
    again();
    state.startAnew(formOf(item.draft, item.version, new Date().toISOString()));
  };
  const outbox = waiting && (
    <div className={classes['kept']}>
      <OutboxList
        userId={session?.user.id ?? null}
        onTryNow={retry}
        onMend={mend}
        onDrop={(item) => dropOutgoing(item.draft.id)}
      />
    </div>
  );
  return (
    <Frame title={name} night={night} demo={city?.demo ?? false} aside={session && <SignOut />}>
      {city === null && !loading && fault && (
        <StateBlock kind="offline" text={sentence(fault)} onRetry={reload} compact />
      )}
      {last === null ? (
        <>
          <h1 className={classes['title']}>{t('report.title')}</h1>
          <p className={classes['lead']}>{t('report.lead')}</p>
          <ReportFormView state={state} city={city} onStopEditing={() => state.startAnew()} />
          {outbox}
        </>
      ) : (
        <SentNote receipt={last.receipt} outbox={outbox} onAgain={again} />
      )}
      {session ? (
        <OwnReports
          userId={session.user.id}
          onWithdrawn={(id) => {
            if (state.form.editing && state.form.id === id) state.startAnew();
          }}
          onEdit={(sent) => {
            again();
            state.startAnew(formOf(sent.draft, sent.version, new Date().toISOString()));
            window.scrollTo({ top: 0 });
          }}
        />
      ) : (
        <MyTips except={last?.receipt?.trackingCode ?? null} />
      )}
    </Frame>
  );
}

function SignOut() {
  const { t } = useTranslation('common');
  const { signOut } = useSession();
  return (
    <ActionIcon
      variant="subtle"
      color="var(--nx-text)"
      size={48}
      aria-label={t('signOut')}
      title={t('signOut')}
      onClick={() => void signOut()}
    >
      <IconLogout size={22} aria-hidden />
    </ActionIcon>
  );
}
