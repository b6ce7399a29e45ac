/** `/login`: staff sign in, then go where they were heading, or to where their role works. */
import { Anchor, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation, useSearchParams } from 'wouter';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useLanguage } from '../kernel/i18n.ts';
import { homeOf, useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { Frame } from '../ui/frame.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './accounts.module.css';

/** Only a path of our own may be returned to. */
export const ownPath = (to: string | null): string | null =>
  to !== null && /^\/(?![/\\])/.test(to) && !to.startsWith('/login') ? to : null;

export function LoginScreen() {
  const { t } = useTranslation(['accounts', 'common']);
  const { session, role, signedIn } = useSession();
  const { city, cities, name, choose, fault: cityFault, reload } = useCity();
  const language = useLanguage();
  const { sentence } = useFaultWords();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const target = ownPath(search.get('to'));
  if (session && role && !busy) return <Redirect to={target ?? homeOf[role]} replace />;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!city || username.trim() === '' || password === '') return;
    setBusy(true);
    setFault(null);
    try {
      const answer = await api.accounts.login.mutate({ cityId: city.id, username, password });
      signedIn(answer);
      navigate(target ?? homeOf[answer.user.role], { replace: true });
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  return (
    <Frame title={name} night={null} demo={city?.demo ?? false}>
      <h1 className={classes['title']}>{t('accounts:login.title')}</h1>
      {cityFault && <StateBlock kind="offline" text={sentence(cityFault)} onRetry={reload} />}
      <form className={classes['form']} onSubmit={(event) => void submit(event)}>
        {cities.length > 1 && (
          <NativeSelect
            label={t('accounts:login.city')}
            size="lg"
            value={city?.id ?? ''}
            onChange={(event) => choose(event.currentTarget.value)}
            data={cities.map((each) => ({
              value: each.id,
              label: language === 'en' ? each.nameEn : each.nameZh,
            }))}
          />
        )}
        <TextInput
          label={t('accounts:login.username')}
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
          label={t('accounts:login.password')}
          size="lg"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('accounts:login.show') }}
        />
        {fault && (
          <p className={classes['error']} role="alert">
            {sentence(fault)}
          </p>
        )}
        <BigButton tall tone="main" type="submit" loading={busy} disabled={city === null}>
          {t('accounts:login.submit')}
        </BigButton>
      </form>
      <p className={classes['text']}>{t('accounts:login.forgot')}</p>
      <Anchor href="/report" className={classes['link'] ?? ''}>
        {t('accounts:login.public')}
      </Anchor>
    </Frame>
  );
}
