/** For the desk: everything that came late and met a changed city, until somebody has looked at it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictView } from '../../shared/field/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { ConflictContent } from './conflict-content.tsx';
import classes from './conflicts.module.css';
import { useConflicts } from './store.ts';
import { useConflictWords } from './use-conflict-words.ts';
import type { TeamName } from './use-conflict-words.ts';

interface ListProps {
  /** false = only to be read, as by an auditor */
  mayAct: boolean;
  teamName: TeamName;
  /** shows the place on the map */
  onShow?: (clusterId: string) => void;
}

export function ConflictList(props: ListProps) {
  const { t } = useTranslation('field');
  const conflicts = useConflicts();
  if (conflicts.length === 0)
    return <StateBlock kind="empty" compact title={t('empty')} text={t('emptyText')} />;
  return (
    <ul className={classes['list']} aria-label={t('list')}>
      {conflicts.map((conflict) => (
        <ConflictRow key={conflict.id} conflict={conflict} {...props} />
      ))}
    </ul>
  );
}

function ConflictRow({
  conflict,
  mayAct,
  teamName,
  onShow,
}: ListProps & { conflict: ConflictView }) {
  const { t } = useTranslation('field');
  const format = useFormat();
  const words = useConflictWords(teamName);
  const [reading, setReading] = useState(false);
  const { clusterId } = conflict;
  const time = format.time(conflict.at);
  return (
    <li className={classes['row']}>
      <p>{words.desk(conflict)}</p>
      <p className={classes['when']}>
        {t('did', { action: t(`action.${conflict.action}`), time })} ·{' '}
        {t('heard', { ago: format.ago(conflict.receivedAt) })}
      </p>
      {mayAct && reading && <ConflictContent id={conflict.id} />}
      <div className={classes['buttons']}>
        {clusterId !== null && onShow && (
          <BigButton full={false} onClick={() => onShow(clusterId)}>
            {t('show')}
          </BigButton>
        )}
        {mayAct && !reading && (
          <BigButton full={false} onClick={() => setReading(true)}>
            {t('read')}
          </BigButton>
        )}
        {mayAct && <SettleButton id={conflict.id} />}
      </div>
    </li>
  );
}

/** The row goes with the event that follows. */
function SettleButton({ id }: { id: string }) {
  const { t } = useTranslation('field');
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const settle = async () => {
    setBusy(true);
    try {
      await api.field.settle.mutate({ id });
      notifyDone(t('settled'));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <BigButton full={false} loading={busy} onClick={() => void settle()}>
      {t('settle')}
    </BigButton>
  );
}
