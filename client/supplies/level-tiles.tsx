import { useTranslation } from 'react-i18next';
import type { SupplyItem } from '../../shared/supplies/schema.ts';
import { usualItems } from '../../shared/supplies/usual.ts';
import classes from './supplies.module.css';

/** How much of everything, in one order everywhere; what isn't there is quiet. */
export function LevelTiles({ levels }: { levels: ReadonlyMap<SupplyItem, number> }) {
  const { t } = useTranslation(['supplies', 'sightings']);
  return (
    <dl className={classes['tiles']} aria-label={t('supplies:levels')}>
      {usualItems.map((item) => {
        const count = levels.get(item) ?? 0;
        return (
          <div key={item} data-none={count === 0 || undefined}>
            <dt>{t(`sightings:need.${item}`)}</dt>
            <dd>{count}</dd>
          </div>
        );
      })}
    </dl>
  );
}
