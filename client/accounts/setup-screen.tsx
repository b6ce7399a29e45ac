/** `/setup/TOKEN`: the one-time link that makes the first administrator. */
import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useLanguage } from '../kernel/i18n.ts';
import { useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { Frame } from '../ui/frame.tsx';
import classes from './accounts.module.css';

const shortestPassword = 10;

export function SetupScreen(props: { token: string }) {
  const { t } = useTranslation('accounts');
  const { signedIn } = useSession();
  const { city, cities, name, choose } = useCity();
  const language = useLanguage();
  const { sentence, atField } = useFaultWords();
  const [, navigate] = useLocation();
  const [entries, setEntries] = useState({ displayName: '', username: '', password: '' });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const enter = (field: keyof typeof entries) => (value: string) =>
    setEntries((before) => ({ ...before, [field]: value }));
  const missing = (field: keyof typeof entries) =>
    tried && entries[field].trim() === '' ? t('required') : null;
  const short = tried && entries.password.length < shortestPassword ? t('tooShort') : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const { displayName, username, password } = entries;
    if (displayName.trim() === '' || username.trim() === '' || password.length < shortestPassword)
      return;
    setBusy(true);
    setFault(null);
    try {
      const answer = await api.accounts.setupAdministrator.mutate({
        token: props.token,
        ...(city ? { cityId: city.id } : {}),
        displayName,
        username: username.trim().toLowerCase(),
        password,
      });
      signedIn(answer);
      navigate('/admin', { replace: true });
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  return (
    <Frame title={name} night={null}>
      <h1 className={classes['title']}>{t('setup.title')}</h1>
      <p className={classes['text']}>{t('setup.text')}</p>
      <form className={classes['form']} noValidate onSubmit={(event) => void submit(event)}>
        {cities.length > 1 && (
          <NativeSelect
            label={t('login.city')}
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
          label={t('setup.displayName')}
          size="lg"
          autoComplete="name"
          autoFocus
          value={entries.displayName}
          error={missing('displayName') ?? atField(fault, 'displayName')}
          onChange={(event) => enter('displayName')(event.currentTarget.value)}
        />
        <TextInput
          label={t('setup.username')}
          description={t('setup.usernameHint')}
          size="lg"
          autoComplete="username"
          autoCapitalize="none"
          value={entries.username}
          error={missing('username') ?? atField(fault, 'username')}
          onChange={(event) => enter('username')(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('setup.password')}
          description={t('setup.passwordHint')}
          size="lg"
          autoComplete="new-password"
          value={entries.password}
          error={missing('password') ?? short ?? atField(fault, 'password')}
          onChange={(event) => enter('password')(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('login.show') }}
        />
        {fault && (
          <p className={classes['error']} role="alert">
            {sentence(fault)}
          </p>
        )}
        <BigButton tall tone="main" type="submit" loading={busy}>
          {t('setup.submit')}
        </BigButton>
      </form>
    </Frame>
  );
}
