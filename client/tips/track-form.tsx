/** A tracking code typed in leads to what became of the tip. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { BigButton } from '../ui/big-button.tsx';
import classes from './tips.module.css';

export function TrackForm() {
  const { t } = useTranslation('tips');
  const [, navigate] = useLocation();
  const [code, setCode] = useState('');
  const clean = code.replace(/[\s-]/g, '');
  return (
    <section>
      <h2 className={classes['heading']}>{t('track')}</h2>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (clean !== '') navigate(`/t/${encodeURIComponent(clean)}`);
        }}
      >
        <TextInput
          label={t('trackCode')}
          description={t('trackHint')}
          value={code}
          maxLength={20}
          autoCapitalize="characters"
          autoComplete="off"
          size="lg"
          flex={1}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <BigButton type="submit" full={false} disabled={clean === ''}>
          {t('trackGo')}
        </BigButton>
      </form>
    </section>
  );
}
