/** The outbox in one figure: how much waits, and whether something needs the person. */
import { IconAlertTriangle, IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import classes from './queue-badge.module.css';
import { useQueue } from './queue.ts';
import type { QueueOf } from './queue.ts';

/** Nothing while there is nothing to say. `onOpen` shows the panel. */
export function QueueBadge(props: QueueOf & { onOpen: () => void }) {
  const { t } = useTranslation('outbox');
  const { userId, only } = props;
  const { conflicts, refused, going } = useQueue(only ? { userId, only } : { userId });
  const tight = useOutbox((store) => !store.kept || store.storage?.low === true);
  const needsPerson = conflicts.length + refused.length > 0 || tight;
  const count = conflicts.length + refused.length + going.length;
  if (count === 0 && !tight) return null;
  const said = [
    conflicts.length > 0 ? t('conflict', { count: conflicts.length }) : '',
    refused.length > 0 ? t('refused', { count: refused.length }) : '',
    going.length > 0 ? t('waiting', { count: going.length }) : '',
  ].filter((part) => part !== '');
  return (
    <button
      type="button"
      className={classes['badge']}
      data-attention={needsPerson || undefined}
      aria-label={[...said, t('badge.open')].join(' · ')}
      onClick={props.onOpen}
    >
      {needsPerson ? (
        <IconAlertTriangle size={22} aria-hidden />
      ) : (
        <IconCloudUp size={22} aria-hidden />
      )}
      {count > 0 && <span aria-hidden>{count}</span>}
    </button>
  );
}
