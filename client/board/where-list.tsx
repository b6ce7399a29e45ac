/** "Where to go now": the cells where help is owed most, each with its reasons; and the drawn areas that weigh them. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ZoneView } from '../../shared/zones/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useSession } from '../kernel/session.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyFault } from '../ui/notify.tsx';
import { ClosureList } from '../roads/closure-list.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import type { DebtCell } from '../zones/cell-layer.tsx';
import { useZones } from '../zones/store.ts';
import { useCellWords } from '../zones/use-cell-words.ts';
import classes from './queue.module.css';
import { chooseCell, useBoard } from './store.ts';

const mostCells = 30;

export function WhereList(props: { debts: readonly DebtCell[] }) {
  const { t } = useTranslation(['board', 'zones']);
  const { role } = useSession();
  const selected = useBoard((board) => board.cell);
  const cellWords = useCellWords();
  const zones = useZones();
  return (
    <div className={classes['list']}>
      {role !== 'auditor' && (
        <BigButton onClick={() => useBoard.setState({ drawing: 'zone' })}>
          {t('board:zones.draw')}
        </BigButton>
      )}
      {zones.map((zone) => (
        <ZoneRow key={zone.id} zone={zone} mayAct={role !== 'auditor'} />
      ))}
      <ClosureList
        {...(role === 'auditor' ? {} : { onDraw: () => useBoard.setState({ drawing: 'closure' }) })}
      />
      {props.debts.length === 0 && (
        <StateBlock kind="empty" title={t('board:where.none')} text={t('board:where.noneText')} />
      )}
      {props.debts.length > 0 && <p className={classes['quiet']}>{t('board:where.lead')}</p>}
      {props.debts.slice(0, mostCells).map((debt) => (
        <button
          key={debt.cell}
          type="button"
          className={classes['row']}
          data-selected={debt.cell === selected || undefined}
          onClick={() => chooseCell(debt.cell, true)}
        >
          <span className={classes['head']}>
            <span
              className={classes['swatch']}
              style={{ background: `var(--nx-cold-${debt.step})` }}
              data-step={debt.step}
            >
              {debt.step}
            </span>
            <strong>{t(`zones:step.${debt.step as 1 | 2 | 3 | 4}`)}</strong>
          </span>
          <span className={classes['quiet']}>{debt.reasons.map(cellWords).join(' · ')}</span>
        </button>
      ))}
    </div>
  );
}

function ZoneRow({ zone, mayAct }: { zone: ZoneView; mayAct: boolean }) {
  const { t } = useTranslation(['board', 'zones', 'common']);
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    const sure = await askToConfirm({
      title: t('board:zones.removeTitle', { name: zone.name }),
      text: t('board:zones.removeText'),
      confirm: t('common:remove'),
    });
    if (!sure) return;
    setBusy(true);
    try {
      await api.zones.remove.mutate({ id: zone.id });
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
      setBusy(false);
    }
  };
  const hours =
    zone.fromHour === zone.toHour
      ? t('zones:allDay')
      : t('zones:hours', { from: zone.fromHour, to: zone.toHour });
  return (
    <div className={classes['row']}>
      <span className={classes['head']}>
        <strong>{zone.name}</strong>
        {mayAct && (
          <span className={classes['end']}>
            <BigButton
              tone="quiet"
              full={false}
              loading={busy}
              label={`${t('common:remove')}: ${zone.name}`}
              onClick={() => void remove()}
            >
              {t('common:remove')}
            </BigButton>
          </span>
        )}
      </span>
      <span className={classes['quiet']}>
        {t('zones:weight', { weight: zone.weight })} · {hours}
        {zone.note !== '' && ` · ${zone.note}`}
      </span>
    </div>
  );
}
