/** Short notices at the edge of the screen. Errors stay until closed; good news goes by itself. */
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import i18next from 'i18next';

const closing = () => ({ 'aria-label': i18next.t('common:close'), size: 48 });

export function notifyDone(message: string): void {
  notifications.show({
    message,
    color: 'var(--nx-done)',
    icon: <IconCheck size={18} aria-hidden />,
    autoClose: 4000,
    closeButtonProps: closing(),
  });
}

/** What others did, worth a word to whoever looks elsewhere; goes by itself, but not soon. */
export function notifyNews(message: string): void {
  notifications.show({
    message,
    color: 'var(--nx-team)',
    icon: <IconInfoCircle size={18} aria-hidden />,
    autoClose: 20_000,
    closeButtonProps: closing(),
  });
}

export function notifyFault(message: string, title?: string): void {
  notifications.show({
    message,
    ...(title === undefined ? {} : { title }),
    color: 'var(--nx-notice)',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: false,
    role: 'alert',
    closeButtonProps: closing(),
  });
}
