/** One public tip and what became of it, by its tracking code. */
import { useTranslation } from 'react-i18next';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { ProgressLine } from '../ui/progress-line.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { TrackingCode } from './tracking-code.tsx';
import classes from './tips.module.css';
import { useTipStatus } from './use-tip-status.ts';

export function TipStatusCard(props: { cityId: string | null; code: string }) {
  const { t } = useTranslation('tips');
  const { sentence } = useFaultWords();
  const format = useFormat();
  const { status, fault, ask } = useTipStatus(props.cityId, props.code);
  if (status === null) {
    if (fault === null) return <StateBlock kind="loading" compact />;
    const unknown = fault.code === 'not_found' || fault.code === 'invalid_input';
    return unknown ? (
      <StateBlock kind="empty" title={t('status.unknown')} text={t('status.unknownText')} />
    ) : (
      <StateBlock
        kind={fault.code === 'unreachable' ? 'offline' : 'error'}
        text={sentence(fault)}
        onRetry={ask}
      />
    );
  }
  return (
    <div className={classes['card']} aria-live="polite">
      <TrackingCode code={status.code} />
      <ProgressLine progress={status.progress} />
      <p className={classes['meta']}>
        {t('status.received', { time: format.time(status.receivedAt) })}
        {status.progressAt !== status.receivedAt &&
          ` · ${t('status.changed', { time: format.time(status.progressAt) })}`}
      </p>
      {fault !== null && <p className={classes['meta']}>{sentence(fault)}</p>}
    </div>
  );
}
