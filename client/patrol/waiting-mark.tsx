/** Says of something done that it is kept here and not sent yet; nothing once the server has it. */
import { IconCloudUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import classes from './kept.module.css';

export function WaitingMark({ subject }: { subject: string }) {
  const { t } = useTranslation('patrol');
  const state = useOutbox(({ items }) => {
    const own = items.filter((item) => item.subject === subject);
    if (own.some((item) => item.state === 'refused')) return 'refused';
    return own.length > 0 ? 'waiting' : null;
  });
  if (state === null) return null;
  return (
    <p className={classes['waiting']} data-state={state}>
      <IconCloudUp size={18} aria-hidden />
      {t(`kept.${state}`)}
    </p>
  );
}
