/** What came in late and met a changed world: one line that says so, and the list behind it. */
import { useTranslation } from 'react-i18next';
import { ConflictList } from '../field/conflict-list.tsx';
import { useConflicts } from '../field/store.ts';
import { usePatrols } from '../patrols/store.ts';
import { CloseButton } from '../ui/close-button.tsx';
import { BigButton } from '../ui/big-button.tsx';
import classes from './coverage.module.css';
import { chooseCluster, openConflicts, useBoard } from './store.ts';

export function ConflictLine() {
  const { t } = useTranslation('watch');
  const count = useConflicts().length;
  const open = useBoard((board) => board.conflicts);
  if (count === 0 || open) return null;
  return (
    <div className={classes['line']} role="status">
      <span>{t('conflicts', { count })}</span>
      <BigButton full={false} onClick={openConflicts}>
        {t('conflictsLook')}
      </BigButton>
    </div>
  );
}

export function LateRecords(props: { mayAct: boolean }) {
  const { t } = useTranslation('watch');
  const teams = usePatrols((store) => store.teams);
  return (
    <section className={classes['detail']}>
      <header className={classes['top']}>
        <h2>{t('conflictsTitle')}</h2>
        <CloseButton onClose={() => useBoard.setState({ conflicts: false })} />
      </header>
      <ConflictList
        mayAct={props.mayAct}
        teamName={(id) => teams.get(id)?.name ?? null}
        onShow={(clusterId) => chooseCluster(clusterId, true)}
      />
    </section>
  );
}
