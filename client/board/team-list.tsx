/** Every team: on duty or not, free or on a task, where and how long ago; the desk may call one to duty. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamView } from '../../shared/patrols/schema.ts';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import { useActiveDispatches } from '../dispatch/store.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { usePatrols, useTeams } from '../patrols/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyFault } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './queue.module.css';
import { chooseCluster } from './store.ts';

export function TeamList(props: { mayAct: boolean }) {
  const { t } = useTranslation('patrols');
  const teams = useTeams();
  const { byTeam } = useActiveDispatches();
  return (
    <div className={classes['list']}>
      {teams.length === 0 && <StateBlock kind="empty" title={t('noTeams')} />}
      {teams.map((team) => (
        <TeamRow
          key={team.id}
          team={team}
          active={byTeam.get(team.id)?.[0] ?? null}
          mayAct={props.mayAct}
        />
      ))}
    </div>
  );
}

function TeamRow({
  team,
  active,
  mayAct,
}: {
  team: TeamView;
  active: DispatchView | null;
  mayAct: boolean;
}) {
  const { t } = useTranslation(['patrols', 'dispatch']);
  const format = useFormat();
  const { sentence } = useFaultWords();
  const position = usePatrols((store) => store.positions.get(team.id));
  const [busy, setBusy] = useState(false);
  const setDuty = async () => {
    setBusy(true);
    try {
      await api.patrols.setDuty.mutate({ teamId: team.id, onDuty: !team.onDuty });
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const state = !team.onDuty
    ? t('patrols:offDuty')
    : active
      ? t(`dispatch:state.${active.state}`)
      : t('patrols:free');
  return (
    <div className={classes['row']}>
      <span className={classes['head']}>
        <strong>{team.name}</strong>
        <span className={`${classes['end']} ${active ? classes['team'] : classes['quiet']}`}>
          {state}
        </span>
      </span>
      <span className={classes['quiet']}>
        {[
          team.callSign,
          ...(team.vehicle === '' ? [] : [team.vehicle]),
          position
            ? t('patrols:positionAge', { ago: format.ago(position.at) })
            : t('patrols:noPosition'),
        ].join(' · ')}
      </span>
      {(active || mayAct) && (
        <span className={classes['head']}>
          {active && (
            <BigButton full={false} onClick={() => chooseCluster(active.clusterId, true)}>
              {t('dispatch:target')}
            </BigButton>
          )}
          {mayAct && !active && (
            <BigButton
              full={false}
              loading={busy}
              label={`${team.name}: ${team.onDuty ? t('patrols:goOffDuty') : t('patrols:goOnDuty')}`}
              onClick={() => void setDuty()}
            >
              {team.onDuty ? t('patrols:goOffDuty') : t('patrols:goOnDuty')}
            </BigButton>
          )}
        </span>
      )}
    </div>
  );
}
