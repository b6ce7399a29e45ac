/** One rule: its level, what kind of condition, and the numbers of that kind. */
import { NumberInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { responseLevels } from '../../shared/response/levels.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { LevelBadge } from '../ui/level-badge.tsx';
import { SelectField } from '../ui/select-field.tsx';
import night from './night-pages.module.css';
import { beginOf, conditionKinds, numbersOf } from './rule-draft.ts';
import type { ConditionKind, RuleDraft } from './rule-draft.ts';

const severities = ['Minor', 'Moderate', 'Severe', 'Extreme'] as const;

interface RowProps {
  rule: RuleDraft;
  index: number;
  at: (field: string, wrong?: string) => string | null;
  onChange: (rule: RuleDraft) => void;
  onDrop: () => void;
}

export function RuleRow(props: RowProps) {
  const { t } = useTranslation(['adminNight', 'response']);
  const { rule, index, onChange } = props;
  const { level, condition } = rule;
  const number = index + 1;
  return (
    <div
      className={night['rule']}
      role="group"
      aria-label={t('adminNight:response.rule', { count: number })}
    >
      <span className={night['ruleHead']}>
        <h4>
          {t('adminNight:response.rule', { count: number })} <LevelBadge level={level} />
        </h4>
        <IconButton
          label={t('adminNight:response.dropRule', { count: number })}
          onClick={props.onDrop}
        >
          <IconTrash size={20} aria-hidden />
        </IconButton>
      </span>
      <div className={night['fields']}>
        <SelectField
          label={t('adminNight:response.level')}
          value={level}
          options={responseLevels.map((one) => ({
            value: one,
            label: t(`response:level.${one}`),
          }))}
          onChange={(value) => onChange({ ...rule, level: value as RuleDraft['level'] })}
        />
        <SelectField
          label={t('adminNight:response.condition')}
          value={condition.kind}
          options={conditionKinds.map((kind) => ({
            value: kind,
            label: t(`adminNight:response.kind.${kind}`),
          }))}
          onChange={(kind) => onChange({ level, condition: beginOf[kind as ConditionKind] })}
        />
        <Condition {...props} />
      </div>
    </div>
  );
}

/** What a number is called on the form. */
const labels = {
  celsius: 'celsius',
  hours: 'atLeastHours',
  fallCelsius: 'fall',
  minimumCelsius: 'minimum',
  beaufort: 'beaufort',
} as const;

function Condition({ rule, index, at, onChange }: RowProps) {
  const { t } = useTranslation('adminNight');
  const { level, condition } = rule;
  const put = (key: string, value: number | string | null) =>
    onChange({ level, condition: { ...condition, [key]: value } });
  return (
    <>
      {condition.kind === 'cold_wave' && (
        <SelectField
          label={t('response.window')}
          value={String(condition['windowHours'])}
          options={[24, 48].map((hours) => ({
            value: String(hours),
            label: t('response.windowHours', { count: hours }),
          }))}
          onChange={(hours) => put('windowHours', Number(hours))}
        />
      )}
      {condition.kind === 'warning' && (
        <SelectField
          label={t('response.severity')}
          value={String(condition['severity'])}
          options={severities.map((one) => ({
            value: one,
            label: t(`response.severities.${one}`),
          }))}
          onChange={(severity) => put('severity', severity)}
        />
      )}
      {numbersOf[condition.kind].map(([key, min, max]) => (
        <NumberInput
          key={key}
          label={t(`response.${labels[key as keyof typeof labels]}`)}
          size="lg"
          hideControls
          clampBehavior="none"
          min={min}
          max={max}
          allowDecimal={key !== 'hours' && key !== 'beaufort'}
          value={condition[key] ?? ''}
          error={at(`rules.${index}.condition.${key}`, t('response.wrongNumber', { min, max }))}
          onChange={(value) => put(key, value)}
        />
      ))}
    </>
  );
}
