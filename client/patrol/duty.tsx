/** On duty or not: a team is sent nowhere, and shares no position, while it is off duty. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { useTeamDispatches } from '../dispatch/store.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyFault } from '../ui/notify.tsx';
import classes from './top-strip.module.css';

function useDuty(team: TeamView) {
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const setDuty = async (onDuty: boolean) => {
    setBusy(true);
    try {
      await api.patrols.setDuty.mutate({ teamId: team.id, onDuty });
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return { busy, setDuty };
}

export function DutyButton({ team }: { team: TeamView }) {
  const { t } = useTranslation('patrol');
  const { busy, setDuty } = useDuty(team);
  return (
    <BigButton tone="main" tall loading={busy} onClick={() => void setDuty(true)}>
      {t('goOnDuty')}
    </BigButton>
  );
}

export function DutySwitch({ team }: { team: TeamView }) {
  const { t } = useTranslation('patrol');
  const { busy, setDuty } = useDuty(team);
  const tasks = useTeamDispatches(team.id);
  const toggle = async () => {
    if (busy) return;
    const sure =
      !team.onDuty ||
      tasks.length === 0 ||
      (await askToConfirm({
        title: t('leaveTitle'),
        text: t('leaveText'),
        confirm: t('leave'),
      }));
    if (sure) await setDuty(!team.onDuty);
  };
  return (
    <button
      type="button"
      role="switch"
      className={classes['duty']}
      aria-checked={team.onDuty}
      aria-label={t('dutyLabel')}
      aria-busy={busy}
      onClick={() => void toggle()}
    >
      <span className={classes['knob']} aria-hidden />
      {team.onDuty ? t('onDuty') : t('offDuty')}
    </button>
  );
}
