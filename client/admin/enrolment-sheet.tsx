/** What hangs on the wall of a depot: one A4 page in both languages, printed and nothing else with it. */
import { useTranslation } from 'react-i18next';
import { createPortal } from 'react-dom';
import { useCity } from '../kernel/city.tsx';
import { QrCode } from './enrolment-qr.tsx';
import classes from './enrolment-sheet.module.css';

const languages = ['zh-CN', 'en'] as const;

/** Beside the page's own root, and only on paper. */
export function PrintedSheet(props: { label: string; link: string }) {
  return createPortal(
    <div data-print-sheet className={classes['paper']} aria-hidden>
      <Sheet {...props} />
    </div>,
    document.body,
  );
}

export function Sheet({ label, link }: { label: string; link: string }) {
  const { i18n } = useTranslation(['enrolment', 'common']);
  const { city } = useCity();
  const [zh, en] = languages.map((language) => i18n.getFixedT(language, ['enrolment', 'common']));
  if (!zh || !en) return null;
  return (
    <article className={classes['sheet']}>
      <p className={classes['product']}>
        {zh('common:product')} <span lang="en">{en('common:product')}</span>
      </p>
      <h3 className={classes['title']} lang="zh-CN">
        {zh('enrolment:sheet.title')}
      </h3>
      <p className={classes['what']} lang="zh-CN">
        {zh('enrolment:sheet.what')}
      </p>
      <p className={classes['english']} lang="en">
        <strong>{en('enrolment:sheet.title')}</strong> {en('enrolment:sheet.what')}
      </p>
      <QrCode className={classes['code']} text={link} label={label} />
      <p className={classes['steps']} lang="zh-CN">
        {zh('enrolment:sheet.steps')}
      </p>
      <p className={classes['english']} lang="en">
        {en('enrolment:sheet.steps')}
      </p>
      <p className={classes['emergency']}>
        <strong lang="zh-CN">{zh('enrolment:sheet.emergency')}</strong>
        <span lang="en">{en('enrolment:sheet.emergency')}</span>
      </p>
      <p className={classes['hotline']}>
        {zh('enrolment:sheet.hotline')} <span lang="en">{en('enrolment:sheet.hotline')}</span>{' '}
        <strong>{city?.hotline}</strong>
      </p>
      <p className={classes['for']}>
        {zh('enrolment:sheet.for', { label })}
        {city && ` · ${city.nameZh}`}
      </p>
    </article>
  );
}
