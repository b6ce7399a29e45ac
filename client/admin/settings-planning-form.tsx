/** How plans are weighed, from which level they send by themselves, and whose solver makes them. */
import { NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { planningSettingsSchema } from '../../shared/planning/schema.ts';
import type { PlanningSettings } from '../../shared/planning/schema.ts';
import { responseLevels } from '../../shared/response/schema.ts';
import { api } from '../kernel/api.ts';
import { useFormat } from '../kernel/use-format.ts';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { SelectField } from '../ui/select-field.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { useForm } from './use-form.ts';

type Typed = number | string;
const weights = ['outside', 'late', 'travel', 'fairness', 'unserved'] as const;
const limits = ['deadlineMinutes', 'changeGain', 'positionMinutes'] as const;
type NumberField = (typeof weights)[number] | (typeof limits)[number];
type Draft = Record<NumberField, Typed> & Pick<PlanningSettings, 'autoDispatch' | 'vroomUrl'>;
type State = ReturnType<typeof useForm<Draft>>;

const usual = planningSettingsSchema.parse({});

export interface PlanningSetup {
  settings: PlanningSettings;
  auto: { name: string; since: string } | null;
}

export function PlanningForm(props: { before: PlanningSetup; onSaved: () => void }) {
  const { t } = useTranslation('admin');
  const { settings } = props.before;
  const form = useForm<Draft>({ ...settings });
  const save = async () => {
    const { autoDispatch } = form.draft;
    if (autoDispatch !== 'off' && autoDispatch !== settings.autoDispatch) {
      const question = { title: t('planning.autoTitle'), text: t('planning.autoWarning') };
      if (!(await askToConfirm({ ...question, confirm: t('planning.autoYes'), danger: true })))
        return;
    }
    const input = { ...form.draft, vroomUrl: form.draft.vroomUrl.trim() };
    const saved = await form.send(planningSettingsSchema, input, (valid) =>
      api.planning.saveSettings.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('planning.saved'));
    props.onSaved();
  };
  return (
    <Form
      onSubmit={() => void save()}
      fault={form.fault}
      problem={form.problem}
      busy={form.busy}
      save={t('planning.save')}
    >
      <NumbersCard title={t('planning.weights')} fields={weights} form={form} />
      <NumbersCard title={t('planning.limits')} fields={limits} form={form} />
      <AutoCard form={form} auto={props.before.auto} />
      <section className={classes['card']}>
        <h3>{t('planning.solver')}</h3>
        <TextInput
          label={t('planning.vroomUrl')}
          description={t('planning.vroomUrlHint')}
          size="lg"
          type="url"
          maxLength={300}
          autoComplete="off"
          value={form.draft.vroomUrl}
          error={form.at('vroomUrl', t('planning.vroomUrlWrong'))}
          onChange={(event) => form.change({ vroomUrl: event.currentTarget.value })}
        />
      </section>
    </Form>
  );
}

function NumbersCard(props: { title: string; fields: readonly NumberField[]; form: State }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = props.form;
  return (
    <section className={classes['card']}>
      <h3>{props.title}</h3>
      {props.fields.map((field) => (
        <NumberInput
          key={field}
          label={t(`planning.${field}`)}
          description={`${t(`planning.${field}Hint`)} ${t('planning.usual', { value: usual[field] })}`}
          size="lg"
          min={0}
          clampBehavior="none"
          hideControls
          className={classes['narrow'] ?? ''}
          value={draft[field]}
          error={at(field)}
          onChange={(value) => change({ [field]: value })}
        />
      ))}
    </section>
  );
}

function AutoCard({ form, auto }: { form: State; auto: PlanningSetup['auto'] }) {
  const { t } = useTranslation('admin');
  const { t: response } = useTranslation('response');
  const format = useFormat();
  const { draft, change } = form;
  const options = [
    { value: 'off', label: t('planning.off') },
    ...responseLevels.map((level) => ({
      value: level,
      label: t('planning.from', { level: response(`level.${level}`) }),
    })),
  ];
  return (
    <section className={classes['card']}>
      <h3>{t('planning.auto')}</h3>
      <SelectField
        label={t('planning.autoFrom')}
        value={draft.autoDispatch}
        options={options}
        onChange={(value) => change({ autoDispatch: value as Draft['autoDispatch'] })}
      />
      {draft.autoDispatch !== 'off' && (
        <p className={classes['hint']} role="status">
          {t('planning.autoWarning')}
        </p>
      )}
      {auto !== null && (
        <p>{t('planning.autoBy', { name: auto.name, time: format.exact(auto.since) })}</p>
      )}
    </section>
  );
}
