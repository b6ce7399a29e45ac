import { useTranslation } from 'react-i18next';
import type { Role } from '../../shared/accounts/schema.ts';
import { homeOf } from '../kernel/session.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';

export function NotYours({ role }: { role: Role }) {
  const { t } = useTranslation(['common', 'accounts']);
  return (
    <StateBlock
      kind="empty"
      title={t('common:notYours.title')}
      text={t('common:notYours.text', { role: t(`accounts:role.${role}`) })}
      action={
        <BigButton full={false} href={homeOf[role]}>
          {t('common:notYours.action')}
        </BigButton>
      }
    />
  );
}
