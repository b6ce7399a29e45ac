/** A new account; afterwards user name and password are shown once, to be handed over. */
import { TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { userDraftSchema } from '../../shared/accounts/schema.ts';
import { api } from '../kernel/api.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { PasswordField } from './password-field.tsx';
import { useForm } from './use-form.ts';
import { standingInput, standingOf, UserFields } from './user-fields.tsx';

interface Secret {
  username: string;
  password: string;
}
const empty = { username: '', displayName: '', password: '', ...standingOf(null) };
type State = ReturnType<typeof useForm<typeof empty>>;

export function UserCreateForm({ onCreated }: { onCreated: () => void }) {
  const { t } = useTranslation('admin');
  const [made, setMade] = useState<Secret | null>(null);
  const { draft, change, at, busy, send, fault, problem } = useForm(empty);
  if (made !== null)
    return (
      <HandOver
        secret={made}
        onAnother={() => {
          change(empty);
          setMade(null);
        }}
      />
    );
  const save = async () => {
    const { displayName, password } = draft;
    const username = draft.username.trim().toLowerCase();
    const input = { username, displayName, password, ...standingInput(draft) };
    const user = await send(userDraftSchema, input, (valid) =>
      api.accounts.createUser.mutate(valid),
    );
    if (user === null) return;
    setMade({ username: user.username, password });
    onCreated();
  };
  return (
    <Form
      onSubmit={() => void save()}
      fault={fault}
      problem={problem}
      busy={busy}
      save={t('users.create')}
      back="/admin/users"
    >
      <NameFields draft={draft} change={change} at={at} />
      <UserFields standing={draft} onChange={change} at={at} />
      <PasswordField
        label={t('users.password')}
        value={draft.password}
        onChange={(password) => change({ password })}
        error={at('password', t('users.passwordWrong'))}
      />
    </Form>
  );
}

function NameFields({ draft, change, at }: Pick<State, 'draft' | 'change' | 'at'>) {
  const { t } = useTranslation('admin');
  return (
    <>
      <TextInput
        label={t('users.displayName')}
        description={t('users.displayNameHint')}
        size="lg"
        className={classes['narrow'] ?? ''}
        maxLength={60}
        autoComplete="off"
        value={draft.displayName}
        error={at('displayName')}
        onChange={(event) => change({ displayName: event.currentTarget.value })}
      />
      <TextInput
        label={t('users.username')}
        description={t('users.usernameHint')}
        size="lg"
        className={classes['narrow'] ?? ''}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={draft.username}
        error={at('username', t('users.usernameWrong'))}
        onChange={(event) => change({ username: event.currentTarget.value })}
      />
    </>
  );
}

function HandOver(props: { secret: Secret; onAnother: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const [, go] = useLocation();
  const { username, password } = props.secret;
  const copy = () => {
    const words = `${t('admin:users.username')}: ${username}\n${t('admin:users.password')}: ${password}`;
    navigator.clipboard.writeText(words).then(
      () => notifyDone(t('common:copied')),
      () => undefined, // it can be read and typed
    );
  };
  return (
    <section className={classes['card']} aria-live="polite">
      <h3>{t('admin:users.created')}</h3>
      <p>{t('admin:users.handOver')}</p>
      <dl className={classes['secret']}>
        <dt>{t('admin:users.username')}</dt>
        <dd>{username}</dd>
        <dt>{t('admin:users.password')}</dt>
        <dd>{password}</dd>
      </dl>
      <div className={classes['actions']}>
        <BigButton tone="main" full={false} onClick={() => go('/admin/users')}>
          {t('admin:users.toList')}
        </BigButton>
        {window.isSecureContext && (
          <BigButton full={false} icon={<IconCopy size={20} aria-hidden />} onClick={copy}>
            {t('admin:users.copyBoth')}
          </BigButton>
        )}
        <BigButton tone="quiet" full={false} onClick={props.onAnother}>
          {t('admin:users.another')}
        </BigButton>
      </div>
    </section>
  );
}
