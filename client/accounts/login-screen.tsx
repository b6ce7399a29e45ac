/** `/login`: staff sign in, then go where they were heading, or to where their role works. */
import { Anchor, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation, useSearchParams } from 'wouter';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { homeOf, useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { Frame } from '../ui/frame.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './accounts.module.css';
import { CitySelect } from './city-select.tsx';
import { ownPath } from './own-path.ts';
import { useSignIn } from './use-sign-in.ts';

export function LoginScreen() {
  const { t } = useTranslation('accounts');
  const { session, role, told, fault: unheard } = useSession();
  const { city, name, fault, reload } = useCity();
  const { sentence } = useFaultWords();
  const [search] = useSearchParams();
  const target = ownPath(search.get('to'));
  // What the device kept may be over: somebody who was put out is not sent on by it.
  if (session && role && !told && unheard === null) return <StateBlock kind="loading" />;
  if (session && role) return <Redirect to={target ?? homeOf[role]} replace />;
  return (
    <Frame title={name} night={null} demo={city?.demo ?? false}>
      <h1 className={classes['title']}>{t('login.title')}</h1>
      {fault && <StateBlock kind="offline" text={sentence(fault)} onRetry={reload} />}
      <LoginForm cityId={city?.id ?? null} target={target} />
      <p className={classes['after']}>{t('login.forgot')}</p>
      <Anchor href="/report" className={classes['link'] ?? ''}>
        {t('login.public')}
      </Anchor>
    </Frame>
  );
}

function LoginForm({ cityId, target }: { cityId: string | null; target: string | null }) {
  const { t } = useTranslation('accounts');
  const { sentence } = useFaultWords();
  const [, navigate] = useLocation();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { busy, fault, signIn } = useSignIn(({ user }) =>
    navigate(target ?? homeOf[user.role], { replace: true }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cityId !== null && username.trim() !== '' && password !== '')
      void signIn(() => api.accounts.login.mutate({ cityId, username, password }));
  };
  return (
    <form className={classes['form']} onSubmit={submit}>
      <CitySelect />
      <TextInput
        label={t('login.username')}
        size="lg"
        autoComplete="username"
        autoCapitalize="none"
        autoFocus
        required
        withAsterisk={false}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('login.password')}
        size="lg"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('login.show') }}
      />
      {fault && (
        <p className={classes['error']} role="alert">
          {sentence(fault)}
        </p>
      )}
      <BigButton tall tone="main" type="submit" loading={busy} disabled={cityId === null}>
        {t('login.submit')}
      </BigButton>
    </form>
  );
}
