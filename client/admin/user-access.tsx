/** Whether a person can sign in, and with which password. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setPasswordSchema } from '../../shared/accounts/schema.ts';
import type { UserView } from '../../shared/accounts/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { PasswordField } from './password-field.tsx';
import { useForm } from './use-form.ts';

export function UserAccess(props: { user: UserView; onChanged: () => void }) {
  return (
    <>
      <PasswordCard userId={props.user.id} />
      <AccessCard {...props} />
    </>
  );
}

function PasswordCard({ userId }: { userId: string }) {
  const { t } = useTranslation('admin');
  const { draft, change, at, busy, send, fault, problem } = useForm({ password: '' });
  const save = async () => {
    const set = await send(
      setPasswordSchema,
      { userId, password: draft.password },
      async (valid) => {
        await api.accounts.setPassword.mutate(valid);
        return true;
      },
    );
    if (set === null) return;
    change({ password: '' });
    notifyDone(t('users.passwordSet'));
  };
  return (
    <section className={classes['card']}>
      <h3>{t('users.setPassword')}</h3>
      <p>{t('users.setPasswordText')}</p>
      <Form
        onSubmit={() => void save()}
        fault={fault}
        problem={problem}
        busy={busy}
        save={t('users.setPassword')}
        aside
      >
        <PasswordField
          label={t('users.newPassword')}
          value={draft.password}
          onChange={(password) => change({ password })}
          error={at('password', t('users.passwordWrong'))}
        />
      </Form>
    </section>
  );
}

function AccessCard({ user, onChanged }: { user: UserView; onChanged: () => void }) {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const name = user.displayName;
  const turn = async (disabled: boolean) => {
    const sure =
      !disabled ||
      (await askToConfirm({
        title: t('users.disableAsk', { name }),
        text: t('users.disableText'),
        confirm: t('users.disable'),
        danger: true,
      }));
    if (!sure) return;
    setBusy(true);
    try {
      const { username: _fixed, ...rest } = user;
      await api.accounts.changeUser.mutate({ ...rest, disabled });
      notifyDone(t(disabled ? 'users.disabledNow' : 'users.enabledNow', { name }));
      onChanged();
    } catch (error) {
      const fault = faultOf(error);
      const isLast = fault.code === 'not_allowed' && fault.field === 'disabled';
      notifyFault(isLast ? t('users.lastAdministrator') : sentence(fault));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={classes['card']}>
      <h3>{t('users.access')}</h3>
      <p>{t(user.disabled ? 'users.enableText' : 'users.disableText')}</p>
      <span>
        <BigButton full={false} loading={busy} onClick={() => void turn(!user.disabled)}>
          {t(user.disabled ? 'users.enable' : 'users.disable')}
        </BigButton>
      </span>
    </section>
  );
}
