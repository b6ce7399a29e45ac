/** Supplies: what lies where, what is moved, whether it lasts the night, and what to load. */
import {
  IconBuildingWarehouse,
  IconBus,
  IconClipboardList,
  IconHomeHeart,
  IconHourglass,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import { storeKinds } from '../../shared/supplies/schema.ts';
import type { StoreKind } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { usePatrols } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { useStations } from '../stations/store.ts';
import { SupplyForecastList } from '../supplies/forecast-list.tsx';
import { LoadingLists } from '../supplies/loading-lists.tsx';
import { StockPanel } from '../supplies/stock-panel.tsx';
import { listStores } from '../supplies/store-choices.ts';
import type { StoreChoice } from '../supplies/store-choices.ts';
import { useSupplyStore } from '../supplies/store.ts';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './page.module.css';
import { Gone, Page, Row } from './page.tsx';
import { useStockWords } from './use-stock-words.ts';

const home = '/admin/supplies';
const pictures: Record<StoreKind, ReactNode> = {
  depot: <IconBuildingWarehouse size={24} aria-hidden />,
  station: <IconHomeHeart size={24} aria-hidden />,
  team: <IconBus size={24} aria-hidden />,
};

function useStoreChoices(): StoreChoice[] {
  const depots = useSupplyStore((store) => store.depots);
  const teams = usePatrols((store) => store.teams);
  const stations = useStations();
  return listStores({ depots: depots.values(), stations, teams: teams.values() });
}

export function SupplyPages() {
  const { t } = useTranslation('admin');
  const seen = useCitySeen();
  const stores = useStoreChoices();
  if (!seen) return <StateBlock kind="loading" />;
  const page = (kind: string, id: string) => {
    const known = stores.find(({ store }) => store.kind === kind && store.id === id);
    if (!known) return <Gone back={home} />;
    return (
      <Page title={known.name} lead={t(`stock.${known.store.kind}`)} back={home}>
        <StockPanel key={storeKey(known.store)} store={known.store} stores={stores} mayRecord />
      </Page>
    );
  };
  return (
    <Switch>
      <Route path={`${home}/forecast`}>
        <Page title={t('stock.forecast')} lead={t('stock.forecastLead')} back={home}>
          <SupplyForecastList stores={stores} />
        </Page>
      </Route>
      <Route path={`${home}/loading`}>
        <Page title={t('stock.loading')} lead={t('stock.loadingLead')} back={home}>
          <LoadingLists stores={stores} />
        </Page>
      </Route>
      <Route path={`${home}/:kind/:id`}>{({ kind, id }) => page(kind, id)}</Route>
      <Route>
        <StoreList stores={stores} />
      </Route>
    </Switch>
  );
}

function StoreList({ stores }: { stores: readonly StoreChoice[] }) {
  const { t } = useTranslation('admin');
  const stocks = useSupplyStore((store) => store.stocks);
  const words = useStockWords();
  return (
    <Page title={t('section.supplies')} lead={t('stock.lead')}>
      <ul className={classes['list']}>
        <Row
          href={`${home}/forecast`}
          before={<IconHourglass size={24} aria-hidden />}
          name={t('stock.forecast')}
          about={t('stock.forecastLead')}
        />
        <Row
          href={`${home}/loading`}
          before={<IconClipboardList size={24} aria-hidden />}
          name={t('stock.loading')}
          about={t('stock.loadingLead')}
        />
      </ul>
      {stores.length === 0 && <StateBlock kind="empty" title={t('stock.none')} />}
      {storeKinds.map((kind) => {
        const own = stores.filter(({ store }) => store.kind === kind);
        if (own.length === 0) return null;
        return (
          <section key={kind} className={classes['stack']}>
            <h3 className={classes['legend']}>{t(`stock.${kind}`)}</h3>
            <ul className={classes['list']}>
              {own.map(({ store, name }) => (
                <Row
                  key={store.id}
                  href={`${home}/${kind}/${store.id}`}
                  before={pictures[kind]}
                  name={name}
                  about={words(stocks.get(storeKey(store)))}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </Page>
  );
}
