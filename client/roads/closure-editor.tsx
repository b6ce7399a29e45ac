/** Why the stretch that was drawn is closed. What was typed stays until it is sent. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Polygon } from '../../shared/geo/position.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import classes from './closures.module.css';

export function ClosureEditor(props: { drawn: Polygon | null; onDone: () => void }) {
  const { t } = useTranslation(['roads', 'common']);
  const { sentence, atField } = useFaultWords();
  const [id] = useState(newId);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const { drawn } = props;
  const save = async (boundary: Polygon) => {
    setBusy(true);
    setFault(null);
    try {
      await api.roads.close.mutate({ id, boundary, reason });
      notifyDone(t('roads:closure.closed'));
      props.onDone();
    } catch (error) {
      const found = faultOf(error);
      setFault(found);
      if (found.fields.length === 0) notifyFault(sentence(found));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={classes['closures']}
      onSubmit={(event) => {
        event.preventDefault();
        if (drawn) void save(drawn);
      }}
    >
      <h2>{t('roads:closure.draw')}</h2>
      <p className={classes['hint']}>
        {drawn === null ? t('roads:closure.hint') : t('roads:closure.drawn')}
      </p>
      {atField(fault, 'boundary') !== null && (
        <p className={classes['error']} role="alert">
          {atField(fault, 'boundary')}
        </p>
      )}
      <TextInput
        label={t('roads:closure.reason')}
        description={t('roads:closure.reasonText')}
        value={reason}
        maxLength={200}
        required
        onChange={(event) => setReason(event.currentTarget.value)}
        error={atField(fault, 'reason')}
      />
      <BigButton
        tone="main"
        type="submit"
        loading={busy}
        disabled={drawn === null || reason.trim() === ''}
      >
        {t('roads:closure.close')}
      </BigButton>
      <BigButton tone="quiet" onClick={props.onDone}>
        {t('common:cancel')}
      </BigButton>
    </form>
  );
}
