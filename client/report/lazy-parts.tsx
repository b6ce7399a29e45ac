/** What of the page not everybody needs at once: it comes when it is asked for, and where it can't the form stays. */
import { Suspense, lazy } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { loadWords } from '../kernel/i18n.ts';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { outboxWordSet } from '../outbox/word-set.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './report.module.css';

const AttachmentsPart = lazy(async () => ({
  default: (await import('./attachments.tsx')).Attachments,
}));
const PicturesPart = lazy(async () => ({
  default: (await import('./picture-mode.tsx')).PictureMode,
}));
const WizardPart = lazy(async () => ({
  default: (await import('../sightings/state-wizard.tsx')).StateWizard,
}));
const QueuePart = lazy(async () => {
  const [{ QueuePanel: Panel }] = await Promise.all([
    import('../outbox/queue-panel.tsx'),
    loadWords(outboxWordSet),
  ]);
  return { default: Panel };
});
const OwnPart = lazy(async () => ({
  default: (await import('../sightings/own-reports.tsx')).OwnReports,
}));
const TipsPart = lazy(async () => ({ default: (await import('./my-tips.tsx')).MyTips }));

/** Camera and microphone come after the form: it can be sent without them. Their room is kept. */
export function Attachments(props: ComponentProps<typeof AttachmentsPart>) {
  return (
    <ErrorBoundary fallback={null}>
      <Suspense fallback={<div className={classes['room']} />}>
        <AttachmentsPart {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Part(props: { children: ReactNode; otherwise: ReactNode }) {
  return (
    <ErrorBoundary fallback={props.otherwise}>
      <Suspense fallback={<StateBlock kind="loading" compact />}>{props.children}</Suspense>
    </ErrorBoundary>
  );
}

/** In words where the pictures can't be had. */
export const PictureMode = (
  props: ComponentProps<typeof PicturesPart> & { inWords: ReactNode },
) => (
  <Part otherwise={props.inWords}>
    <PicturesPart {...props} />
  </Part>
);

export function StateWizard(props: ComponentProps<typeof WizardPart>) {
  const { sentence } = useFaultWords();
  const missing = (
    <StateBlock
      kind="offline"
      text={sentence({ code: 'unreachable', fields: [] })}
      onRetry={props.onStop}
    />
  );
  return (
    <Part otherwise={missing}>
      <WizardPart {...props} />
    </Part>
  );
}

/** Only where there is something to tell. */
export function QueuePanel(props: ComponentProps<typeof QueuePart>) {
  const tells = useOutbox(
    ({ items, answers, kept, storage }) =>
      items.length > 0 || answers.length > 0 || !kept || storage?.low === true,
  );
  if (!tells) return null;
  return (
    <Part otherwise={null}>
      <QueuePart {...props} />
    </Part>
  );
}

export const OwnReports = (props: ComponentProps<typeof OwnPart>) => (
  <Part otherwise={null}>
    <OwnPart {...props} />
  </Part>
);

export const MyTips = (props: ComponentProps<typeof TipsPart>) => (
  <ErrorBoundary fallback={null}>
    <Suspense fallback={null}>
      <TipsPart {...props} />
    </Suspense>
  </ErrorBoundary>
);
