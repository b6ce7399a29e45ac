/** One key point: where it is, how near counts, when to watch it and how often. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { keyPointDefaults } from '../../shared/key-points/defaults.ts';
import { keyPointDraftSchema, keyPointKinds } from '../../shared/key-points/schema.ts';
import type { KeyPointKind, KeyPointView } from '../../shared/key-points/schema.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { notifyDone } from '../ui/notify.tsx';
import { start } from './key-point-draft.ts';
import type { KeyPointFormState } from './key-point-draft.ts';
import { KeyPointNumbers } from './key-point-numbers.tsx';
import { KeyPointPlaceMap } from './key-point-place-map.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { RemoveCard } from './remove-card.tsx';
import { useForm } from './use-form.ts';

const home = '/admin/key-points';
export function KeyPointForm(props: {
  keyPoint: KeyPointView | null;
  keyPoints: readonly KeyPointView[];
}) {
  const { t } = useTranslation(['admin', 'common']);
  const { keyPoint } = props;
  const [, go] = useLocation();
  const [id] = useState(() => keyPoint?.id ?? newId());
  const form = useForm(start(keyPoint));
  const save = async () => {
    const { lon, lat, ...rest } = form.draft;
    const input = { ...rest, id, position: { lon, lat } };
    const saved = await form.send(keyPointDraftSchema, input, (valid) =>
      api.keyPoints.save.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('admin:keyPoints.saved'));
    go(home);
  };
  return (
    <div className={classes['split']}>
      <div className={classes['stack']}>
        <section className={classes['card']}>
          <Form
            onSubmit={() => void save()}
            fault={form.fault}
            problem={form.problem}
            busy={form.busy}
            save={t('common:save')}
            back={home}
          >
            <Names form={form} />
            <KeyPointNumbers form={form} />
          </Form>
        </section>
        {keyPoint && (
          <RemoveCard
            name={keyPoint.name}
            words="keyPoints"
            home={home}
            call={() => api.keyPoints.remove.mutate({ id })}
          />
        )}
      </div>
      <KeyPointPlaceMap id={id} draft={form.draft} others={props.keyPoints} onPick={form.change} />
    </div>
  );
}

function Names({ form }: { form: KeyPointFormState }) {
  const { t } = useTranslation(['admin', 'keyPoints']);
  const { draft, change, at } = form;
  return (
    <>
      <TextInput
        label={t('admin:keyPoints.name')}
        size="lg"
        maxLength={100}
        autoComplete="off"
        value={draft.name}
        error={at('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('admin:keyPoints.kind')}
        description={t('admin:keyPoints.kindHint')}
        size="lg"
        value={draft.kind}
        error={at('kind')}
        onChange={(event) => {
          const kind = event.currentTarget.value as KeyPointKind;
          change({ kind, ...keyPointDefaults[kind] });
        }}
        data={keyPointKinds.map((kind) => ({ value: kind, label: t(`keyPoints:kind.${kind}`) }))}
      />
      <Textarea
        label={t('admin:keyPoints.note')}
        description={t('admin:keyPoints.noteHint')}
        size="lg"
        maxLength={500}
        rows={2}
        value={draft.note}
        error={at('note')}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </>
  );
}
