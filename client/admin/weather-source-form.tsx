/** One weather source: where it is, its key (which is written and never read), and which places it is asked for. */
import { Checkbox, NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { maxPlaces, sourceDraftSchema } from '../../shared/weather/schema.ts';
import type { SourceDraft, SourceView } from '../../shared/weather/schema.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { BigButton } from '../ui/big-button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { putSource } from '../weather/store.ts';
import night from './night-pages.module.css';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { useForm } from './use-form.ts';
import { sourceInput, startOfSource, typedKinds } from './weather-source-draft.ts';
import type { SourceFields } from './weather-source-draft.ts';

type State = ReturnType<typeof useForm<SourceFields>>;

export function SourceForm(props: { source: SourceView | null; home: string }) {
  const { t } = useTranslation(['adminNight', 'weatherDesk']);
  const { source, home } = props;
  const [id] = useState(() => source?.id ?? newId());
  const [, go] = useLocation();
  const form = useForm<SourceFields>(startOfSource(source));
  const { draft, change } = form;
  const save = async () => {
    const saved = await form.send(sourceDraftSchema, sourceInput(id, draft), (valid) =>
      api.weather.saveSource.mutate(valid),
    );
    if (saved === null) return;
    putSource(saved);
    notifyDone(t('adminNight:sources.saved'));
    if (source === null) go(`${home}/${id}`);
    else change({ key: '', dropKey: false });
  };
  return (
    <Form
      onSubmit={() => void save()}
      fault={form.fault}
      problem={form.problem}
      busy={form.busy}
      save={t('adminNight:sources.save')}
      back={home}
    >
      <section className={classes['card']}>
        <NameFields form={form} source={source} />
        <KeyFields form={form} hasKey={source?.hasKey ?? false} />
        <Switch
          label={t('adminNight:sources.enabled')}
          description={t('adminNight:sources.enabledHint')}
          size="lg"
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        {draft.kind === 'qweather' && (
          <Switch
            label={t('adminNight:sources.grid')}
            size="lg"
            checked={draft.grid}
            onChange={(event) => change({ grid: event.currentTarget.checked })}
          />
        )}
      </section>
      {draft.kind !== 'cap_feed' && <Places form={form} />}
    </Form>
  );
}

function NameFields({ form, source }: { form: State; source: SourceView | null }) {
  const { t } = useTranslation(['adminNight', 'weatherDesk']);
  const { draft, change, at } = form;
  return (
    <>
      <NativeSelect
        label={t('adminNight:sources.kind')}
        description={t(`adminNight:sources.kindHint.${draft.kind}`)}
        size="lg"
        disabled={source !== null}
        value={draft.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as SourceDraft['kind'] })}
        data={typedKinds.map((kind) => ({ value: kind, label: t(`weatherDesk:kind.${kind}`) }))}
      />
      <TextInput
        label={t('adminNight:sources.name')}
        description={t('adminNight:sources.nameHint')}
        size="lg"
        maxLength={100}
        autoComplete="off"
        value={draft.name}
        error={at('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('adminNight:sources.address')}
        description={t(`adminNight:sources.addressHint.${draft.kind}`)}
        size="lg"
        type="url"
        maxLength={500}
        autoComplete="off"
        value={draft.address}
        error={at('address', t('adminNight:sources.addressWrong'))}
        onChange={(event) => change({ address: event.currentTarget.value })}
      />
    </>
  );
}

function KeyFields({ form, hasKey }: { form: State; hasKey: boolean }) {
  const { t } = useTranslation('adminNight');
  const { draft, change, at } = form;
  return (
    <>
      <TextInput
        label={t('sources.key')}
        description={t(hasKey ? 'sources.keyKept' : 'sources.keyNone')}
        size="lg"
        type="password"
        maxLength={500}
        autoComplete="new-password"
        disabled={draft.dropKey}
        value={draft.key}
        error={at('key')}
        onChange={(event) => change({ key: event.currentTarget.value })}
      />
      {hasKey && (
        <Checkbox
          size="lg"
          label={t('sources.keyDrop')}
          checked={draft.dropKey}
          onChange={(event) => change({ dropKey: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

function Places({ form }: { form: State }) {
  const { t } = useTranslation('adminNight');
  const { draft, change, at } = form;
  const { places } = draft;
  const put = (index: number, part: Partial<(typeof places)[number]>) =>
    change({
      places: places.map((place, other) => (other === index ? { ...place, ...part } : place)),
    });
  return (
    <section className={classes['card']}>
      <h3>{t('sources.places')}</h3>
      <p>{t('sources.placesHint')}</p>
      {places.map((place, index) => (
        <div key={index} className={night['place']}>
          <TextInput
            label={t('sources.place')}
            size="lg"
            maxLength={100}
            value={place.name}
            error={at(`places.${index}.name`)}
            onChange={(event) => put(index, { name: event.currentTarget.value })}
          />
          {(['lon', 'lat'] as const).map((axis) => (
            <NumberInput
              key={axis}
              label={t(`sources.${axis}`)}
              size="lg"
              hideControls
              decimalScale={5}
              value={place[axis]}
              error={at(`places.${index}.${axis}`)}
              onChange={(value) => put(index, { [axis]: value })}
            />
          ))}
          <IconButton
            label={t('sources.dropPlace', { name: place.name })}
            onClick={() => change({ places: places.filter((_, other) => other !== index) })}
          >
            <IconX size={20} aria-hidden />
          </IconButton>
        </div>
      ))}
      {places.length < maxPlaces && (
        <span>
          <BigButton
            full={false}
            icon={<IconPlus size={20} aria-hidden />}
            onClick={() => change({ places: [...places, { name: '', lon: '', lat: '' }] })}
          >
            {t('sources.addPlace')}
          </BigButton>
        </span>
      )}
    </section>
  );
}
