/** What was written in the actions of a conflict; asked for one at a time, since reading it is written down. */
import { useTranslation } from 'react-i18next';
import { outcomes } from '../../shared/dispatch/outcomes.ts';
import type { ConflictDetail } from '../../shared/field/schema.ts';
import { api } from '../kernel/api.ts';
import { useAsked } from '../kernel/use-asked.ts';
import { useFormat } from '../kernel/use-format.ts';
import { AskedState } from '../ui/asked-state.tsx';
import classes from './conflicts.module.css';

const textFields = ['reason', 'note', 'addressText', 'contactPhone', 'headcount'] as const;

export function ConflictContent({ id }: { id: string }) {
  const { t } = useTranslation('field');
  const { answer, fault, reload } = useAsked(() => api.field.readDetails.query({ id }), id);
  if (answer === null || fault !== null) return <AskedState fault={fault} onRetry={reload} />;
  return (
    <div className={classes['content']}>
      <p className={classes['when']}>{t('by', { name: answer.userName })}</p>
      <ol>
        {answer.actions.map((action, index) => (
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
