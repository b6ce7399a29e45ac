/** A tracking code typed in leads to what became of the tip. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { BigButton } from '../ui/big-button.tsx';
import { TextField } from '../ui/text-field.tsx';
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
        <TextField
          label={t('trackCode')}
          hint={t('trackHint')}
          value={code}
          maxLength={20}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={setCode}
        />
        <BigButton type="submit" full={false} disabled={clean === ''}>
          {t('trackGo')}
        </BigButton>
      </form>
    </section>
  );
}
