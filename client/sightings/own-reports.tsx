/** A person's own reports and what became of each, live. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnReport } from '../../shared/sightings/schema.ts';
import { serverNow } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { enqueueAction, useOutbox } from '../kernel/outbox/outbox.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { Ago } from '../ui/ago.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyFault } from '../ui/notify.tsx';
import { ProgressLine } from '../ui/progress-line.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './report-cards.module.css';
import { useSentReports } from './sent-reports.ts';
import type { SentReport } from './sent-reports.ts';
import { useOwnReports } from './store.ts';

interface Who {
  cityId: string;
  userId: string;
}

/** What of this report still waits on this device. */
const useWaiting = (id: string): 'edit' | 'withdrawal' | null =>
  useOutbox(({ items }) => {
    const own = items.filter((item) => item.subject === `sighting:${id}`);
    if (own.some((item) => item.kind === 'sighting.withdraw')) return 'withdrawal';
    return own.some((item) => item.kind === 'sighting.edit') ? 'edit' : null;
  });

function OwnReportCard(props: {
  report: OwnReport;
  who: Who;
  sent: SentReport | undefined;
  onEdit: (sent: SentReport) => void;
  onWithdrawn: (id: string) => void;
}) {
  const { t } = useTranslation(['sightings', 'common']);
  const { sentence } = useFaultWords();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const { report, sent } = props;
  const waiting = useWaiting(report.id);
  const open =
    report.state === 'live' && report.progress === 'received' && waiting !== 'withdrawal';

  const withdraw = async () => {
    const sure = await askToConfirm({
      title: t('sightings:own.withdrawTitle'),
      text: t('sightings:own.withdrawText'),
      confirm: t('sightings:own.withdraw'),
    });
    if (!sure) return;
    setBusy(true);
    try {
      const at = new Date(serverNow()).toISOString();
      const action = { kind: 'sighting.withdraw', id: newId(), at, sightingId: report.id } as const;
      await enqueueAction(action, props.who, { title: report.addressText });
      props.onWithdrawn(report.id);
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };

  return (
    <li className={classes['card']}>
      {report.state === 'withdrawn' ? (
        <p className={classes['title']}>{t('sightings:own.withdrawn')}</p>
      ) : (
        <ProgressLine progress={report.progress} />
      )}
      <p className={classes['meta']}>
        {[
          format.time(report.seenAt),
          t('common:people', { count: report.headcount }),
          report.addressText,
        ]
          .filter((part) => part !== '')
          .join(' · ')}
        {' · '}
        <Ago at={report.progressAt} tappable />
      </p>
      {waiting !== null && (
        <p className={classes['text']}>
          {t(waiting === 'edit' ? 'sightings:own.editWaits' : 'sightings:own.withdrawalWaits')}
        </p>
      )}
      {open && (
        <div className={classes['ways']}>
          {sent && (
            <BigButton onClick={() => props.onEdit(sent)}>{t('sightings:own.edit')}</BigButton>
          )}
          <BigButton tone="quiet" loading={busy} onClick={() => void withdraw()}>
            {t('sightings:own.withdraw')}
          </BigButton>
        </div>
      )}
    </li>
  );
}

/** The older ones come on request: the page stays one thumb long. */
const firstShown = 6;

export function OwnReports(props: {
  who: Who;
  onEdit: (sent: SentReport) => void;
  /** so that nobody goes on changing what is gone */
  onWithdrawn: (id: string) => void;
}) {
  const { t } = useTranslation(['sightings', 'common']);
  const [all, setAll] = useState(false);
  const reports = useOwnReports();
  const seen = useCitySeen();
  const sent = useSentReports((store) => store.reports);
  const list = () => {
    if (!seen) return <StateBlock kind="loading" compact />;
    if (reports.length === 0)
      return <StateBlock kind="empty" title={t('sightings:own.empty')} compact />;
    return (
      <ul className={classes['cards']} aria-live="polite">
        {(all ? reports : reports.slice(0, firstShown)).map((report) => (
          <OwnReportCard
            key={report.id}
            report={report}
            who={props.who}
            sent={sent.find(
              (other) => other.draft.id === report.id && other.userId === props.who.userId,
            )}
            onEdit={props.onEdit}
            onWithdrawn={props.onWithdrawn}
          />
        ))}
      </ul>
    );
  };
  return (
    <section>
      <h2 className={classes['heading']}>{t('sightings:own.title')}</h2>
      {list()}
      {!all && reports.length > firstShown && (
        <BigButton tone="quiet" onClick={() => setAll(true)}>
          {t('common:more')}
        </BigButton>
      )}
    </section>
  );
}
