/** Typing the coming hours in: without a network to the providers, or where somebody at the desk knows better. */
import { NumberInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fallings, handHoursSchema } from '../../shared/weather/schema.ts';
import { api } from '../kernel/api.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { hourChoices, hoursOfParts, mostHours, partAfter, partsFit } from './hand-hours-draft.ts';
import type { HourPart } from './hand-hours-draft.ts';
import night from './night-pages.module.css';
import classes from './page.module.css';
import { Form, Page } from './page.tsx';
import { faultAt, useForm } from './use-form.ts';

/** Parts are checked against each other first, then the numbers of each. */
function useHandHours() {
  const { t } = useTranslation('adminNight');
  const { now } = useFormat();
  const [start] = useState(() => ({ parts: [partAfter(undefined, now)] }));
  const form = useForm<{ parts: HourPart[] }>(start);
  const { draft, change } = form;
  const hours = hoursOfParts(draft.parts);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    setProblem(null);
    if (!partsFit(draft.parts)) return setProblem(t('hours.overlap'));
    if (hours.length > mostHours) return setProblem(t('hours.most'));
    const empty = draft.parts.flatMap(({ temperature, wind }, index) => [
      ...(temperature === '' ? [`parts.${index}.temperature`] : []),
      ...(wind === '' ? [`parts.${index}.wind`] : []),
    ]);
    if (empty.length > 0) return form.refuse(faultAt(...empty));
    const saved = await form.send(handHoursSchema, hours, (valid) =>
      api.weather.typeHours.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('hours.saved', { count: hours.length }));
    change({ parts: [partAfter(undefined, now)] });
  };
  return { form, hours, save, problem: problem ?? form.problem, setProblem, now };
}

export function HandHoursPage() {
  const { t } = useTranslation('adminNight');
  const { form, hours, save, problem, setProblem, now } = useHandHours();
  const { draft, change } = form;
  const put = (index: number, part: Partial<HourPart>) => {
    setProblem(null);
    change({
      parts: draft.parts.map((before, other) =>
        other === index ? { ...before, ...part } : before,
      ),
    });
  };
  return (
    <Page title={t('hours.title')} lead={t('hours.lead')}>
      <Form
        onSubmit={() => void save()}
        fault={form.fault}
        problem={problem}
        busy={form.busy}
        save={t('hours.save', { count: hours.length })}
      >
        {draft.parts.map((part, index) => (
          <PartFields
            key={index}
            part={part}
            index={index}
            at={form.at}
            onChange={(changed) => put(index, changed)}
            onDrop={
              draft.parts.length > 1
                ? () => change({ parts: draft.parts.filter((_, other) => other !== index) })
                : null
            }
          />
        ))}
        <span>
          <BigButton
            full={false}
            icon={<IconPlus size={20} aria-hidden />}
            onClick={() => change({ parts: [...draft.parts, partAfter(draft.parts.at(-1), now)] })}
          >
            {t('hours.add')}
          </BigButton>
        </span>
      </Form>
    </Page>
  );
}

interface PartProps {
  part: HourPart;
  index: number;
  at: (field: string) => string | null;
  onChange: (part: Partial<HourPart>) => void;
  onDrop: (() => void) | null;
}

function PartFields(props: PartProps) {
  const { t } = useTranslation(['adminNight', 'weatherDesk']);
  const { part, index, onChange } = props;
  const format = useFormat();
  const times = [...new Set([...hourChoices(format.now), part.fromAt, part.untilAt])]
    .sort()
    .map((at) => ({ value: at, label: format.time(at) }));
  return (
    <fieldset className={`${classes['fieldset']} ${night['block']}`}>
      <span className={night['ruleHead']}>
        <h4>{t('adminNight:hours.block', { count: index + 1 })}</h4>
        {props.onDrop && (
          <IconButton label={t('adminNight:hours.drop')} onClick={props.onDrop}>
            <IconX size={20} aria-hidden />
          </IconButton>
        )}
      </span>
      <div className={night['fields']}>
        <SelectField
          label={t('adminNight:hours.from')}
          value={part.fromAt}
          options={times}
          onChange={(fromAt) => onChange({ fromAt })}
        />
        <SelectField
          label={t('adminNight:hours.to')}
          value={part.untilAt}
          options={times}
          onChange={(untilAt) => onChange({ untilAt })}
        />
        <PartNumber {...props} field="temperature" bounds={[-80, 50]} />
        <PartNumber {...props} field="wind" bounds={[0, 300]} />
        <SelectField
          label={t('adminNight:hours.falling')}
          value={part.falling}
          options={[
            { value: '', label: t('adminNight:hours.unknown') },
            ...fallings.map((one) => ({ value: one, label: t(`weatherDesk:falling.${one}`) })),
          ]}
          onChange={(falling) => onChange({ falling: falling as HourPart['falling'] })}
        />
        {part.falling !== 'none' && <PartNumber {...props} field="mm" bounds={[0, 500]} />}
      </div>
    </fieldset>
  );
}

function PartNumber(
  props: PartProps & { field: 'temperature' | 'wind' | 'mm'; bounds: [number, number] },
) {
  const { t } = useTranslation('adminNight');
  const { part, index, at, onChange, field, bounds } = props;
  return (
    <NumberInput
      label={t(`hours.${field}`)}
      size="lg"
      min={bounds[0]}
      max={bounds[1]}
      hideControls
      value={part[field]}
      error={at(`parts.${index}.${field}`)}
      onChange={(value) => onChange({ [field]: value })}
    />
  );
}
