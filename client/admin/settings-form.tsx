import { NumberInput, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { cityConfigurationSchema } from '../../shared/cities/schema.ts';
import type { CityConfiguration } from '../../shared/cities/schema.ts';
import { useClusters } from '../clusters/store.ts';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { notifyDone } from '../ui/notify.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { draftOf, inputOf, regroups, rises } from './settings-draft.ts';
import type { SettingsDraft } from './settings-draft.ts';
import { FieldCard } from './settings-field-card.tsx';
import { faultAt, useForm } from './use-form.ts';

type State = ReturnType<typeof useForm<SettingsDraft>>;

export function SettingsForm(props: { before: CityConfiguration; onSaved: () => void }) {
  const { t } = useTranslation('admin');
  const { reload } = useCity();
  const form = useForm(draftOf(props.before));
  const willRegroup = regroups(props.before, form.draft);
  const save = async () => {
    if (!rises(form.draft.priorityThresholds)) return form.refuse(faultAt('priorityThresholds'));
    const saved = await form.send(cityConfigurationSchema, inputOf(form.draft), (valid) =>
      api.cities.changeSettings.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t(willRegroup ? 'settings.regrouped' : 'settings.saved'));
    // Names and thresholds are no events: this screen asks for them, others when they are next opened.
    useClusters.setState({ thresholds: saved.priorityThresholds });
    reload();
    props.onSaved();
  };
  return (
    <Form
      onSubmit={() => void save()}
      fault={form.fault}
      problem={form.problem}
      busy={form.busy}
      save={t('settings.save')}
      sticky
      note={
        willRegroup && (
          <p className={classes['hint']} role="status">
            {t('settings.regroupNote')}
          </p>
        )
      }
    >
      <CityCard form={form} />
      <GroupingCard form={form} />
      <PriorityCard form={form} />
      <RecheckCard form={form} />
      <FieldCard form={form} />
    </Form>
  );
}

function CityCard({ form }: { form: State }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  const entry = (field: 'nameZh' | 'nameEn' | 'hotline', maxLength: number) => ({
    label: t(`settings.${field}`),
    size: 'lg',
    maxLength,
    autoComplete: 'off',
    value: draft[field],
    error: at(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  });
  return (
    <section className={classes['card']}>
      <h3>{t('settings.city')}</h3>
      <div className={classes['pair']}>
        <TextInput {...entry('nameZh', 100)} description={t('settings.namesHint')} />
        <TextInput {...entry('nameEn', 100)} description={t('settings.namesHint')} />
      </div>
      <TextInput
        {...entry('hotline', 40)}
        type="tel"
        className={classes['narrow'] ?? ''}
        description={t('settings.hotlineHint')}
      />
    </section>
  );
}

function GroupingCard({ form }: { form: State }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  const entry = (
    field: 'epsMeters' | 'windowHours' | 'minPoints' | 'maxDiameterMeters',
    [min, max]: [number, number],
  ) => ({
    label: t(`settings.${field}`),
    size: 'lg',
    min,
    max,
    clampBehavior: 'none' as const,
    hideControls: true,
    className: classes['narrow'] ?? '',
    value: draft[field],
    error: at(field),
    onChange: (value: number | string) => change({ [field]: value }),
  });
  return (
    <section className={classes['card']}>
      <h3>{t('settings.grouping')}</h3>
      <NumberInput {...entry('epsMeters', [10, 1000])} description={t('settings.epsMetersHint')} />
      <NumberInput
        {...entry('windowHours', [1, 336])}
        description={t('settings.windowHoursHint')}
      />
      <NumberInput
        {...entry('minPoints', [1, 50])}
        allowDecimal={false}
        description={t('settings.minPointsHint')}
      />
      <Switch
        label={t('settings.cut')}
        description={t('settings.cutHint')}
        size="lg"
        checked={draft.cut}
        onChange={(event) => change({ cut: event.currentTarget.checked })}
      />
      {draft.cut && <NumberInput {...entry('maxDiameterMeters', [20, 5000])} />}
    </section>
  );
}

function PriorityCard({ form }: { form: State }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  const wrong = at('priorityThresholds', t('settings.rising'));
  return (
    <section className={classes['card']}>
      <h3>{t('settings.priority')}</h3>
      <p>{t('settings.priorityHint')}</p>
      <div className={classes['pair']}>
        {([0, 1, 2] as const).map((index) => (
          <NumberInput
            key={index}
            label={t('settings.level', { level: index + 2 })}
            size="lg"
            min={0}
            max={100}
            clampBehavior="none"
            hideControls
            value={draft.priorityThresholds[index]}
            error={wrong !== null}
            onChange={(value) => {
              const next: SettingsDraft['priorityThresholds'] = [...draft.priorityThresholds];
              next[index] = value;
              change({ priorityThresholds: next });
            }}
          />
        ))}
      </div>
      {wrong !== null && <p className={classes['error']}>{wrong}</p>}
    </section>
  );
}

function RecheckCard({ form }: { form: State }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  return (
    <section className={classes['card']}>
      <h3>{t('settings.recheck')}</h3>
      <p>{t('settings.recheckHint')}</p>
      <NumberInput
        label={t('settings.normal')}
        size="lg"
        min={0.25}
        max={72}
        step={0.5}
        clampBehavior="none"
        hideControls
        className={classes['narrow'] ?? ''}
        value={draft.recheckHours.normal}
        error={at('recheckHours.normal')}
        onChange={(value) => change({ recheckHours: { normal: value } })}
      />
    </section>
  );
}
