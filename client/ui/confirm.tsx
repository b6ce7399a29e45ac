/** A question before something that cannot be taken back: the browser's own modal dialog, made when it is asked. */
import i18next from 'i18next';
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { BigButton } from './big-button.tsx';
import classes from './confirm.module.css';

interface Question {
  title: string;
  text: ReactNode;
  /** the verb on the button */
  confirm: string;
  /** it cannot be taken back */
  danger?: boolean;
}

/** Resolves true when confirmed. */
export function askToConfirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const place = document.body.appendChild(document.createElement('div'));
    const root = createRoot(place);
    const answer = (sure: boolean) => {
      resolve(sure);
      // After the click that answered has run its course.
      setTimeout(() => {
        root.unmount();
        place.remove();
      });
    };
    root.render(<QuestionDialog question={question} onAnswer={answer} />);
  });
}

function QuestionDialog(props: { question: Question; onAnswer: (sure: boolean) => void }) {
  const { question, onAnswer } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const answer = useEffectEvent(onAnswer);
  useEffect(() => {
    const shown = dialog.current;
    if (!shown) return undefined;
    shown.showModal();
    const onBackdrop = (event: Event) => {
      if (event.target === shown) answer(false);
    };
    // The key that closes this one must not close what lies under it, too.
    const keepKey = (event: Event) => event.stopPropagation();
    shown.addEventListener('click', onBackdrop);
    shown.addEventListener('keydown', keepKey);
    return () => {
      shown.removeEventListener('click', onBackdrop);
      shown.removeEventListener('keydown', keepKey);
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes['dialog']}
      aria-labelledby={id}
      onCancel={() => onAnswer(false)}
    >
      <div className={classes['inside']}>
        <h2 id={id} className={classes['title']}>
          {question.title}
        </h2>
        <div className={classes['text']}>{question.text}</div>
        <div className={classes['ways']}>
          <BigButton full={false} onClick={() => onAnswer(false)}>
            {i18next.t('common:cancel')}
          </BigButton>
          <BigButton full={false} tone="main" onClick={() => onAnswer(true)}>
            {question.confirm}
          </BigButton>
        </div>
      </div>
    </dialog>
  );
}
