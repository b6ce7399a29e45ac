/** What is worth saying but not needed to send: words, how long ago, further flags, a phone number. */
import { Collapse, SegmentedControl, TextInput, Textarea } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maxNoteLength } from '../../shared/sightings/limits.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { furtherFlags } from './report-form.ts';
import classes from './report-form-view.module.css';
import type { ReportFormState } from './use-report-form.ts';

const earlierMinutes = [0, 30, 60, 180] as const;

export function ReportDetails({ state }: { state: ReportFormState }) {
  const { t } = useTranslation('sightings');
  const { atField } = useFaultWords();
  const { form, fault } = state;
  const filled =
    form.note !== '' || form.phone !== '' || furtherFlags.some((flag) => form.flags.includes(flag));
  const wrong = ['note', 'contactPhone', 'seenAt'].some((field) => atField(fault, field) !== null);
  const [opened, setOpened] = useState(filled);
  const open = opened || wrong;
  const id = useId();
  return (
    <section>
      <button
        type="button"
        className={classes['fold']}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpened(!open)}
      >
        {t('report.details')}
        <IconChevronDown size={20} aria-hidden data-open={open || undefined} />
      </button>
      <Collapse expanded={open} id={id}>
        <div className={classes['details']}>
          <Note state={state} />
          {form.editing === null && <SeenAgo state={state} />}
          <div>
            <p className={classes['hint']}>{t('report.also')}</p>
            <ChipToggles
              label={t('report.also')}
              chosen={new Set(form.flags)}
              onToggle={state.toggleFlag}
              chips={furtherFlags.map((key) => ({ key, label: t(`flag.${key}`) }))}
            />
          </div>
          <TextInput
            label={t('report.phone')}
            type="tel"
            autoComplete="tel"
            size="md"
            maxLength={40}
            value={form.phone}
            error={atField(fault, 'contactPhone')}
            onChange={(event) => state.change({ phone: event.currentTarget.value })}
          />
        </div>
      </Collapse>
    </section>
  );
}

function Note({ state }: { state: ReportFormState }) {
  const { t } = useTranslation(['sightings', 'errors']);
  const { atField } = useFaultWords();
  const { note } = state.form;
  const tooLong = note.length > maxNoteLength ? t('errors:text_too_long') : null;
  return (
    <Textarea
      label={t('sightings:report.note')}
      placeholder={t('sightings:report.noteHint')}
      value={note}
      autosize
      minRows={2}
      maxRows={8}
      size="md"
      error={tooLong ?? atField(state.fault, 'note')}
      onChange={(event) => state.change({ note: event.currentTarget.value })}
    />
  );
}

function SeenAgo({ state }: { state: ReportFormState }) {
  const { t } = useTranslation('sightings');
  const { atField } = useFaultWords();
  const error = atField(state.fault, 'seenAt');
  return (
    <div>
      <p className={classes['hint']}>{t('report.seen')}</p>
      <SegmentedControl
        fullWidth
        size="md"
        classNames={{ label: classes['segment'] ?? '' }}
        aria-label={t('report.seen')}
        value={String(state.form.seenMinutesAgo)}
        onChange={(value) => state.change({ seenMinutesAgo: Number(value) })}
        data={earlierMinutes.map((minutes) => ({
          value: String(minutes),
          label: t(`report.seenAgo.${minutes}`),
        }))}
      />
      {error !== null && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
