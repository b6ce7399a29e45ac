/** Reports that are still on this phone: since when, why, and what can be done about one that was refused. */
import { IconDeviceMobileDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dropItem, retryNow, useOutbox } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { draftIn } from '../sightings/deliver.ts';
import { Ago } from '../ui/ago.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import classes from './report.module.css';

/** On a shared phone nobody sees what another person wrote; tips are nobody's. */
const isSenders = (item: OutboxItem, userId: string | null): boolean =>
  item.userId === null || item.userId === userId;

export function WaitingReports(props: {
  /** the one another part of the page tells of */
  except: string | null;
  onMend: (item: OutboxItem) => void;
}) {
  const { t } = useTranslation('report');
  const { session } = useSession();
  const all = useOutbox((store) => store.items);
  const items = all.filter(
    (item) =>
      item.id !== props.except &&
      draftIn(item) !== null &&
      isSenders(item, session?.user.id ?? null),
  );
  if (items.length === 0) return null;
  return (
    <section className={classes['waiting']}>
      <h2 className={classes['heading']}>{t('otherWaiting')}</h2>
      <ul className={classes['list']} aria-live="polite">
        {items.map((item) => (
          <Waiting key={item.id} item={item} onMend={props.onMend} />
        ))}
      </ul>
      {items.some((item) => item.state !== 'refused') && (
        <BigButton onClick={retryNow}>{t('tryAll')}</BigButton>
      )}
    </section>
  );
}

function Waiting({ item, onMend }: { item: OutboxItem; onMend: (item: OutboxItem) => void }) {
  const { t } = useTranslation(['report', 'sightings', 'common']);
  const { sentence } = useFaultWords();
  const refused = item.state === 'refused';
  const drop = async () => {
    const sure = await askToConfirm({
      title: t('report:dropTitle'),
      text: t('report:dropText'),
      confirm: t('common:remove'),
    });
    if (sure) await dropItem(item.id);
  };
  return (
    <li className={classes['card']}>
      <p className={classes['cardTitle']}>
        <IconDeviceMobileDown size={22} aria-hidden />
        {t(refused ? 'sightings:sent.refused' : 'sightings:sent.waiting')}
      </p>
      <p className={classes['hint']}>
        <Ago at={item.madeAt} tappable />
        {item.title ? ` · ${item.title}` : ''}
      </p>
      {item.fault !== null && <p className={classes['why']}>{sentence(item.fault)}</p>}
      {refused && (
        <div className={classes['ways']}>
          <BigButton onClick={() => onMend(item)}>{t('common:edit')}</BigButton>
          <BigButton tone="quiet" onClick={() => void drop()}>
            {t('common:remove')}
          </BigButton>
        </div>
      )}
    </li>
  );
}
