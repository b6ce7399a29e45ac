/** The way to the four taps, and what they came to once they were done. */
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { stateOf } from './report-form.ts';
import type { ReportForm } from './report-form.ts';
import classes from './report-form-view.module.css';
import { statePictures } from './state-pictures.tsx';

export function StateEntry(props: { form: Pick<ReportForm, 'state'>; onOpen: () => void }) {
  const { t } = useTranslation('personState');
  const end = stateOf(props.form);
  return (
    <button
      type="button"
      className={classes['state']}
      data-known={end !== null || undefined}
      onClick={props.onOpen}
    >
      <span className={classes['statePicture']}>{statePictures.shivering.yes}</span>
      <span className={classes['stateWords']}>
        {end === null ? t('open') : t('known', { level: t(`level.${end.level}`) })}
        <small>{end === null ? t('openHint') : t('again')}</small>
      </span>
      <IconChevronRight size={22} aria-hidden className={classes['turn']} />
    </button>
  );
}
