/** The report itself: pictures, number of people, place, details; one hand, two taps. */
import { Collapse, SegmentedControl, TextInput, Textarea } from '@mantine/core';
import { IconBandage, IconChevronDown, IconFriends, IconShirt, IconZzz } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import { maxHeadcount, maxNoteLength } from '../../shared/sightings/limits.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { CountStepper } from '../ui/count-stepper.tsx';
import { PictureToggles } from '../ui/picture-toggle.tsx';
import { EmergencyPanel } from './emergency-panel.tsx';
import { PlaceField } from './place-field.tsx';
import { furtherFlags } from './report-form.ts';
import classes from './report-form-view.module.css';
import type { ReportFormState } from './use-report-form.ts';

const earlier = [0, 15, 30, 60, 180] as const;

function Pictures({ state }: { state: ReportFormState }) {
  const { t } = useTranslation('sightings');
  const size = { size: 38, stroke: 1.6 };
  const chosen = new Set(state.form.choices);
  const flags = new Set(state.form.flags);
  return (
    <>
      <PictureToggles
        label={t('report.what')}
        chosen={chosen}
        onToggle={state.toggleChoice}
        pictures={[
          { key: 'cold', label: t('report.cold'), picture: <IconShirt {...size} /> },
          { key: 'ill', label: t('report.ill'), picture: <IconBandage {...size} /> },
          { key: 'frail', label: t('report.frail'), picture: <IconFriends {...size} /> },
          {
            key: 'unresponsive',
            label: t('report.unresponsive'),
            picture: <IconZzz {...size} />,
            danger: true,
          },
        ]}
      />
      {(chosen.has('ill') || chosen.has('frail')) && (
        <div className={classes['which']}>
          <p className={classes['hint']}>{t('report.which')}</p>
          <ChipToggles
            label={t('report.which')}
            chosen={flags}
            onToggle={state.toggleFlag}
            chips={[
              ...(chosen.has('ill')
                ? (['ill', 'injured'] as const).map((key) => ({
                    key,
                    label: t(`report.whichIll.${key}`),
                  }))
                : []),
              ...(chosen.has('frail')
                ? (['elderly', 'minor'] as const).map((key) => ({
                    key,
                    label: t(`report.whichFrail.${key}`),
                  }))
                : []),
            ]}
          />
        </div>
      )}
    </>
  );
}

function Details({ state }: { state: ReportFormState }) {
  const { t } = useTranslation(['sightings', 'errors']);
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
          <Textarea
            label={t('report.note')}
            placeholder={t('report.noteHint')}
            value={form.note}
            autosize
            minRows={2}
            maxRows={8}
            size="md"
            error={
              atField(fault, 'note') ??
              (form.note.length > maxNoteLength ? t('errors:text_too_long') : null)
            }
            onChange={(event) => state.change({ note: event.currentTarget.value })}
          />
          {form.editing === null && (
            <div>
              <p className={classes['hint']}>{t('report.seen')}</p>
              <SegmentedControl
                fullWidth
                size="md"
                aria-label={t('report.seen')}
                value={String(form.seenMinutesAgo)}
                onChange={(value) => state.change({ seenMinutesAgo: Number(value) })}
                data={earlier.map((minutes) => ({
                  value: String(minutes),
                  label: t(`report.seenAgo.${minutes}`),
                }))}
              />
              {atField(fault, 'seenAt') !== null && (
                <p className={classes['error']} role="alert">
                  {atField(fault, 'seenAt')}
                </p>
              )}
            </div>
          )}
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

export function ReportFormView(props: {
  state: ReportFormState;
  city: CityView | null;
  onStopEditing: () => void;
}) {
  const { t } = useTranslation('sightings');
  const { atField, sentence } = useFaultWords();
  const { state } = props;
  const { form, fault } = state;
  const emergency = form.choices.includes('unresponsive');
  const busy = state.sending || state.awaitingPlace;
  const label = () => {
    if (state.awaitingPlace) return t('place.finding');
    if (form.editing) return t('report.saveChanges');
    return emergency ? t('report.sendAnyway') : t('report.send');
  };
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        state.submit();
      }}
    >
      {form.editing && (
        <p className={classes['editing']}>
          {t('own.editing')}
          <BigButton full={false} tone="quiet" onClick={props.onStopEditing}>
            {t('own.stopEditing')}
          </BigButton>
        </p>
      )}
      {emergency && <EmergencyPanel place={state.place} addressText={form.addressText} />}
      <Pictures state={state} />
      <PlaceField state={state} city={props.city} />
      <CountStepper
        label={t('report.people')}
        value={form.headcount}
        min={1}
        max={maxHeadcount}
        error={atField(fault, 'headcount')}
        onChange={(headcount) => state.change({ headcount })}
      />
      <Details state={state} />
      <div className={classes['bar']}>
        {fault !== null && (
          <p className={classes['error']} role="alert">
            {sentence(fault)}
          </p>
        )}
        <BigButton
          tall
          tone="main"
          type="submit"
          loading={state.sending}
          disabled={busy && !state.sending}
        >
          {label()}
        </BigButton>
      </div>
    </form>
  );
}
