import { useTranslation } from 'react-i18next';
import type { RuleReason } from '../../shared/response/schema.ts';
import { useFormat } from '../kernel/use-format.ts';

/** A difference of temperatures: no sign of its own. */
const degrees = (celsius: number): string => `${Math.round(celsius * 10) / 10} °C`;
const tenths = (celsius: number): string =>
  `${celsius < 0 ? '−' : ''}${degrees(Math.abs(celsius))}`;

/** Why a rule speaks, as a sentence. */
export function useRuleReasonWords(): (reason: RuleReason) => string {
  const { t } = useTranslation('responseDesk');
  const format = useFormat();
  return (reason) => {
    switch (reason.code) {
      case 'cold_wave': {
        const numbers = {
          hours: reason.windowHours,
          fall: degrees(reason.fallCelsius),
          minimum: tenths(reason.minimumCelsius),
        };
        return reason.windKmh === null
          ? t('reason.cold_wave', numbers)
          : t('reason.cold_waveWind', { ...numbers, wind: Math.round(reason.windKmh) });
      }
      case 'felt_below':
      case 'air_below':
        return t(`reason.${reason.code}`, {
          hours: reason.hours,
          limit: tenths(reason.celsius),
          lowest: tenths(reason.lowestCelsius),
          time: format.time(reason.at),
        });
      case 'wet': {
        const numbers = {
          hours: reason.hours,
          warmest: tenths(reason.warmestCelsius),
          time: format.time(reason.at),
        };
        return reason.precipitationMm === null
          ? t('reason.wet', numbers)
          : t('reason.wetMm', { ...numbers, mm: Math.round(reason.precipitationMm * 10) / 10 });
      }
      case 'warning': {
        const severity = t(`severity.${reason.severity}`);
        return reason.sender === ''
          ? t('reason.warningNoSender', { event: reason.event, severity })
          : t('reason.warning', { event: reason.event, severity, sender: reason.sender });
      }
      case 'milder':
        return t('reason.milder', { hours: reason.hoursKnown });
      case 'hours_missing':
        return t('reason.hours_missing', {
          missing: reason.hoursMissing,
          asked: reason.hoursAsked,
        });
      case 'stale':
        return t('reason.stale', { ago: format.ago(reason.toldAt) });
      case 'by_hand':
        return t('reason.by_hand');
    }
  };
}
