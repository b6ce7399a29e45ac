/** Declaring a cold night or a drill, changing, lowering or ending it: why, what will change, and the weather beside the form. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationView, ProposalView } from '../../shared/response/schema.ts';
import type { WeatherAt } from '../../shared/weather/schema.ts';
import { api } from '../kernel/api.ts';
import { useFormat } from '../kernel/use-format.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { LongDialog } from '../ui/long-dialog.tsx';
import { Changes } from './changes.tsx';
import type { Names } from './changes.tsx';
import { DeclareForm } from './declare-form.tsx';
import { startOf, stepOf } from './declare-draft.ts';
import type { DeclareDraft } from './declare-draft.ts';
import { ReasonList } from './reason-list.tsx';
import classes from './response.module.css';
import { useDeed } from './use-deed.ts';
import { useResponseSettings } from './use-settings.ts';

interface DialogProps {
  opened: boolean;
  night: ActivationView | null;
  /** the one that is followed, if any */
  proposal: ProposalView | null;
  /** of this hour, told lately */
  weather: WeatherAt | null;
  names: Names;
  /** the hours ahead */
  chart: ReactNode;
  onClose: () => void;
}

/** What was typed outlives the dialog until it is sent; an hour later it is about another night. */
let typed: { about: string; at: number; draft: DeclareDraft } | null = null;
const typedHoldsMs = 3_600_000;

export function DeclareDialog(props: DialogProps) {
  const { t } = useTranslation('responseDesk');
  const { opened, night, proposal, onClose } = props;
  const about = `${night?.id ?? ''} ${proposal?.id ?? ''}`;
  // One that is withdrawn meanwhile takes nothing away that was typed.
  const [followed, setFollowed] = useState(proposal?.id ?? '');
  if (proposal !== null && proposal.id !== followed) setFollowed(proposal.id);
  const holds = typed?.about === about && Date.now() - typed.at < typedHoldsMs;
  return (
    <LongDialog opened={opened} onClose={onClose} title={night ? t('change') : t('declare')}>
      {opened && (
        <Declaring
          // Not by the night: what somebody else declares meanwhile takes nothing away.
          key={followed}
          {...props}
          kept={holds ? (typed?.draft ?? null) : null}
          onTyped={(draft) => {
            typed = { about, at: Date.now(), draft };
          }}
          onDone={() => {
            typed = null;
            onClose();
          }}
        />
      )}
    </LongDialog>
  );
}

function Declaring(
  props: DialogProps & {
    kept: DeclareDraft | null;
    onTyped: (draft: DeclareDraft) => void;
    onDone: () => void;
  },
) {
  const { night, proposal, weather, kept } = props;
  const { now } = useFormat();
  // Once: what arrives meanwhile must not change what somebody is typing.
  const [start] = useState(() => startOf({ night, proposal, weather }, now));
  const [written, setDraft] = useState(kept ?? start.draft);
  // A night may have been declared while a drill was being typed: over it there is none.
  const draft = night?.drill === false ? { ...written, drill: false } : written;
  const { busy, fault, send, end } = useDeclaring(props, draft);
  const change = (part: Partial<DeclareDraft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    props.onTyped(next);
  };
  return (
    <div className={classes['columns']}>
      <DeclareForm
        night={night}
        draft={draft}
        from={start.from}
        fault={fault}
        busy={busy}
        onChange={change}
        onSend={() => void send()}
        onEnd={() => void end()}
      />
      <Beside {...props} draft={draft} />
    </div>
  );
}

/** Sending what was typed, and ending the night; what takes something away is asked once more. */
function useDeclaring(
  { night, proposal, onDone }: Pick<DialogProps, 'night' | 'proposal'> & { onDone: () => void },
  draft: DeclareDraft,
) {
  const { t } = useTranslation(['responseDesk', 'response']);
  const { busy, fault, run } = useDeed();
  const send = async () => {
    const step = stepOf(night, draft);
    const level = t(`response:level.${draft.level}`);
    if (step === 'lower') {
      const question = {
        title: t('responseDesk:lowerTitle', { level }),
        text: t('responseDesk:lowerText'),
      };
      if (!(await askToConfirm({ ...question, confirm: t('responseDesk:lowerNow', { level }) })))
        return;
    }
    const { temperature, wind, note, ...rest } = draft;
    const done = await run(
      () =>
        api.response.declare.mutate({
          ...rest,
          temperatureCelsius: Number(temperature),
          windKmh: Number(wind),
          note: note.trim(),
          proposalId: proposal?.id ?? null,
          activationId: night?.id ?? null,
        }),
      t(night === null ? 'responseDesk:declared' : 'responseDesk:changed'),
    );
    if (done) onDone();
  };
  const end = async () => {
    const drill = night?.drill === true;
    const sure = await askToConfirm({
      title: t(drill ? 'responseDesk:endDrillTitle' : 'responseDesk:endTitle'),
      text: t(drill ? 'responseDesk:endDrillText' : 'responseDesk:endText'),
      confirm: t(drill ? 'responseDesk:endDrill' : 'responseDesk:end'),
    });
    const seen = { proposalId: null, activationId: night?.id ?? null };
    if (sure && (await run(() => api.response.end.mutate(seen), t('responseDesk:ended')))) onDone();
  };
  return { busy, fault, send, end };
}

function Beside(props: DialogProps & { draft: DeclareDraft }) {
  const { t } = useTranslation(['responseDesk', 'response']);
  const { night, proposal, draft, names } = props;
  const settings = useResponseSettings();
  const reasons = proposal?.reasons ?? night?.reasons ?? [];
  const effects = settings.answer?.effects[draft.level];
  return (
    <div className={classes['card']}>
      {reasons.length > 0 && (
        <section className={classes['aside']}>
          <h3>{t('responseDesk:why')}</h3>
          <ReasonList reasons={reasons} />
        </section>
      )}
      <section className={classes['aside']} aria-live="polite">
        <h3>{t('responseDesk:whatChangesAt', { level: t(`response:level.${draft.level}`) })}</h3>
        {effects === undefined ? (
          <>
            <AskedState fault={settings.fault} onRetry={settings.reload} />
            {settings.fault !== null && (
              <p className={classes['quiet']}>{t('responseDesk:changesMissing')}</p>
            )}
          </>
        ) : (
          <Changes
            effects={effects}
            before={night?.effects ?? null}
            drill={draft.drill}
            names={names}
          />
        )}
      </section>
      {props.chart}
    </div>
  );
}
