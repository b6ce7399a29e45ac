/**
 * What this device still holds: what waits and since when, what is being sent, what was refused and why, and what
 * arrived in a world that had moved on. Plain elements, since the report page carries it.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictKind, FieldAnswer } from '../../shared/field/schema.ts';
import { dismissAnswer, retryNow } from '../kernel/outbox/outbox.ts';
import type { KeptAnswer, OutboxItem } from '../kernel/outbox/outbox.ts';
import { Ago } from '../ui/ago.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { QueueItem } from './queue-item.tsx';
import classes from './queue-panel.module.css';
import { useQueue } from './queue.ts';
import type { Queue, QueueOf } from './queue.ts';
import { StorageNotice } from './storage-notice.tsx';

const conflictKinds: Record<ConflictKind, true> = {
  dispatch_gone: true,
  recheck_settled: true,
  sighting_ended: true,
  shift_replaced: true,
};

/** More rows than this are shown on request. */
const shownRows = 20;

export interface QueuePanelProps extends QueueOf {
  /** opens the form a refused item was written on, for those `canMend` names */
  onMend?: (item: OutboxItem) => void;
  canMend?: (item: OutboxItem) => boolean;
  /** 64 px targets instead of 48 */
  tall?: boolean;
  /** says so when nothing waits; otherwise it shows nothing then */
  sayEmpty?: boolean;
}

export function QueuePanel(props: QueuePanelProps) {
  const { t } = useTranslation('outbox');
  const { userId, only, tall = false, sayEmpty = false, onMend, canMend = () => true } = props;
  const queue = useQueue(only ? { userId, only } : { userId });
  const [all, setAll] = useState(false);
  const { conflicts, refused, going, others } = queue;
  const rows = all ? going : going.slice(0, shownRows);
  const nothing = conflicts.length + refused.length + going.length + others === 0;
  const row = (item: OutboxItem) => (
    <QueueItem
      key={item.id}
      item={item}
      tall={tall}
      behind={queue.behind.has(item.id)}
      trackPoints={queue.trackPoints}
      onMend={onMend && canMend(item) ? onMend : undefined}
    />
  );
  return (
    <section className={classes['panel']} aria-label={t('title')}>
      <StorageNotice />
      {nothing && sayEmpty && <p className={classes['quiet']}>{t('empty')}</p>}
      {conflicts.map((conflict) => (
        <Conflict key={conflict.item.id} conflict={conflict} tall={tall} />
      ))}
      {refused.length > 0 && (
        <>
          <h3 className={classes['heading']}>{t('refused', { count: refused.length })}</h3>
          <ul className={classes['list']}>{refused.map(row)}</ul>
        </>
      )}
      {going.length > 0 && (
        <>
          <Summary queue={queue} />
          <ul className={classes['list']}>{rows.map(row)}</ul>
          {rows.length < going.length && (
            <BigButton tone="quiet" tall={tall} onClick={() => setAll(true)}>
              {t('more', { count: going.length - rows.length })}
            </BigButton>
          )}
          <BigButton tall={tall} onClick={retryNow}>
            {t('tryNow')}
          </BigButton>
        </>
      )}
      {others > 0 && <p className={classes['quiet']}>{t('others', { count: others })}</p>}
    </section>
  );
}

function Summary({ queue }: { queue: Queue }) {
  const { t } = useTranslation('outbox');
  return (
    <>
      <h3 className={classes['heading']} aria-live="polite">
        {t('waiting', { count: queue.going.length })}
      </h3>
      <p className={classes['quiet']}>
        {queue.oldestAt !== null && (
          <>
            {t('since')}
            <Ago at={queue.oldestAt} />
            <br />
          </>
        )}
        {t(queue.held ? 'held' : 'willGo')}
      </p>
    </>
  );
}

function Conflict({ conflict, tall }: { conflict: KeptAnswer; tall: boolean }) {
  const { t } = useTranslation('outbox');
  const { item } = conflict;
  const told = (conflict.answer as FieldAnswer).conflict?.kind;
  const kind = told !== undefined && told in conflictKinds ? told : 'other';
  return (
    <div className={classes['conflict']} role="status">
      <p className={classes['what']}>
        <span className={classes['name']}>{t(`kind.${item.kind}`)}</span>
        {item.title !== undefined && <span className={classes['title']}>{item.title}</span>}
        <Ago at={item.at} tappable />
      </p>
      <p className={classes['conflictTitle']}>{t('conflict.title')}</p>
      <p className={classes['text']}>{t(`conflict.${kind}`)}</p>
      <BigButton tall={tall} full={false} onClick={() => void dismissAnswer(item.id)}>
        {t('seen')}
      </BigButton>
    </div>
  );
}
