/** Opening or closing a temporary shelter: one decision, with its reason, that is kept on record. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FaultLine } from './fault-line.tsx';
import classes from './house.module.css';
import { useAct } from './use-act.ts';

interface Decision {
  station: StationView;
  /** what is decided */
  open: boolean;
}

export function ShelterDialog(props: Decision & { shown: boolean; onClose: () => void }) {
  const { t } = useTranslation(['house', 'common']);
  const { station, open, shown, onClose } = props;
  return (
    <Modal
      opened={shown}
      onClose={onClose}
      title={t(open ? 'shelter.openOf' : 'shelter.shutOf', { name: station.name })}
      size={520}
      closeButtonProps={{ size: 48, 'aria-label': t('common:close') }}
    >
      {shown && <DecisionForm {...props} />}
    </Modal>
  );
}

function DecisionForm({ station, open, onClose }: Decision & { onClose: () => void }) {
  const { t } = useTranslation('house');
  const { atField } = useFaultWords();
  const [id] = useState(newId);
  const [reason, setReason] = useState('');
  const { busy, fault, run } = useAct();
  const decide = async () => {
    const decision = { id, stationId: station.id, open, reason: reason.trim() };
    if (!(await run(() => api.stations.decideShelter.mutate(decision)))) return;
    notifyDone(t(open ? 'shelter.opened' : 'shelter.shutDone', { name: station.name }));
    onClose();
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void decide();
      }}
    >
      {!open && <p className={classes['text']}>{t('shelter.shutText')}</p>}
      {open && station.contact !== '' && (
        <p className={classes['text']}>{t('shelter.contact', { contact: station.contact })}</p>
      )}
      <TextField
        label={t('shelter.reason')}
        hint={t('shelter.reasonHint')}
        rows={2}
        maxLength={500}
        required
        value={reason}
        error={atField(fault, 'reason')}
        onChange={setReason}
      />
      <FaultLine fault={fault} />
      <BigButton tone="main" type="submit" loading={busy} disabled={reason.trim() === ''}>
        {t(open ? 'shelter.open' : 'shelter.shut')}
      </BigButton>
    </form>
  );
}
