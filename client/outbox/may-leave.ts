/** Before somebody signs out: what still waits under their name can't be sent until they are back on this device. */
import i18next from 'i18next';
import { loadWords } from '../kernel/i18n.ts';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import { askToConfirm } from '../ui/confirm.tsx';
import { outboxWordSet } from './word-set.ts';

/** Resolves true when nothing of theirs waits, or they go all the same. */
export async function mayLeave(userId: string | null): Promise<boolean> {
  const { items } = useOutbox.getState();
  const count = items.filter((item) => userId !== null && item.userId === userId).length;
  if (count === 0) return true;
  await loadWords(outboxWordSet);
  return askToConfirm({
    title: i18next.t('outbox:leave.title', { count }),
    text: i18next.t('outbox:leave.text'),
    confirm: i18next.t('outbox:leave.go'),
    danger: true,
  });
}
