import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SourceFault, SourceState, SourceView } from '../../shared/weather/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './weather-panel.module.css';

/** What went wrong with a source's last answers, as sentences. */
function useSourceFaultWords(sources: readonly SourceView[]): (fault: SourceFault) => string {
  const { t } = useTranslation('weatherDesk');
  return (fault) => {
    switch (fault.code) {
      case 'unreachable':
        return t('fault.unreachable');
      case 'refused':
        return t('fault.refused', { status: fault.status });
      case 'malformed':
        return t('fault.malformed', { at: fault.at });
      case 'late':
        return t('fault.late', { hours: Math.round(fault.hours) });
      case 'contradicts':
        return t('fault.contradicts', {
          source: sources.find(({ id }) => id === fault.sourceId)?.name ?? fault.sourceId,
          celsius: Math.round(fault.celsius * 10) / 10,
        });
      case 'duplicated':
        return t('fault.duplicated', { count: fault.count });
      case 'left_out':
        return t('fault.left_out', { count: fault.count });
    }
  };
}

export function SourceMark({ state }: { state: SourceState }) {
  const { t } = useTranslation('weatherDesk');
  const Picture =
    state === 'fresh'
      ? IconCircleCheck
      : state === 'off' || state === 'never'
        ? IconCircleDashed
        : IconAlertTriangle;
  return (
    <span className={classes['mark']} data-state={state}>
      <Picture size={18} aria-hidden />
      {t(`state.${state}`)}
    </span>
  );
}

/** When it answered, when it is asked again, and what is the matter with it. */
export function SourceHealth(props: { source: SourceView; sources: readonly SourceView[] }) {
  const { t } = useTranslation('weatherDesk');
  const format = useFormat();
  const words = useSourceFaultWords(props.sources);
  const { lastAnswerAt, nextAttemptAt, enabled, faults } = props.source;
  return (
    <>
      <p className={classes['quiet']}>
        {[
          lastAnswerAt === null
            ? t('neverAnswered')
            : t('lastAnswer', { ago: format.ago(lastAnswerAt) }),
          nextAttemptAt === null || !enabled
            ? ''
            : t('nextAttempt', { time: format.time(nextAttemptAt) }),
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      </p>
      {faults.length > 0 && (
        <ul className={classes['faults']}>
          {faults.map((fault) => (
            <li key={words(fault)}>{words(fault)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

export function SourceList({ sources }: { sources: readonly SourceView[] }) {
  const { t } = useTranslation('weatherDesk');
  if (sources.length === 0)
    return (
      <StateBlock kind="empty" compact title={t('sourcesEmpty')} text={t('sourcesEmptyText')} />
    );
  return (
    <ul className={classes['list']}>
      {sources.map((source) => (
        <li key={source.id}>
          <span className={classes['row']}>
            <strong>{source.name === '' ? t(`kind.${source.kind}`) : source.name}</strong>
            <SourceMark state={source.state} />
          </span>
          <SourceHealth source={source} sources={sources} />
        </li>
      ))}
    </ul>
  );
}
