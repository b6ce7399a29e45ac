/** Which vehicle runs out of what and when, and where it gets more; who runs out first stands first. */
import { useTranslation } from 'react-i18next';
import type { SupplyForecast } from '../../shared/supplies/schema.ts';
import { api } from '../kernel/api.ts';
import { useAsked } from '../kernel/use-asked.ts';
import { useFormat } from '../kernel/use-format.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { nameOfStore } from './store-choices.ts';
import type { StoreChoice } from './store-choices.ts';
import { useSupplyStore } from './store.ts';
import classes from './supplies.module.css';

const everyMs = 5 * 60_000;

type Item = SupplyForecast['items'][number];
const runningOut = ({ items }: SupplyForecast): (Item & { runsOutAt: string })[] =>
  items
    .flatMap((item) => (item.runsOutAt === null ? [] : [{ ...item, runsOutAt: item.runsOutAt }]))
    .sort((a, b) => (a.runsOutAt < b.runsOutAt ? -1 : 1));

/** Asked anew when goods were moved, and every five minutes. */
export function SupplyForecastList({ stores }: { stores: readonly StoreChoice[] }) {
  const { t } = useTranslation('supplies');
  const { now } = useFormat();
  const stocks = useSupplyStore((book) => book.stocks);
  const changed = Math.max(0, ...[...stocks.values()].map((stock) => Date.parse(stock.changedAt)));
  const about = `${changed} ${Math.floor(now / everyMs)}`;
  const { answer, fault, reload } = useAsked(() => api.supplies.forecast.query(), about);
  if (answer === null) return <AskedState fault={fault} onRetry={reload} />;
  if (answer.length === 0) return <StateBlock kind="empty" compact title={t('forecast.none')} />;
  if (answer.every((one) => runningOut(one).length === 0))
    return (
      <StateBlock
        kind="empty"
        compact
        title={t('forecast.enough')}
        text={t('forecast.enoughText')}
      />
    );
  return (
    <ul className={classes['lines']}>
      {answer.map((one) => (
        <TeamLine key={one.teamId} forecast={one} stores={stores} />
      ))}
    </ul>
  );
}

function TeamLine(props: { forecast: SupplyForecast; stores: readonly StoreChoice[] }) {
  const { t } = useTranslation(['supplies', 'sightings']);
  const { time, now } = useFormat();
  const { forecast, stores } = props;
  const out = runningOut(forecast);
  const own = { kind: 'team', id: forecast.teamId } as const;
  return (
    <li className={classes['line']}>
      <p className={classes['head']}>
        <strong>{nameOfStore(stores, own, t('supplies:goneStore'))}</strong>
        {out.length === 0 && (
          <span className={classes['quiet']}>{t('supplies:forecast.lasting')}</span>
        )}
      </p>
      {out.map(({ item, runsOutAt, aboard, perHour }) => {
        const name = t(`sightings:need.${item}`);
        const isOut = aboard === 0 || Date.parse(runsOutAt) <= now;
        return (
          <p key={item} className={classes['out']}>
            <span data-out={isOut || undefined}>
              {isOut
                ? t('supplies:forecast.isOut', { item: name })
                : t('supplies:forecast.runsOut', { item: name, time: time(runsOutAt) })}
            </span>
            <span className={classes['quiet']}>
              {t('supplies:forecast.aboard', { count: aboard, rate: perHour.toFixed(1) })}
            </span>
          </p>
        );
      })}
      {out.length > 0 && <Transfer {...props} />}
    </li>
  );
}

function Transfer(props: { forecast: SupplyForecast; stores: readonly StoreChoice[] }) {
  const { t } = useTranslation(['supplies', 'sightings']);
  const { duration } = useFormat();
  const { transfer } = props.forecast;
  if (transfer === null) return <p className={classes['quiet']}>{t('supplies:forecast.nobody')}</p>;
  const store = nameOfStore(props.stores, transfer.from, t('supplies:goneStore'));
  const words =
    transfer.from.kind === 'team' ? 'supplies:forecast.meet' : 'supplies:forecast.fetch';
  const items = transfer.items
    .map(({ item, quantity: count }) =>
      t('supplies:lines.what', { item: t(`sightings:need.${item}`), count }),
    )
    .join(' · ');
  return (
    <p className={classes['transfer']}>
      <strong>{t(words, { store, duration: duration(transfer.minutes * 60_000) })}</strong>
      <span>{items}</span>
      <span className={classes['quiet']}>{t('supplies:forecast.estimate')}</span>
    </p>
  );
}
