/** What the rules ask of the duty officer: what, why, for which hours, what it changes; to be followed, changed first, or not now. */
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { ActivationView, ProposalView } from '../../shared/response/schema.ts';
import { api } from '../kernel/api.ts';
import { useFormat } from '../kernel/use-format.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { LevelBadge } from '../ui/level-badge.tsx';
import { Changes } from './changes.tsx';
import type { Names } from './changes.tsx';
import { ReasonList } from './reason-list.tsx';
import classes from './response.module.css';
import { useDeed } from './use-deed.ts';
import { useRuleReasonWords } from './use-reason-words.ts';
import { useResponseSettings } from './use-settings.ts';

function useTitle(proposal: ProposalView): string {
  const { t } = useTranslation(['responseDesk', 'response']);
  const level = proposal.level === null ? '' : t(`response:level.${proposal.level}`);
  return t(`responseDesk:proposal.title.${proposal.kind}`, { level });
}

/** One line above the rooms of the board: nothing covers the map until somebody asks. */
export function ProposalBar(props: {
  proposal: ProposalView;
  mayAct: boolean;
  onOpen: () => void;
}) {
  const { t } = useTranslation('responseDesk');
  const { proposal } = props;
  const words = useRuleReasonWords();
  const format = useFormat();
  const [first] = proposal.reasons;
  return (
    <section className={classes['bar']} aria-label={t('proposal.label')}>
      <span className={classes['barWords']}>
        <strong>
          {proposal.level !== null && <LevelBadge level={proposal.level} />}
          <span role="status">{useTitle(proposal)}</span>
        </strong>
        <span>
          {[
            first === undefined ? '' : words(first),
            t('proposal.made', { ago: format.ago(proposal.madeAt) }),
          ]
            .filter((text) => text !== '')
            .join(' · ')}
        </span>
      </span>
      <span className={classes['ways']}>
        <BigButton full={false} tone={props.mayAct ? 'main' : 'plain'} onClick={props.onOpen}>
          {t('proposal.open')}
        </BigButton>
      </span>
    </section>
  );
}

interface CardProps {
  proposal: ProposalView;
  night: ActivationView | null;
  names: Names;
  mayAct: boolean;
  chart: ReactNode;
  /** the form, to change something before it is declared */
  onAdjust: () => void;
  onDone: () => void;
}

export function ProposalCard(props: CardProps) {
  const { t } = useTranslation('responseDesk');
  const { proposal, night } = props;
  return (
    <div className={classes['columns']}>
      <div className={classes['card']}>
        <strong>{useTitle(proposal)}</strong>
        <section className={classes['aside']}>
          <h3>{t('why')}</h3>
          <ReasonList reasons={proposal.reasons} />
        </section>
        <Covered proposal={proposal} />
        {night?.drill === true && proposal.kind !== 'end' && (
          <p className={classes['notice']}>{t('proposal.drillRunning')}</p>
        )}
        {props.mayAct && <Ways {...props} />}
        {props.chart}
      </div>
      <div className={classes['card']}>
        {proposal.level !== null && <WillChange {...props} level={proposal.level} />}
      </div>
    </div>
  );
}

/** The hours it covers, the worst of them, and how many nobody tells of. */
function Covered({ proposal }: { proposal: ProposalView }) {
  const { t } = useTranslation('responseDesk');
  const format = useFormat();
  const { temperatureCelsius, windKmh, feltCelsius, hoursMissing } = proposal;
  return (
    <section className={classes['aside']}>
      <h3>{t('proposal.covers')}</h3>
      <p>
        {t('proposal.hours', {
          from: format.time(proposal.fromAt),
          to: format.time(proposal.untilAt),
        })}
      </p>
      <p>
        {temperatureCelsius === null || feltCelsius === null
          ? t('proposal.worstUnknown')
          : t('proposal.worst', {
              temperature: format.temperature(temperatureCelsius),
              wind:
                windKmh === null
                  ? t('proposal.windUntold')
                  : t('proposal.wind', { wind: Math.round(windKmh) }),
              felt: format.temperature(feltCelsius),
            })}
      </p>
      {hoursMissing > 0 && (
        <p className={classes['notice']}>{t('proposal.missing', { count: hoursMissing })}</p>
      )}
      <p className={classes['quiet']}>{t('proposal.made', { ago: format.ago(proposal.madeAt) })}</p>
    </section>
  );
}

function WillChange(props: CardProps & { level: NonNullable<ProposalView['level']> }) {
  const { t } = useTranslation('responseDesk');
  const settings = useResponseSettings();
  return (
    <section className={classes['aside']}>
      <h3>{t('whatChanges')}</h3>
      {settings.answer === null ? (
        <AskedState fault={settings.fault} onRetry={settings.reload} />
      ) : (
        <Changes
          effects={settings.answer.effects[props.level]}
          before={props.night?.drill === false ? props.night.effects : null}
          drill={false}
          names={props.names}
        />
      )}
    </section>
  );
}

function Ways({ proposal, night, onAdjust, onDone }: CardProps) {
  const { t } = useTranslation('responseDesk');
  const { busy, run } = useDeed();
  const { level, temperatureCelsius, windKmh } = proposal;
  // Without values there is something to be typed first.
  const ready =
    proposal.kind === 'end' || (level !== null && temperatureCelsius !== null && windKmh !== null);
  const follow = async () => {
    const seen = { proposalId: proposal.id, activationId: night?.id ?? null };
    const done =
      proposal.kind === 'end'
        ? await run(() => api.response.end.mutate(seen), t('ended'))
        : await run(
            () =>
              api.response.declare.mutate({
                level: level!,
                temperatureCelsius: temperatureCelsius!,
                windKmh: windKmh!,
                note: night?.drill === false ? night.note : '',
                untilAt: proposal.untilAt,
                ...seen,
              }),
            t(night === null ? 'declared' : 'changed'),
          );
    if (done) onDone();
  };
  const dismiss = async () => {
    const sure = await askToConfirm({
      title: t('proposal.dismissTitle'),
      text: t('proposal.dismissText'),
      confirm: t('proposal.dismiss'),
    });
    if (!sure) return;
    const gone = () => api.response.dismiss.mutate({ id: proposal.id });
    if (await run(gone, t('proposal.dismissed'))) onDone();
  };
  return (
    <div className={classes['ways']}>
      {ready && (
        <BigButton full={false} tone="main" loading={busy} onClick={() => void follow()}>
          {t('proposal.follow')}
        </BigButton>
      )}
      {proposal.kind !== 'end' && (
        <BigButton full={false} tone={ready ? 'plain' : 'main'} disabled={busy} onClick={onAdjust}>
          {t('proposal.adjust')}
        </BigButton>
      )}
      <BigButton full={false} disabled={busy} onClick={() => void dismiss()}>
        {t('proposal.dismiss')}
      </BigButton>
    </div>
  );
}
