/** Why a team can't go: one tap on a usual reason, or a few words. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { TextField } from '../ui/text-field.tsx';
import classes from './record-encounter.module.css';

const presets = ['busy', 'far', 'vehicle', 'unsafe'] as const;
type Preset = (typeof presets)[number];
const longest = 300;

interface DeclineProps {
  /** resolves once it is kept on this device */
  onSend: (reason: string) => Promise<void>;
  onDone: () => void;
  onBack: () => void;
}

function useDecline({ onSend, onDone }: DeclineProps) {
  const { t } = useTranslation('dispatch');
  const [preset, setPreset] = useState<Preset | null>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const reason = [preset === null ? '' : t(`decline.${preset}`), text.trim()]
    .filter((part) => part !== '')
    .join(' · ');
  const toggle = (key: Preset) => setPreset((before) => (before === key ? null : key));
  const send = async () => {
    if (reason === '' || busy) return;
    setBusy(true);
    setFault(null);
    try {
      await onSend(reason);
      onDone();
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  return { preset, toggle, text, setText, busy, fault, reason, send };
}

export function DeclineForm(props: DeclineProps) {
  const { t } = useTranslation(['dispatch', 'common']);
  const { sentence } = useFaultWords();
  const { preset, toggle, text, setText, busy, fault, reason, send } = useDecline(props);
  return (
    <form
      className={classes['record']}
      aria-label={t('dispatch:decline.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <header className={classes['head']}>
        <h2>{t('dispatch:decline.title')}</h2>
        <BigButton tone="quiet" full={false} onClick={props.onBack}>
          {t('common:back')}
        </BigButton>
      </header>
      <p className={classes['quiet']}>{t('dispatch:decline.lead')}</p>
      <ChipToggles
        label={t('dispatch:decline.title')}
        chosen={new Set(preset === null ? [] : [preset])}
        onToggle={toggle}
        chips={presets.map((key) => ({ key, label: t(`dispatch:decline.${key}`) }))}
      />
      <TextField
        label={t('dispatch:decline.text')}
        rows={2}
        maxLength={longest}
        value={text}
        onChange={setText}
      />
      <div className={classes['bar']}>
        {fault !== null && (
          <p className={classes['fault']} role="alert">
            {sentence(fault)}
          </p>
        )}
        <BigButton tone="main" tall type="submit" loading={busy} disabled={reason === ''}>
          {reason === '' ? t('dispatch:decline.pick') : t('dispatch:decline.send')}
        </BigButton>
      </div>
    </form>
  );
}
