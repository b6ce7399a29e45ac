/** In a demo city: one tap to be anyone and look around. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Role } from '../../shared/accounts/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { homeOf, useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { notifyFault } from '../ui/notify.tsx';
import classes from './accounts.module.css';

const entries: readonly Role[] = [
  'dispatcher',
  'patrol',
  'reporter',
  'station_manager',
  'administrator',
  'auditor',
];

export function DemoEntry(props: { cityId: string }) {
  const { t } = useTranslation(['tips', 'accounts']);
  const { signedIn } = useSession();
  const { sentence } = useFaultWords();
  const [, navigate] = useLocation();
  const [entering, setEntering] = useState<Role | null>(null);
  const enter = async (role: Role) => {
    setEntering(role);
    try {
      signedIn(await api.accounts.enterDemo.mutate({ cityId: props.cityId, role }));
      navigate(homeOf[role]);
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
      setEntering(null);
    }
  };
  return (
    <section>
      <h2 className={classes['heading']}>{t('tips:demo.title')}</h2>
      <p className={classes['text']}>{t('tips:demo.text')}</p>
      <div className={classes['entries']}>
        {entries.map((role) => (
          <button
            key={role}
            type="button"
            className={classes['entry']}
            disabled={entering !== null}
            onClick={() => void enter(role)}
          >
            <strong>{t(`accounts:role.${role}`)}</strong>
            <span>{t(`accounts:roleDoes.${role}`)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
