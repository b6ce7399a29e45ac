/** A wide dialog of more than a screenful: while there is more below, its lower edge fades instead of cutting a line in two. */
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './long-dialog.module.css';

export function LongDialog(props: {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={960}
      closeButtonProps={{ size: 48, 'aria-label': t('close') }}
      classNames={{ body: classes['body']! }}
    >
      {props.children}
    </Modal>
  );
}
