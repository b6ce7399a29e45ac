import { useTranslation } from 'react-i18next';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';

export function NotHere() {
  const { t } = useTranslation('common');
  return (
    <StateBlock
      kind="empty"
      title={t('notHere.title')}
      text={t('notHere.text')}
      action={
        <BigButton full={false} href="/">
          {t('notHere.action')}
        </BigButton>
      }
    />
  );
}
