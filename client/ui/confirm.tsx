/** A question before something that cannot be taken back. */
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import i18next from 'i18next';

/** Resolves true when confirmed; `confirm` is the verb on the button. */
export function askToConfirm(question: {
  title: string;
  text: ReactNode;
  confirm: string;
  /** it cannot be taken back */
  danger?: boolean;
}): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title: question.title,
      children: question.text,
      labels: { confirm: question.confirm, cancel: i18next.t('common:cancel') },
      confirmProps: {
        size: 'lg',
        ...(question.danger ? { color: 'var(--nx-notice)', c: 'var(--nx-base)' } : {}),
      },
      cancelProps: { size: 'lg' },
      closeButtonProps: { 'aria-label': i18next.t('common:close'), size: 48 },
      onConfirm: () => resolve(true),
      onCancel: () => resolve(false),
      onClose: () => resolve(false),
    });
  });
}
