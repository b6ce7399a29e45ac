/** "Where to go now": where help is owed most; the drawn areas that weigh it; the streets that are closed. */
import { useTranslation } from 'react-i18next';
import { useSession } from '../kernel/session.tsx';
import { ClosureList } from '../roads/closure-list.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { ZoneList } from '../zones/zone-list.tsx';
import { PlaceRows } from './place-rows.tsx';
import classes from './queue.module.css';
import { chooseZone, drawZone, useBoard } from './store.ts';

export function WhereList() {
  const { t } = useTranslation(['board', 'zones']);
  const { role } = useSession();
  const mayAct = role !== 'auditor';
  const zoneId = useBoard((board) => board.zoneId);
  return (
    <div className={classes['list']}>
      <PlaceRows />
      <h3 className={classes['heading']}>{t('zones:key.zones')}</h3>
      <ZoneList chosenId={zoneId} onSelect={(id) => chooseZone(id, true)} />
      {mayAct && <BigButton onClick={() => drawZone(null)}>{t('board:zones.draw')}</BigButton>}
      <ClosureList
        {...(mayAct ? { onDraw: () => useBoard.setState({ drawing: 'closure' }) } : {})}
      />
    </div>
  );
}
