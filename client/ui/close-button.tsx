import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './icon-button.tsx';

/** Puts away what was chosen. */
export function CloseButton(props: { onClose: () => void }) {
  const { t } = useTranslation('common');
  return (
    <IconButton label={t('close')} onClick={props.onClose}>
      <IconX size={22} aria-hidden />
    </IconButton>
  );
}
