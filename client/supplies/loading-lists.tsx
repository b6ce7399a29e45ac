/** What each vehicle should take before its shift; on paper one list after the other and nothing else. */
import { IconPrinter } from '@tabler/icons-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { LoadingList } from '../../shared/supplies/schema.ts';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { useAsked } from '../kernel/use-asked.ts';
import { useFormat } from '../kernel/use-format.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './loading-lists.module.css';
import { nameOfStore } from './store-choices.ts';
import type { StoreChoice } from './store-choices.ts';
import { useSupplyStore } from './store.ts';

export function LoadingLists({ stores }: { stores: readonly StoreChoice[] }) {
  const { t } = useTranslation('supplies');
  const { name } = useCity();
  const { exact, now } = useFormat();
  const stocks = useSupplyStore((book) => book.stocks);
  const { answer, fault, reload } = useAsked(() => api.supplies.loadingLists.query(), stocks);
  if (answer === null) return <AskedState fault={fault} onRetry={reload} />;
  if (answer.length === 0) return <StateBlock kind="empty" compact title={t('loading.none')} />;
  const lists = answer.map((list) => <OneList key={list.teamId} list={list} stores={stores} />);
  return (
    <div className={classes['lists']}>
      <span>
        <BigButton
          full={false}
          icon={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('loading.print')}
        </BigButton>
      </span>
      {lists}
      {createPortal(
        <div data-print-loads className={classes['paper']} aria-hidden>
          <p>{t('loading.printed', { city: name, at: exact(new Date(now).toISOString()) })}</p>
          {lists}
        </div>,
        document.body,
      )}
    </div>
  );
}

function OneList({ list, stores }: { list: LoadingList; stores: readonly StoreChoice[] }) {
  const { t } = useTranslation(['supplies', 'sightings']);
  const own = { kind: 'team', id: list.teamId } as const;
  const nothing = list.items.every(({ aboard, wanted }) => wanted <= aboard);
  return (
    <section className={classes['list']}>
      <h3>{nameOfStore(stores, own, t('supplies:goneStore'))}</h3>
      {nothing && <p className={classes['quiet']}>{t('supplies:loading.nothing')}</p>}
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('supplies:loading.item')}</th>
            <th scope="col">{t('supplies:loading.aboard')}</th>
            <th scope="col">{t('supplies:loading.wanted')}</th>
            <th scope="col">{t('supplies:loading.load')}</th>
            <th scope="col">{t('supplies:loading.from')}</th>
          </tr>
        </thead>
        <tbody>
          {list.items.map(({ item, aboard, wanted, load, from }) => {
            const missing = Math.max(0, wanted - aboard - load);
            return (
              <tr key={item} data-load={load > 0 || undefined}>
                <th scope="row">{t(`sightings:need.${item}`)}</th>
                <td>{aboard}</td>
                <td>{wanted}</td>
                <td className={classes['load']}>{load}</td>
                <td className={classes['where']}>
                  {from !== null && nameOfStore(stores, from, t('supplies:goneStore'))}
                  {missing > 0 && (
                    <span className={classes['missing']}>
                      {t('supplies:loading.short', { count: missing })}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
