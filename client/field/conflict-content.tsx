/** What was written in the actions of a conflict; asked for one at a time, since reading it is written down. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outcomes } from '../../shared/dispatch/outcomes.ts';
import type { ConflictDetail } from '../../shared/field/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './conflicts.module.css';

const textFields = ['reason', 'note', 'addressText', 'contactPhone', 'headcount'] as const;

export function ConflictContent({ id }: { id: string }) {
  const { t } = useTranslation('field');
  const { sentence } = useFaultWords();
  const [detail, setDetail] = useState<ConflictDetail | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    setFault(null);
    api.field.readDetails.query({ id }).then(
      (found) => !gone && setDetail(found),
      (error: unknown) => !gone && setFault(faultOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [id, round]);
  if (fault !== null)
    return (
      <StateBlock
        kind="error"
        compact
        text={sentence(fault)}
        onRetry={() => setRound((count) => count + 1)}
      />
    );
  if (detail === null) return <StateBlock kind="loading" compact />;
  return (
    <div className={classes['content']}>
      <p className={classes['when']}>{t('by', { name: detail.userName })}</p>
      <ol>
        {detail.actions.map((action, index) => (
          <Held key={index} action={action} />
        ))}
      </ol>
    </div>
  );
}

function Held({ action: { action, at, held } }: { action: ConflictDetail['actions'][number] }) {
  const { t } = useTranslation(['field', 'dispatch']);
  const format = useFormat();
  const said = isRecord(held['edit']) ? held['edit'] : held;
  const texts = textFields.flatMap((field) => {
    const value = said[field];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return text === '' ? [] : [t(`field:held.${field}`, { text })];
  });
  const outcome = outcomes.find((one) => one === said['outcome']);
  if (outcome) texts.push(t('field:held.outcome', { text: t(`dispatch:outcome.${outcome}`) }));
  return (
    <li>
      <strong>
        {t('field:did', { action: t(`field:action.${action}`), time: format.time(at) })}
      </strong>
      {texts.length === 0 ? (
        <p className={classes['when']}>{t('field:noWords')}</p>
      ) : (
        texts.map((text) => <p key={text}>{text}</p>)
      )}
    </li>
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
