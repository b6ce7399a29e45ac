/** What one level changes while it is in force: how often, how soon, who and what is made ready, and what the city says. */
import { Checkbox, NumberInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usualEffects } from '../../shared/response/effects.ts';
import type { ResponseLevel } from '../../shared/response/levels.ts';
import { levelEffectsSchema } from '../../shared/response/settings.ts';
import type { LevelEffects, ResponseSettings } from '../../shared/response/settings.ts';
import { useTeams } from '../patrols/store.ts';
import { useStations } from '../stations/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import night from './night-pages.module.css';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { useForm } from './use-form.ts';

type Typed = number | string;
const numbers = [
  ['keyPointFactor', 0.1, 4],
  ['recheckHours', 0.25, 72],
  ['weightFactor', 1, 10],
] as const;
type NumberField = (typeof numbers)[number][0];
type Draft = Omit<LevelEffects, NumberField> & Record<NumberField, Typed>;
type State = ReturnType<typeof useForm<Draft>>;

export function EffectsForm(props: {
  level: ResponseLevel;
  settings: ResponseSettings;
  save: (settings: ResponseSettings) => Promise<unknown>;
  onSaved: () => void;
  home: string;
}) {
  const { t } = useTranslation(['adminNight', 'response']);
  const { level, settings } = props;
  const form = useForm<Draft>({ ...settings.effects[level] });
  const save = async () => {
    const saved = await form.send(levelEffectsSchema, form.draft, (valid) =>
      props.save({ ...settings, effects: { ...settings.effects, [level]: valid } }),
    );
    if (saved === null) return;
    notifyDone(t('adminNight:response.saved'));
    props.onSaved();
  };
  const usual = usualEffects[level];
  return (
    <Form
      onSubmit={() => void save()}
      fault={form.fault}
      problem={form.problem}
      busy={form.busy}
      save={t('adminNight:response.saveEffects', { level: t(`response:level.${level}`) })}
      back={props.home}
      sticky
    >
      <Numbers form={form} />
      <Chosen form={form} />
      <Texts form={form} />
      <span>
        <BigButton
          full={false}
          tone="quiet"
          onClick={() => {
            const { keyPointFactor, recheckHours, weightFactor, publicZh, publicEn } = usual;
            form.change({ keyPointFactor, recheckHours, weightFactor, publicZh, publicEn });
          }}
        >
          {t('adminNight:response.usual')}
        </BigButton>
      </span>
    </Form>
  );
}

function Numbers({ form }: { form: State }) {
  const { t } = useTranslation('adminNight');
  return (
    <section className={classes['card']}>
      {numbers.map(([field, min, max]) => (
        <NumberInput
          key={field}
          label={t(`response.${field}`)}
          description={t(`response.${field}Hint`)}
          size="lg"
          min={min}
          max={max}
          step={0.25}
          clampBehavior="none"
          hideControls
          className={classes['narrow'] ?? ''}
          value={form.draft[field]}
          error={form.at(field, t('response.wrongNumber', { min, max }))}
          onChange={(value) => form.change({ [field]: value })}
        />
      ))}
    </section>
  );
}

function Chosen({ form }: { form: State }) {
  const { t } = useTranslation('adminNight');
  const shelters = useStations().filter(({ kind, removed }) => kind === 'shelter' && !removed);
  const teams = useTeams().filter(({ removed }) => !removed);
  const { draft, change } = form;
  return (
    <>
      <Choices
        title={t('response.shelters')}
        empty={t('response.sheltersNone')}
        options={shelters}
        chosen={draft.shelterIds}
        onChange={(shelterIds) => change({ shelterIds })}
      />
      <Choices
        title={t('response.teams')}
        empty={t('response.teamsNone')}
        options={teams}
        chosen={draft.teamIds}
        onChange={(teamIds) => change({ teamIds })}
      />
    </>
  );
}

function Choices(props: {
  title: string;
  empty: ReactNode;
  options: readonly { id: string; name: string }[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const { options, chosen, onChange } = props;
  return (
    <section className={classes['card']} role="group" aria-label={props.title}>
      <h3>{props.title}</h3>
      {options.length === 0 && <p>{props.empty}</p>}
      <div className={night['choices']}>
        {options.map(({ id, name }) => (
          <Checkbox
            key={id}
            size="lg"
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...chosen, id]
                  : chosen.filter((other) => other !== id),
              )
            }
          />
        ))}
      </div>
    </section>
  );
}

function Texts({ form }: { form: State }) {
  const { t } = useTranslation('adminNight');
  const { draft, change, at } = form;
  const entry = (field: 'callUp' | 'publicZh' | 'publicEn') => ({
    label: t(`response.${field}`),
    description: t(field === 'callUp' ? 'response.callUpHint' : 'response.publicHint'),
    size: 'lg',
    maxLength: 1000,
    autosize: true,
    minRows: 2,
    maxRows: 10,
    value: draft[field],
    error: at(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  });
  return (
    <section className={classes['card']}>
      <Textarea {...entry('callUp')} />
      <Textarea {...entry('publicZh')} lang="zh-CN" />
      <Textarea {...entry('publicEn')} lang="en" />
    </section>
  );
}
