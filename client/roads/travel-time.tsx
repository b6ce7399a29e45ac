/** How long a way takes; one that no road was asked for says so. */
import { useTranslation } from 'react-i18next';

export function TravelTime({ minutes, estimated }: { minutes: number; estimated: boolean }) {
  const { t } = useTranslation('roads');
  if (!Number.isFinite(minutes)) return <span>{t('noWay')}</span>;
  const whole = Math.round(minutes);
  const time =
    whole < 60
      ? t('minutes', { minutes: whole })
      : t('hours', { hours: Math.floor(whole / 60), minutes: whole % 60 });
  return (
    <span title={estimated ? t('estimateWhy') : t('roadWhy')}>
      {estimated ? t('about', { time }) : time}
    </span>
  );
}
