/** Says before it is too late that this device cannot keep (much) more. */
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import { freeBytes, reservedBytes } from '../kernel/outbox/space.ts';
import classes from './queue-panel.module.css';

const inMegabytes = (bytes: number): string => `${Math.max(0, Math.floor(bytes / 1e6))} MB`;

export function StorageNotice() {
  const { t } = useTranslation('outbox');
  const kept = useOutbox((store) => store.kept);
  const storage = useOutbox((store) => store.storage);
  const free = storage === null ? null : freeBytes(storage);
  const text = !kept
    ? t('storage.unkept')
    : free !== null && free < reservedBytes
      ? t('storage.full')
      : storage?.low === true && free !== null
        ? t('storage.low', { free: inMegabytes(free) })
        : null;
  if (text === null) return null;
  return (
    <p className={classes['notice']} role="status">
      <IconAlertTriangle size={22} aria-hidden />
      <span>{text}</span>
    </p>
  );
}
