/** What is worth saying but not needed to send: words, how long ago, further flags, a phone number. */
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maxNoteLength } from '../../shared/sightings/limits.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { TextField } from '../ui/text-field.tsx';
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
      <div id={id} hidden={!open}>
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
          <TextField
            label={t('report.phone')}
            type="tel"
            autoComplete="tel"
            maxLength={40}
            value={form.phone}
            error={atField(fault, 'contactPhone')}
            onChange={(phone) => state.change({ phone })}
          />
        </div>
      </div>
    </section>
  );
}

function Note({ state }: { state: ReportFormState }) {
  const { t } = useTranslation(['sightings', 'errors']);
  const { atField } = useFaultWords();
  const { note } = state.form;
  const tooLong = note.length > maxNoteLength ? t('errors:text_too_long') : null;
  return (
    <TextField
      label={t('sightings:report.note')}
      placeholder={t('sightings:report.noteHint')}
      value={note}
      rows={3}
      error={tooLong ?? atField(state.fault, 'note')}
      onChange={(next) => state.change({ note: next })}
    />
  );
}

function SeenAgo({ state }: { state: ReportFormState }) {
  const { t } = useTranslation('sightings');
  const { atField } = useFaultWords();
  const error = atField(state.fault, 'seenAt');
  const name = useId();
  return (
    <fieldset className={classes['seen']}>
      <legend className={classes['hint']}>{t('report.seen')}</legend>
      <div className={classes['segments']}>
        {earlierMinutes.map((minutes) => (
          <label key={minutes} className={classes['segment']}>
            <input
              type="radio"
              name={name}
              checked={state.form.seenAt === null && state.form.seenMinutesAgo === minutes}
              onChange={() => state.change({ seenMinutesAgo: minutes, seenAt: null })}
            />
            {t(`report.seenAgo.${minutes}`)}
          </label>
        ))}
      </div>
      {error !== null && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
