/** What to take to a place, and what of it is aboard. */
import { useTranslation } from 'react-i18next';
import type { VisitStop } from '../../shared/planning/schema.ts';
import { useLevels } from '../supplies/use-levels.ts';
import classes from './next-stop.module.css';

export function ToTake(props: { items: VisitStop['items']; teamId: string }) {
  const { t } = useTranslation(['patrol', 'sightings']);
  const { stock, levels: aboard } = useLevels({ kind: 'team', id: props.teamId }, props.teamId);
  return (
    <div className={classes['take']}>
      <span>{t('patrol:next.take')}</span>
      <ul>
        {props.items.map(({ item, quantity }) => {
          const there = aboard.get(item) ?? 0;
          const missing = stock === null ? 0 : Math.max(0, quantity - there);
          return (
            <li key={item} data-missing={missing > 0 || undefined}>
              <strong>
                {t(`sightings:need.${item}`)} ×{quantity}
              </strong>
              {stock !== null && (
                <span>
                  {missing > 0
                    ? t('patrol:next.missing', { count: missing })
                    : t('patrol:next.aboard', { count: there })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
