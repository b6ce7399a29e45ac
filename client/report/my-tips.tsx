/** The tips this device has sent without login, and what became of each. */
import { useTranslation } from 'react-i18next';
import { useSentReports } from '../sightings/sent-reports.ts';
import { TipStatusCard } from '../tips/tip-status-card.tsx';
import classes from './report.module.css';

const mostShown = 5;

export function MyTips(props: { except: string | null }) {
  const { t } = useTranslation('sightings');
  const reports = useSentReports((store) => store.reports);
  const tips = reports.flatMap(({ trackingCode, cityId }) =>
    trackingCode === null || trackingCode === props.except ? [] : [{ code: trackingCode, cityId }],
  );
  if (tips.length === 0) return null;
  return (
    <section>
      <h2 className={classes['heading']}>{t('own.title')}</h2>
      <div className={classes['list']}>
        {tips.slice(0, mostShown).map((tip) => (
          <TipStatusCard key={tip.code} cityId={tip.cityId} code={tip.code} />
        ))}
      </div>
    </section>
  );
}
