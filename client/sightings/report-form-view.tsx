/** The report itself: pictures, place, number of people, details; one hand, two taps. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import { maxHeadcount } from '../../shared/sightings/limits.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { CountStepper } from '../ui/count-stepper.tsx';
import { CallNow } from './call-now.tsx';
import { PlaceField } from './place-field.tsx';
import { ReportDetails } from './report-details.tsx';
import { isEmergency } from './report-form.ts';
import classes from './report-form-view.module.css';
import { ReportPictures } from './report-pictures.tsx';
import { StateEntry } from './state-entry.tsx';
import type { ReportFormState } from './use-report-form.ts';

export function ReportFormView(props: {
  state: ReportFormState;
  city: CityView | null;
  onStopEditing: () => void;
  onLook: () => void;
  /** photos and voice notes */
  attachments?: ReactNode;
}) {
  const { t } = useTranslation('sightings');
  const { atField } = useFaultWords();
  const { state } = props;
  const { form, fault } = state;
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (fault === null && !state.placeMissing) return;
    const wrong = element.current?.querySelector('[aria-invalid="true"], [data-wrong]');
    wrong?.scrollIntoView?.({ block: 'center' });
  }, [fault, state.placeMissing]);
  return (
    <form
      ref={element}
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
      {isEmergency(form) && <FormCall state={state} city={props.city} />}
      <ReportPictures state={state} />
      <PlaceField state={state} city={props.city} />
      <StateEntry form={form} onOpen={props.onLook} />
      {props.attachments}
      <CountStepper
        label={t('report.people')}
        value={form.headcount}
        min={1}
        max={maxHeadcount}
        error={atField(fault, 'headcount')}
        onChange={(headcount) => state.change({ headcount })}
      />
      <ReportDetails state={state} />
      <SendBar state={state} />
    </form>
  );
}

/** The call, with the place the report would go to. */
export function FormCall(props: { state: ReportFormState; city: CityView | null }) {
  const { place, form } = props.state;
  return (
    <CallNow
      cityId={props.city?.id ?? null}
      position={place === null || place.source === 'address' ? null : place.position}
      addressText={form.addressText}
    />
  );
}

function SendBar({ state }: { state: ReportFormState }) {
  const { t } = useTranslation(['sightings', 'errors']);
  const { sentence } = useFaultWords();
  const { form, fault } = state;
  const label = () => {
    if (state.awaitingPlace) return t('sightings:place.finding');
    if (form.editing) return t('sightings:report.saveChanges');
    return isEmergency(form) ? t('sightings:report.sendAnyway') : t('sightings:report.send');
  };
  return (
    <div className={classes['bar']}>
      {fault !== null && (
        <p className={classes['error']} role="alert">
          {fault.fields.length > 0 ? t('errors:invalid_input') : sentence(fault)}
        </p>
      )}
      <BigButton
        tall
        tone="main"
        type="submit"
        loading={state.sending}
        disabled={state.awaitingPlace}
      >
        {label()}
      </BigButton>
    </div>
  );
}
