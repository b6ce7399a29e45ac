/** Why a cold cell is marked. */
import { useTranslation } from 'react-i18next';
import { CloseButton } from '../ui/close-button.tsx';
import type { DebtCell } from '../zones/cell-layer.tsx';
import { useCellWords } from '../zones/use-cell-words.ts';
import classes from './place-detail.module.css';
import { chooseCell } from './store.ts';

export function CellDetail({ debt }: { debt: DebtCell }) {
  const { t } = useTranslation(['zones', 'common']);
  const cellWords = useCellWords();
  return (
    <section className={classes['detail']} aria-label={t('zones:cell')}>
      <header className={classes['top']}>
        <div className={classes['what']}>
          <h2>{t('zones:cell')}</h2>
          <p className={classes['quiet']}>
            {t('zones:legend')} · {t(`zones:step.${debt.step as 1 | 2 | 3 | 4}`)}
          </p>
        </div>
        <CloseButton onClose={() => chooseCell(null)} />
      </header>
      <div className={classes['part']}>
        <h3>{t('zones:why.title')}</h3>
        <ul className={classes['plain']}>
          {debt.reasons.map((reason) => (
            <li key={reason.code}>{cellWords(reason)}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
