/** `/setup/TOKEN`: the one-time link that makes the first administrator. */
import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { Frame } from '../ui/frame.tsx';
import classes from './accounts.module.css';
import { CitySelect } from './city-select.tsx';
import { emptyCity, FirstCityFields, readCityEntries } from './first-city-fields.tsx';
import { useSignIn } from './use-sign-in.ts';

const shortestPassword = 10;
const nothing = { displayName: '', username: '', password: '' };
type Field = keyof typeof nothing;
const fields: readonly Field[] = ['displayName', 'username', 'password'];

export function SetupScreen(props: { token: string }) {
  const { t } = useTranslation('accounts');
  const { city, cities, fault, loading, name } = useCity();
  const none = !loading && fault === null && cities.length === 0;
  return (
    <Frame title={name} night={null}>
      <h1 className={classes['title']}>{t('setup.title')}</h1>
      <p className={classes['text']}>{t('setup.text')}</p>
      <SetupForm token={props.token} cityId={city?.id ?? null} firstCity={none} />
    </Frame>
  );
}

function SetupForm(props: { token: string; cityId: string | null; firstCity: boolean }) {
  const { token, cityId, firstCity } = props;
  const { t } = useTranslation('accounts');
  const { choose, reload } = useCity();
  const [cityEntries, setCityEntries] = useState(emptyCity);
  const { sentence, atField } = useFaultWords();
  const [, navigate] = useLocation();
  const [entries, setEntries] = useState(nothing);
  const [tried, setTried] = useState(false);
  const { busy, fault, signIn } = useSignIn((session) => {
    if (firstCity) {
      choose(session.cityId);
      reload();
    }
    navigate('/admin', { replace: true });
  });
  const own = (field: Field): string | null => {
    if (entries[field].trim() === '') return t('required');
    if (field === 'password' && entries.password.length < shortestPassword) return t('tooShort');
    return null;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (fields.some((field) => own(field) !== null)) return;
    const made = firstCity ? readCityEntries(cityEntries) : null;
    if (firstCity && made === null) return;
    const city = made ? { city: made } : cityId === null ? {} : { cityId };
    const username = entries.username.trim().toLowerCase();
    void signIn(() =>
      api.accounts.setupAdministrator.mutate({ ...entries, ...city, username, token }),
    );
  };
  const entry = (field: Field) => ({
    label: t(`setup.${field}`),
    size: 'lg',
    value: entries[field],
    error: (tried ? own(field) : null) ?? atField(fault, field),
    onChange: (event: { currentTarget: { value: string } }) =>
      setEntries({ ...entries, [field]: event.currentTarget.value }),
  });
  return (
    <form className={classes['form']} noValidate onSubmit={submit}>
      <CitySelect />
      {firstCity && (
        <FirstCityFields
          entries={cityEntries}
          onChange={setCityEntries}
          tried={tried}
          refused={(field) => atField(fault, field)}
        />
      )}
      <TextInput {...entry('displayName')} autoComplete="name" />
      <TextInput
        {...entry('username')}
        description={t('setup.usernameHint')}
        autoComplete="username"
        autoCapitalize="none"
      />
      <PasswordInput
        {...entry('password')}
        description={t('setup.passwordHint')}
        autoComplete="new-password"
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
  );
}
