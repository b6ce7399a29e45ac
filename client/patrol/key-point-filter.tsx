/** Which key points the map shows. */
import { useTranslation } from 'react-i18next';
import classes from './kept.module.css';
import { usePatrolScreen } from './store.ts';
import type { KeyPointFilter as Filter } from './store.ts';

const filters: readonly Filter[] = ['all', 'owed', 'none'];

export function KeyPointFilter() {
  const { t } = useTranslation('keyPoints');
  const chosen = usePatrolScreen((screen) => screen.keyPoints);
  return (
    <div className={classes['filter']} role="group" aria-label={t('filter.title')}>
      <span>{t('filter.title')}</span>
      {filters.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={filter === chosen}
          onClick={() => usePatrolScreen.setState({ keyPoints: filter })}
        >
          {t(`filter.${filter}`)}
        </button>
      ))}
    </div>
  );
}
