/**
 * What is aboard a team's vehicle, on its tablet: with and without a network. What is recorded shows at once and is
 * sent as soon as it can be.
 */
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MovementDraft, Store, SupplyItem } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { enqueueAction } from '../kernel/outbox/outbox.ts';
import { useSession } from '../kernel/session.tsx';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { LevelTiles } from './level-tiles.tsx';
import { MoveForm } from './move-form.tsx';
import type { StoreChoice } from './store-choices.ts';
import { useSupplyStore } from './store.ts';
import classes from './supplies.module.css';
import { useLevels } from './use-levels.ts';

export function VehicleStock(props: {
  teamId: string;
  /** all stores by name, of `listStores` */
  stores: readonly StoreChoice[];
}) {
  const { t } = useTranslation('supplies');
  const format = useFormat();
  const { teamId } = props;
  const store: Store = { kind: 'team', id: teamId };
  const { stock, levels, waiting } = useLevels(store, teamId);
  const stocks = useSupplyStore((book) => book.stocks);
  const [recording, setRecording] = useState(false);
  const send = useSend();
  const levelOf = (of: Store, item: SupplyItem) =>
    storeKey(of) === storeKey(store)
      ? (levels.get(item) ?? 0)
      : (stocks.get(storeKey(of))?.levels.find((level) => level.item === item)?.quantity ?? 0);
  return (
    <div className={classes['panel']}>
      <LevelTiles levels={levels} />
      <p className={waiting > 0 ? classes['notice'] : classes['quiet']}>
        {waiting > 0
          ? t('pending', { count: waiting })
          : stock === null
            ? t('nothing')
            : t('changed', { ago: format.ago(stock.changedAt) })}
      </p>
      {recording ? (
        <MoveForm
          store={store}
          stores={props.stores}
          isCrew
          levelOf={levelOf}
          onSend={send}
          onDone={() => setRecording(false)}
        />
      ) : (
        <BigButton icon={<IconPlus size={22} aria-hidden />} onClick={() => setRecording(true)}>
          {t('record')}
        </BigButton>
      )}
    </div>
  );
}

/** Kept on this device first. @throws OutboxFull when it can't be */
function useSend(): (movement: MovementDraft) => Promise<void> {
  const { t } = useTranslation(['supplies', 'sightings']);
  const { session } = useSession();
  return async (movement) => {
    if (!session) return;
    const { id, at, item, quantity: count } = movement;
    const title = t('supplies:lines.what', { item: t(`sightings:need.${item}`), count });
    const who = { cityId: session.cityId, userId: session.user.id };
    await enqueueAction({ kind: 'supply.move', id, at, movement }, who, { title });
  };
}
