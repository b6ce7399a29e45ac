/** The last lines of a store's book, newest first: what, how much, from where to where, by whom. */
import { useTranslation } from 'react-i18next';
import type { MovementView, Store } from '../../shared/supplies/schema.ts';
import { api } from '../kernel/api.ts';
import { useAsked } from '../kernel/use-asked.ts';
import { useFormat } from '../kernel/use-format.ts';
import { Ago } from '../ui/ago.tsx';
import { AskedState } from '../ui/asked-state.tsx';
import { nameOfStore } from './store-choices.ts';
import type { StoreChoice } from './store-choices.ts';
import classes from './supplies.module.css';

const lateMs = 60_000;

/** @param changedAt when the book of this store last changed: it is read again then */
export function MovementList(props: {
  store: Store;
  stores: readonly StoreChoice[];
  changedAt: string | null;
}) {
  const { t } = useTranslation('supplies');
  const { store, stores, changedAt } = props;
  const about = `${store.kind}:${store.id} ${changedAt}`;
  const { answer, fault, reload } = useAsked(() => api.supplies.movements.query({ store }), about);
  if (answer === null) return <AskedState fault={fault} onRetry={reload} />;
  if (answer.length === 0) return <p className={classes['quiet']}>{t('lines.empty')}</p>;
  return (
    <ul className={classes['lines']}>
      {answer.map((line) => (
        <Line key={line.id} line={line} stores={stores} />
      ))}
    </ul>
  );
}

function Line({ line, stores }: { line: MovementView; stores: readonly StoreChoice[] }) {
  const { t } = useTranslation(['supplies', 'sightings']);
  const { ago } = useFormat();
  const item = t(`sightings:need.${line.item}`);
  const count = line.quantity;
  const before = line.bookedBefore ?? 0;
  const nameOf = (store: Store) => nameOfStore(stores, store, t('supplies:goneStore'));
  const from = line.from === null ? null : nameOf(line.from);
  const to = line.to === null ? null : nameOf(line.to);
  const way =
    line.kind === 'give_out'
      ? t('supplies:lines.way', { from, to: t('supplies:somebody') })
      : from !== null && to !== null
        ? t('supplies:lines.way', { from, to })
        : null;
  const isLate = Date.parse(line.receivedAt) - Date.parse(line.at) > lateMs;
  const facts = [
    way,
    line.recordedBy,
    isLate && !line.corrected ? t('supplies:lines.heard', { ago: ago(line.receivedAt) }) : null,
    line.note,
  ].filter((part) => part !== null && part !== '');
  return (
    <li className={classes['line']} data-corrected={line.corrected || undefined}>
      <p className={classes['head']}>
        <span>
          {t(line.corrected ? 'supplies:lines.corrected' : `supplies:lines.${line.kind}`)}
        </span>
        <strong>
          {line.kind === 'count'
            ? t('supplies:lines.counted', { item, count, before })
            : t('supplies:lines.what', { item, count })}
        </strong>
        <span className={classes['end']}>
          <Ago at={line.at} tappable />
        </span>
      </p>
      <p className={classes['quiet']}>{facts.join(' · ')}</p>
    </li>
  );
}
