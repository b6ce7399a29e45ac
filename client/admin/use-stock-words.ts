import { useTranslation } from 'react-i18next';
import type { StockView } from '../../shared/supplies/schema.ts';

/** What lies in a store as one line. */
export function useStockWords(): (stock: StockView | undefined) => string {
  const { t } = useTranslation(['admin', 'supplies', 'sightings']);
  return (stock) =>
    stock === undefined || stock.levels.length === 0
      ? t('admin:stock.empty')
      : stock.levels
          .map(({ item, quantity: count }) =>
            t('supplies:level', { item: t(`sightings:need.${item}`), count }),
          )
          .join(' · ');
}
