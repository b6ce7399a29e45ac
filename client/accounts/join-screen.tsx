/** `/join/TOKEN`: where a printed code leads. One button makes this phone a reporter's; nothing has to be typed. */
import { IconQrcode } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { EnrolmentOffer } from '../../shared/accounts/enrolment.ts';
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
import { TextField } from '../ui/text-field.tsx';
import classes from './join.module.css';
import { useSignIn } from './use-sign-in.ts';

export function JoinScreen({ token }: { token: string }) {
  const { t } = useTranslation('accounts');
  const { sentence } = useFaultWords();
  const { offer, fault, reload } = useOffer(token);
  const name = useCityName(offer?.cityId ?? null);
  return (
    <Frame title={name} night={null}>
      {offer === null && fault === null && <StateBlock kind="loading" />}
      {offer === null && fault !== null && (
        <>
          <StateBlock
            kind="error"
            title={t('join.failed')}
            text={sentence(fault)}
            onRetry={reload}
          />
          <BigButton href="/report">{t('join.withoutCode')}</BigButton>
        </>
      )}
      {offer !== null && <JoinForm token={token} offer={offer} city={name} />}
    </Frame>
  );
}

function useOffer(token: string) {
  const [offer, setOffer] = useState<EnrolmentOffer | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let left = false;
    api.accounts.readEnrolment.query({ token }).then(
      (found) => left || setOffer(found),
      (error: unknown) => left || setFault(faultOf(error)),
    );
    return () => {
      left = true;
    };
  }, [token, round]);
  const reload = () => {
    setFault(null);
    setRound(round + 1);
  };
  return { offer, fault, reload };
}

function useCityName(cityId: string | null): string {
  const { cities } = useCity();
  const language = useLanguage();
  const city = cities.find(({ id }) => id === cityId);
  if (!city) return '';
  return language === 'en' ? city.nameEn : city.nameZh;
}

function JoinForm(props: { token: string; offer: EnrolmentOffer; city: string }) {
  const { t } = useTranslation(['accounts', 'sightings']);
  const { sentence, atField } = useFaultWords();
  const { session } = useSession();
  const { choose } = useCity();
  const [, navigate] = useLocation();
  const [person, setPerson] = useState({ displayName: '', phone: '' });
  const { token, offer } = props;
  const { busy, fault, signIn } = useSignIn((view) => {
    choose(view.cityId);
    navigate(homeOf.reporter, { replace: true });
  });
  const join = (event: FormEvent) => {
    event.preventDefault();
    void signIn(() => api.accounts.enrol.mutate({ token, ...person }));
  };
  return (
    <form className={classes['form']} noValidate onSubmit={join}>
      <h1 className={classes['title']}>{t('accounts:join.title')}</h1>
      <div className={classes['offer']}>
        <IconQrcode size={40} stroke={1.6} aria-hidden />
        <p>
          <strong>{offer.label}</strong>
          <span>
            {[props.city, t(`sightings:kind.${offer.reporterKind}`)]
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
        </p>
      </div>
      <p className={classes['text']}>{t('accounts:join.text', { count: offer.accountDays })}</p>
      {session && (
        <p className={classes['notice']} role="note">
          {t('accounts:join.signedIn', { name: session.user.displayName })}
        </p>
      )}
      <div className={classes['fields']}>
        <TextField
          label={t('accounts:join.name')}
          value={person.displayName}
          maxLength={60}
          autoComplete="name"
          error={atField(fault, 'displayName')}
          onChange={(displayName) => setPerson({ ...person, displayName })}
        />
        <TextField
          label={t('accounts:join.phone')}
          type="tel"
          value={person.phone}
          maxLength={40}
          autoComplete="tel"
          error={atField(fault, 'phone')}
          onChange={(phone) => setPerson({ ...person, phone })}
        />
      </div>
      <div className={classes['bar']}>
        {fault && (
          <p className={classes['error']} role="alert">
            {sentence(fault)}
          </p>
        )}
        <BigButton tall tone="main" type="submit" loading={busy}>
          {t('accounts:join.go')}
        </BigButton>
      </div>
    </form>
  );
}
