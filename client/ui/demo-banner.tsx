import { useTranslation } from 'react-i18next';
import classes from './demo-banner.module.css';

/** Says, on every screen of a demo city, that nothing here is real. */
export function DemoBanner() {
  const { t } = useTranslation('common');
  return <p className={classes['banner']}>{t('demo.banner')}</p>;
}
