/** The record of what was decided about cold nights: who, when, on which grounds; the newest first. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseRecord } from '../../shared/response/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFormat } from '../kernel/use-format.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { LevelBadge } from '../ui/level-badge.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { ReasonList } from './reason-list.tsx';
import classes from './response.module.css';

interface Pages {
  records: ResponseRecord[];
  /** there may be earlier ones */
  more: boolean;
}

const read = async (before: number | null): Promise<Pages> => {
  const records = await api.response.history.query({ before });
  return { records, more: records.length > 0 && (records.at(-1)?.seq ?? 1) > 1 };
};

/** `changed`: another value asks anew. */
export function ResponseHistory({ changed }: { changed: string }) {
  const { t } = useTranslation('responseDesk');
  const [pages, setPages] = useState<Pages | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let here = true;
    setFault(null);
    read(null).then(
      (found) => here && setPages(found),
      (error: unknown) => here && setFault(faultOf(error)),
    );
    return () => {
      here = false;
    };
  }, [round, changed]);
  if (pages === null) return <AskedState fault={fault} onRetry={() => setRound(round + 1)} />;
  if (pages.records.length === 0)
    return <StateBlock kind="empty" compact title={t('historyEmpty')} />;
  const earlier = async () => {
    setBusy(true);
    try {
      const next = await read(pages.records.at(-1)!.seq);
      setPages({ records: [...pages.records, ...next.records], more: next.more });
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ol className={classes['history']}>
        {pages.records.map((record) => (
          <Entry key={record.seq} record={record} />
        ))}
      </ol>
      {fault !== null && <AskedState fault={fault} onRetry={() => void earlier()} />}
      {pages.more && fault === null && (
        <BigButton tone="quiet" loading={busy} onClick={() => void earlier()}>
          {t('historyMore')}
        </BigButton>
      )}
    </>
  );
}

function Entry({ record }: { record: ResponseRecord }) {
  const { t } = useTranslation(['responseDesk', 'response']);
  const format = useFormat();
  const { level, fromLevel, step } = record;
  const words =
    step === 'dismissed' && level === null
      ? t('responseDesk:step.dismissedEnd')
      : t(`responseDesk:step.${step}`, {
          level: level === null ? '' : t(`response:level.${level}`),
          from: fromLevel === null ? '' : t(`response:level.${fromLevel}`),
        });
  const by = record.byRule
    ? t('responseDesk:byRule')
    : (record.byName ?? t('responseDesk:byNobody'));
  return (
    <li>
      <p>
        {level !== null && <LevelBadge level={level} drill={record.drill} />}
        <strong>{words}</strong>
      </p>
      <p className={classes['quiet']}>
        <time dateTime={record.at}>{format.exact(record.at)}</time>
        <span>{by}</span>
        {record.feltCelsius !== null && (
          <span>{t('responseDesk:feltWas', { felt: format.temperature(record.feltCelsius) })}</span>
        )}
      </p>
      {record.note !== '' && <p>{record.note}</p>}
      {record.reasons.length > 0 && <ReasonList reasons={record.reasons} />}
    </li>
  );
}
