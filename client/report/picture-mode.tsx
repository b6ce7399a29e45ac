/**
 * The report without a word to read: large pictures, each of which says aloud what was tapped. Made for gloves, one
 * hand and a phone in the sun; whatever it shows has a name for a screen reader.
 */
import {
  IconMap2,
  IconMapPin,
  IconMapPinCheck,
  IconMapPinOff,
  IconMinus,
  IconPlus,
  IconSend2,
  IconUser,
  IconVolume,
} from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import { maxHeadcount } from '../../shared/sightings/limits.ts';
import { useLanguage } from '../kernel/i18n.ts';
import { canSpeak, knock, speak, stopSpeaking } from '../kernel/speech.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { LazyMapPick } from '../sightings/lazy-map-pick.tsx';
import { usePlaceSentence } from '../sightings/place-field.tsx';
import { ChoicePicture } from '../sightings/choice-pictures.tsx';
import { choices, isEmergency } from '../sightings/report-form.ts';
import type { Choice } from '../sightings/report-form.ts';
import { FormCall } from '../sightings/report-form-view.tsx';
import { statePictures } from '../sightings/state-pictures.tsx';
import type { ReportFormState } from '../sightings/use-report-form.ts';
import { Spinner } from '../ui/spinner.tsx';
import classes from './picture-mode.module.css';

const pictureSize = 62;

export function PictureMode(props: {
  state: ReportFormState;
  city: CityView | null;
  onLook: () => void;
  attachments: ReactNode;
  /** the way back to words */
  toText: ReactNode;
}) {
  const { t } = useTranslation(['report', 'sightings', 'personState', 'common']);
  const { state, city } = props;
  const { form } = state;
  const say = useSay();
  useEffect(() => stopSpeaking, []);
  useSpokenFaults(state);
  const count = (headcount: number) => {
    knock();
    state.change({ headcount });
    say(t('report:people', { count: headcount }));
  };
  return (
    <form
      className={classes['screen']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        knock();
        state.submit();
      }}
    >
      <div className={classes['tools']}>
        {props.toText}
        {canSpeak() && (
          <button
            type="button"
            className={classes['tool']}
            aria-label={t('report:listen')}
            onClick={() => say(t('report:intro'))}
          >
            <IconVolume size={34} aria-hidden />
          </button>
        )}
      </div>
      {isEmergency(form) && <FormCall state={state} city={city} />}
      <div className={classes['low']}>
        <Where state={state} city={city} onSay={say} />
        <Choices state={state} onSay={say} />
        <div className={classes['row']}>
          <button
            type="button"
            className={classes['tile']}
            aria-label={t('personState:open')}
            data-known={form.state !== null || undefined}
            onClick={() => {
              knock();
              props.onLook();
            }}
          >
            <span className={classes['drawing']}>{statePictures.shivering.yes}</span>
          </button>
        </div>
        {props.attachments}
        <div className={classes['count']} role="group" aria-label={t('sightings:report.people')}>
          <Step
            label={t('common:minus')}
            off={form.headcount <= 1}
            onTap={() => count(form.headcount - 1)}
          >
            <IconMinus size={44} aria-hidden />
          </Step>
          <output
            className={classes['number']}
            aria-label={t('report:people', { count: form.headcount })}
          >
            <IconUser size={34} aria-hidden />
            {form.headcount}
          </output>
          <Step
            label={t('common:plus')}
            off={form.headcount >= maxHeadcount}
            onTap={() => count(form.headcount + 1)}
          >
            <IconPlus size={44} aria-hidden />
          </Step>
        </div>
      </div>
      <div className={classes['bar']}>
        <button
          type="submit"
          className={classes['send']}
          aria-label={t(state.awaitingPlace ? 'report:placeFinding' : 'report:sendNow')}
          disabled={state.sending || state.awaitingPlace}
        >
          {state.sending || state.awaitingPlace ? (
            <Spinner size={48} />
          ) : (
            <IconSend2 size={56} aria-hidden className={classes['turn']} />
          )}
        </button>
      </div>
    </form>
  );
}

function useSay(): (text: string) => void {
  const language = useLanguage();
  return (text) => speak(text, language);
}

/** What is wrong is heard: nobody here reads it. */
function useSpokenFaults({ fault, placeMissing }: ReportFormState): void {
  const { t } = useTranslation('report');
  const { sentence, atField } = useFaultWords();
  const say = useSay();
  const tell = useEffectEvent(() => {
    if (placeMissing) say(t('placeMissing'));
    else if (fault) say(atField(fault, fault.fields[0]?.field ?? '') ?? sentence(fault));
  });
  useEffect(() => tell(), [fault, placeMissing]);
}

function Step(props: { label: string; off: boolean; onTap: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className={classes['tile']}
      aria-label={props.label}
      disabled={props.off}
      onClick={props.onTap}
    >
      {props.children}
    </button>
  );
}

function Choices({ state, onSay }: { state: ReportFormState; onSay: (text: string) => void }) {
  const { t } = useTranslation(['report', 'sightings', 'personState']);
  const chosen = new Set(state.form.choices);
  const tap = (key: Choice) => {
    const what = t(`sightings:report.${key}`);
    knock();
    state.toggleChoice(key);
    if (chosen.has(key)) onSay(t('report:unchosen', { what }));
    else if (key === 'unresponsive')
      onSay(`${what}。 ${t('personState:call.title')}。 ${t('personState:call.text')}`);
    else onSay(t('report:chosen', { what }));
  };
  return (
    <div className={classes['grid']} role="group" aria-label={t('sightings:report.what')}>
      {choices.map((key) => (
        <button
          key={key}
          type="button"
          className={classes['tile']}
          data-danger={key === 'unresponsive' || undefined}
          aria-label={t(`sightings:report.${key}`)}
          aria-pressed={chosen.has(key)}
          onClick={() => tap(key)}
        >
          <ChoicePicture choice={key} size={pictureSize} />
        </button>
      ))}
    </div>
  );
}

/** Whether the phone knows where it is, as a picture; the map when it does not. */
function Where(props: {
  state: ReportFormState;
  city: CityView | null;
  onSay: (text: string) => void;
}) {
  const { t } = useTranslation(['report', 'sightings']);
  const { state, city } = props;
  const [picking, setPicking] = useState(false);
  const { text, weak } = usePlaceSentence(state);
  const finding = state.place === null && state.fix.state === 'finding';
  const spoken = () => {
    if (finding) return t('report:placeFinding');
    if (state.place === null) return t('report:placeMissing');
    return t(weak ? 'report:placeRough' : 'report:placeFound');
  };
  const sign = () => {
    if (finding) return <Spinner size={36} />;
    if (state.place === null) return <IconMapPinOff size={44} aria-hidden />;
    return weak ? <IconMapPin size={44} aria-hidden /> : <IconMapPinCheck size={44} aria-hidden />;
  };
  return (
    <div className={classes['where']} data-wrong={state.placeMissing || undefined}>
      <button
        type="button"
        className={classes['place']}
        data-weak={weak || undefined}
        aria-label={text}
        onClick={() => props.onSay(spoken())}
      >
        {sign()}
      </button>
      <button
        type="button"
        className={classes['place']}
        data-wanted={(!finding && weak) || undefined}
        aria-label={t('sightings:place.pick')}
        onClick={() => setPicking(true)}
      >
        <IconMap2 size={44} aria-hidden />
      </button>
      {picking && city && (
        <LazyMapPick city={city} state={state} onDone={() => setPicking(false)} />
      )}
    </div>
  );
}
