/** What lies in a store, what was moved last, and a form to record more; for a desk. */
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Store, SupplyItem } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { api } from '../kernel/api.ts';
import { BigButton } from '../ui/big-button.tsx';
import { LevelTiles } from './level-tiles.tsx';
import { MoveForm } from './move-form.tsx';
import { MovementList } from './movement-list.tsx';
import type { StoreChoice } from './store-choices.ts';
import { useSupplyStore } from './store.ts';
import classes from './supplies.module.css';

export function StockPanel(props: {
  store: Store;
  /** all stores by name, of `listStores` */
  stores: readonly StoreChoice[];
  mayRecord: boolean;
}) {
  const { t } = useTranslation('supplies');
  const { store, stores } = props;
  const stocks = useSupplyStore((book) => book.stocks);
  const [recording, setRecording] = useState(false);
  const levelOf = (of: Store, item: SupplyItem) =>
    stocks.get(storeKey(of))?.levels.find((level) => level.item === item)?.quantity ?? 0;
  const stock = stocks.get(storeKey(store));
  const levels = new Map(stock?.levels.map(({ item, quantity }) => [item, quantity]));
  return (
    <div className={classes['panel']}>
      <LevelTiles levels={levels} />
      {stock === undefined && <p className={classes['quiet']}>{t('nothing')}</p>}
      {props.mayRecord &&
        (recording ? (
          <MoveForm
            store={store}
            stores={stores}
            isCrew={false}
            levelOf={levelOf}
            onSend={async (movement) => {
              await api.supplies.record.mutate(movement);
            }}
            onDone={() => setRecording(false)}
          />
        ) : (
          <BigButton
            full={false}
            icon={<IconPlus size={20} aria-hidden />}
            onClick={() => setRecording(true)}
          >
            {t('record')}
          </BigButton>
        ))}
      <h3 className={classes['title']}>{t('lines.title')}</h3>
      <MovementList store={store} stores={stores} changedAt={stock?.changedAt ?? null} />
    </div>
  );
}
