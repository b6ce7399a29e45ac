/**
 * How cold somebody is, in at most four taps; where it is life in danger, the call comes first. A part of a page:
 * whoever shows it gives it the place and takes what it comes to.
 */
import { IconArrowBackUp, IconVolume, IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Position } from '../../shared/geo/position.ts';
import {
  nextStateStep,
  stateChoices,
  stateQuestions,
  withoutLastAnswer,
} from '../../shared/sightings/state-wizard.ts';
import type { StateAnswers, StateEnd, StateQuestion } from '../../shared/sightings/state-wizard.ts';
import { useLanguage } from '../kernel/i18n.ts';
import { canSpeak, knock, speak, stopSpeaking } from '../kernel/speech.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ambulanceNumber, CallNow } from './call-now.tsx';
import { statePictures } from './state-pictures.tsx';
import classes from './state-wizard.module.css';

export interface StateWizardProps {
  cityId: string | null;
  /** as measured or picked on the map; null = not known */
  position: Position | null;
  /** what somebody wrote of the place */
  addressText?: string;
  /** pictures alone, and every tap is spoken */
  pictures?: boolean;
  start?: StateAnswers;
  /** the person goes on with what it came to */
  onDone: (end: StateEnd, answers: StateAnswers) => void;
  onStop: () => void;
}

export function StateWizard(props: StateWizardProps) {
  const { pictures = false } = props;
  const [answers, setAnswers] = useState<StateAnswers>(props.start ?? {});
  const heading = useRef<HTMLHeadingElement>(null);
  const say = useSay();
  const step = nextStateStep(answers);
  const shown = step.ask ?? 'end';
  const first = useRef(true);
  const announce = useEffectEvent(() => {
    heading.current?.focus({ preventScroll: true });
    if (pictures && first.current) speak(say.step(answers), say.language);
    first.current = false;
  });
  useEffect(() => announce(), [shown]);
  useEffect(() => stopSpeaking, []);

  const choose = (question: StateQuestion, choice: string) => {
    const next: StateAnswers = { ...answers, [question]: choice };
    knock();
    if (pictures) {
      first.current = false;
      speak(`${say.choice(question, choice)}。 ${say.step(next)}`, say.language);
    }
    setAnswers(next);
  };
  const tools = (
    <Tools
      onBack={
        Object.keys(answers).length === 0 ? null : () => setAnswers(withoutLastAnswer(answers))
      }
      onStop={props.onStop}
      onSpeak={() => speak(say.step(answers), say.language)}
      pictures={pictures}
    />
  );
  return (
    <section className={classes['wizard']} data-pictures={pictures || undefined}>
      {tools}
      {step.ask === null ? (
        <End
          {...props}
          end={step.end}
          heading={heading}
          onUse={() => props.onDone(step.end, answers)}
        />
      ) : (
        <Question question={step.ask} pictures={pictures} heading={heading} onChoose={choose} />
      )}
    </section>
  );
}

/** What is said aloud, in the language on screen. */
function useSay() {
  const { t } = useTranslation('personState');
  const language = useLanguage();
  const choice = (question: StateQuestion, key: string): string => {
    const words: Record<string, string> = t(`choice.${question}`, { returnObjects: true });
    return words[key] ?? '';
  };
  const end = ({ level }: StateEnd): string =>
    level === 'call'
      ? `${t('call.title')}。 ${t('call.text')}`
      : `${t(`level.${level}`)}。 ${t(`act.${level}`)}`;
  const step = (answers: StateAnswers): string => {
    const next = nextStateStep(answers);
    return next.ask === null ? end(next.end) : t(`ask.${next.ask}`);
  };
  return { language, choice, step };
}

function Tools(props: {
  onBack: (() => void) | null;
  onStop: () => void;
  onSpeak: () => void;
  pictures: boolean;
}) {
  const { t } = useTranslation('personState');
  return (
    <div className={classes['tools']}>
      {props.onBack ? (
        <Tool
          label={t('back')}
          icon={<IconArrowBackUp size={26} aria-hidden />}
          onClick={props.onBack}
          bare={props.pictures}
        />
      ) : (
        <Tool
          label={t('stop')}
          icon={<IconX size={26} aria-hidden />}
          onClick={props.onStop}
          bare={props.pictures}
        />
      )}
      {canSpeak() && (
        <Tool
          label={t('speak')}
          icon={<IconVolume size={26} aria-hidden />}
          onClick={props.onSpeak}
          bare={props.pictures}
        />
      )}
    </div>
  );
}

function Tool(props: { label: string; icon: ReactNode; onClick: () => void; bare: boolean }) {
  return (
    <button
      type="button"
      className={classes['tool']}
      aria-label={props.label}
      onClick={props.onClick}
    >
      {props.icon}
      {!props.bare && <span>{props.label}</span>}
    </button>
  );
}

function Question(props: {
  question: StateQuestion;
  pictures: boolean;
  heading: Ref<HTMLHeadingElement>;
  onChoose: (question: StateQuestion, choice: string) => void;
}) {
  const { t } = useTranslation('personState');
  const { question } = props;
  const pictures: Record<string, ReactNode> = statePictures[question];
  const words: Record<string, string> = t(`choice.${question}`, { returnObjects: true });
  const number = stateQuestions.indexOf(question) + 1;
  return (
    <>
      <div className={classes['asked']}>
        <p className={classes['step']} aria-hidden={props.pictures || undefined}>
          {stateQuestions.map((one, index) => (
            <span key={one} data-done={index < number || undefined} />
          ))}
          <span className={classes['unseen']}>{t('step', { number })}</span>
        </p>
        <h2 ref={props.heading} tabIndex={-1} className={classes['question']}>
          {t(`ask.${question}`)}
        </h2>
      </div>
      <div className={classes['choices']} role="group" aria-label={t(`ask.${question}`)}>
        {stateChoices[question].map((choice) => (
          <button
            key={choice}
            type="button"
            className={classes['choice']}
            aria-label={words[choice]}
            onClick={() => props.onChoose(question, choice)}
          >
            <span className={classes['picture']}>{pictures[choice]}</span>
            {!props.pictures && <span className={classes['words']}>{words[choice]}</span>}
          </button>
        ))}
      </div>
    </>
  );
}

function End(
  props: StateWizardProps & {
    end: StateEnd;
    heading: Ref<HTMLHeadingElement>;
    onUse: () => void;
  },
) {
  const { t } = useTranslation('personState');
  const { level } = props.end;
  if (level === 'call')
    return (
      <>
        <CallNow
          cityId={props.cityId}
          position={props.position}
          addressText={props.addressText ?? ''}
          heading={props.heading}
        />
        <div className={classes['after']}>
          <BigButton tall onClick={props.onUse}>
            {t('useCall')}
          </BigButton>
        </div>
      </>
    );
  return (
    <>
      <div className={classes['outcome']} data-level={level}>
        <h2 ref={props.heading} tabIndex={-1} className={classes['level']}>
          {t(`level.${level}`)}
        </h2>
        <p className={classes['act']}>{t(`act.${level}`)}</p>
        {level === 'hospital' && (
          <BigButton tall href={`tel:${ambulanceNumber}`}>
            {t('call.dial')}
          </BigButton>
        )}
      </div>
      <div className={classes['after']}>
        <BigButton tall tone="main" onClick={props.onUse}>
          {t('use')}
        </BigButton>
      </div>
    </>
  );
}
