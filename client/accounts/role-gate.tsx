/** Lets a screen open only to the roles it is made for. The server guards the data; this guards the person's time. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation } from 'wouter';
import type { Role } from '../../shared/accounts/schema.ts';
import { homeOf, useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';

export function RoleGate(props: { roles: readonly Role[]; children: ReactNode }) {
  const { session, role, fault, reload } = useSession();
  const { t } = useTranslation(['common', 'accounts']);
  const { sentence } = useFaultWords();
  const [path] = useLocation();
  if (session === undefined)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="offline" text={sentence(fault)} onRetry={reload} />
    );
  if (role === null) return <Redirect to={`/login?to=${encodeURIComponent(path)}`} replace />;
  if (!props.roles.includes(role))
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
  return props.children;
}
