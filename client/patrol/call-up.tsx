/** This team is called up by the night in force: said once on the strip, until the crew has read it. */
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationView } from '../../shared/response/schema.ts';
import { readStored, writeStored } from '../kernel/stored.ts';
import { IconButton } from '../ui/icon-button.tsx';
import classes from './top-strip.module.css';

const storageKey = 'nuanxun.calledUp';

export function CallUp({ teamId, night }: { teamId: string; night: ActivationView | null }) {
  const { t } = useTranslation(['patrol', 'response', 'common']);
  const [read, setRead] = useState(() => readStored(storageKey));
  const effects = night?.effects ?? null;
  if (night === null || !effects?.teamIds.includes(teamId)) return null;
  // Another level of the same night is another call.
  const key = `${night.id} ${night.level}`;
  if (read === key) return null;
  const level = t(`response:level.${night.level}`);
  return (
    <div className={classes['callUp']} role="status">
      <span className={classes['callUpHead']}>
        <strong>{t(night.drill ? 'patrol:calledUpDrill' : 'patrol:calledUp', { level })}</strong>
        <IconButton
          label={t('common:close')}
          onClick={() => {
            writeStored(storageKey, key);
            setRead(key);
          }}
        >
          <IconX size={20} aria-hidden />
        </IconButton>
      </span>
      {effects.callUp.trim() !== '' && <p>{effects.callUp}</p>}
    </div>
  );
}
