/** What is still on this device: it says that it is kept, why it isn't sent yet, and what happens next. */
import { IconDeviceMobileDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { isSenders, useOutbox } from './outbox.ts';
import type { Outgoing } from './outbox.ts';
import classes from './report-cards.module.css';

export function OutboxList(props: {
  userId: string | null;
  onTryNow: () => void;
  onMend: (item: Outgoing) => void;
  onDrop: (item: Outgoing) => void;
}) {
  const { t } = useTranslation(['sightings', 'common']);
  const { sentence } = useFaultWords();
  const { items: all, sending, kept } = useOutbox();
  const items = all.filter((item) => isSenders(item, props.userId));
  if (items.length === 0) return null;
  return (
    <ul className={classes['cards']} aria-live="polite">
      {items.map((item) => (
        <li key={item.draft.id} className={classes['card']} data-waiting>
          <p className={classes['title']}>
            <IconDeviceMobileDown size={22} aria-hidden />
            {t(item.refused ? 'sightings:sent.refused' : 'sightings:sent.waiting')}
          </p>
          {item.fault !== null && <p className={classes['text']}>{sentence(item.fault)}</p>}
          {!item.refused && (
            <p className={classes['text']}>
              {kept ? t('sightings:sent.waitingText') : t('sightings:sent.unsaved')}
            </p>
          )}
          <div className={classes['ways']}>
            {item.refused ? (
              <>
                <BigButton onClick={() => props.onMend(item)}>{t('common:edit')}</BigButton>
                <BigButton tone="quiet" onClick={() => props.onDrop(item)}>
                  {t('common:remove')}
                </BigButton>
              </>
            ) : (
              <BigButton loading={sending.has(item.draft.id)} onClick={props.onTryNow}>
                {t('sightings:sent.tryNow')}
              </BigButton>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
