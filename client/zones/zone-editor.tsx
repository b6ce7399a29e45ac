/** The words and numbers of a priority area, drawn anew or changed. What was typed stays until it is saved. */
import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Polygon } from '../../shared/geo/position.ts';
import type { ZoneView } from '../../shared/zones/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import classes from './zone-editor.module.css';

const blank = { name: '', weight: 2, fromHour: 20, toHour: 6, note: '' };
const draftOf = ({ name, weight, fromHour, toHour, note }: ZoneView): typeof blank => ({
  name,
  weight,
  fromHour,
  toHour,
  note,
});

export function ZoneEditor(props: {
  /** the one that is changed; null = a new one */
  zone: ZoneView | null;
  /** its shape as it was drawn or changed on the map */
  drawn: Polygon | null;
  onDone: () => void;
}) {
  const { t } = useTranslation(['zones', 'common']);
  const { sentence, atField } = useFaultWords();
  const { zone } = props;
  const [id] = useState(() => zone?.id ?? newId());
  const [draft, setDraft] = useState(() => (zone === null ? blank : draftOf(zone)));
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const save = async (boundary: Polygon) => {
    setBusy(true);
    setFault(null);
    try {
      await api.zones.save.mutate({ id, boundary, ...draft });
      notifyDone(t('zones:editor.saved'));
      props.onDone();
    } catch (error) {
      const found = faultOf(error);
      setFault(found);
      if (found.fields.length === 0) notifyFault(sentence(found));
    } finally {
      setBusy(false);
    }
  };
  const drawn = props.drawn ?? zone?.boundary ?? null;
  return (
    <form
      className={classes['editor']}
      onSubmit={(event) => {
        event.preventDefault();
        if (drawn) void save(drawn);
      }}
    >
      <h2>{t(zone === null ? 'zones:editor.title' : 'zones:editor.titleEdit')}</h2>
      <p className={classes['hint']} data-done={drawn !== null || undefined}>
        {zone !== null
          ? t('zones:editor.hintEdit')
          : drawn === null
            ? t('zones:editor.hint')
            : t('zones:editor.drawn')}
      </p>
      {atField(fault, 'boundary') !== null && (
        <p className={classes['error']} role="alert">
          {atField(fault, 'boundary')}
        </p>
      )}
      <TextInput
        label={t('zones:editor.name')}
        value={draft.name}
        maxLength={100}
        required
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={atField(fault, 'name')}
      />
      <NumberInput
        label={t('zones:editor.weight')}
        description={t('zones:editor.weightText')}
        value={draft.weight}
        min={0.1}
        max={10}
        step={0.5}
        onChange={(value) => change({ weight: Number(value) })}
        error={atField(fault, 'weight')}
      />
      <div className={classes['pair']}>
        <NumberInput
          label={t('zones:editor.from')}
          value={draft.fromHour}
          min={0}
          max={23}
          allowDecimal={false}
          onChange={(value) => change({ fromHour: Number(value) })}
          error={atField(fault, 'fromHour')}
        />
        <NumberInput
          label={t('zones:editor.to')}
          value={draft.toHour}
          min={0}
          max={23}
          allowDecimal={false}
          onChange={(value) => change({ toHour: Number(value) })}
          error={atField(fault, 'toHour')}
        />
      </div>
      <TextInput
        label={t('zones:editor.note')}
        value={draft.note}
        maxLength={500}
        onChange={(event) => change({ note: event.currentTarget.value })}
        error={atField(fault, 'note')}
      />
      <BigButton
        tone="main"
        type="submit"
        loading={busy}
        disabled={drawn === null || draft.name.trim() === ''}
      >
        {t('zones:editor.save')}
      </BigButton>
      <BigButton tone="quiet" onClick={props.onDone}>
        {t('common:cancel')}
      </BigButton>
    </form>
  );
}
