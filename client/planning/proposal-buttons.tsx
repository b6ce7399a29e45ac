/** Saying yes or no to one thing the plan proposes. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from '../ui/big-button.tsx';
import { sendingOf } from './plan-stops.ts';
import type { PlacedVisit } from './plan-stops.ts';
import classes from './proposals.module.css';
import { usePlaceWords, usePlanScene } from './scene.ts';
import { usePlanDeeds } from './use-plan-deeds.ts';

export function SendButtons({ visit, of }: { visit: PlacedVisit; of: string }) {
  const { t } = useTranslation('planDesk');
  const deeds = usePlanDeeds();
  const [busy, setBusy] = useState<'send' | 'dismiss' | null>(null);
  const run = async (which: 'send' | 'dismiss', work: () => Promise<unknown>) => {
    setBusy(which);
    await work();
    setBusy(null);
  };
  return (
    <span className={classes['buttons']}>
      <BigButton
        full={false}
        tone="quiet"
        loading={busy === 'dismiss'}
        disabled={busy !== null}
        label={`${t('dismiss')}: ${of}`}
        onClick={() => void run('dismiss', () => deeds.dismiss(sendingOf(visit)))}
      >
        {t('dismiss')}
      </BigButton>
      <BigButton
        full={false}
        tone="main"
        loading={busy === 'send'}
        disabled={busy !== null}
        label={`${t('send')}: ${of}`}
        onClick={() => void run('send', () => deeds.accept([sendingOf(visit)]))}
      >
        {t('send')}
      </BigButton>
    </span>
  );
}

/** A team that was sent would better go elsewhere: proposed, never done by itself. */
export function ChangeRow({ visit }: { visit: PlacedVisit }) {
  const { t } = useTranslation('planDesk');
  const scene = usePlanScene();
  const placeWords = usePlaceWords();
  const deeds = usePlanDeeds();
  const [busy, setBusy] = useState(false);
  const { stop, teamId } = visit;
  if (stop.change === null) return null;
  const { toTeamId, gainMinutes } = stop.change;
  const text = t(`change.text.${sizeOf(gainMinutes)}`, {
    place: placeWords(stop),
    from: scene.team(teamId),
    to: scene.team(toTeamId),
  });
  const accept = async () => {
    setBusy(true);
    await deeds.accept([{ ...sendingOf(visit), teamId: toTeamId }]);
    setBusy(false);
  };
  return (
    <div className={classes['row']} data-change>
      <button
        type="button"
        className={classes['head']}
        onClick={() => scene.choosePlace(stop.clusterId, true)}
      >
        <span className={classes['words']}>
          <strong>{t('change.title')}</strong>
          <span>{text}</span>
        </span>
      </button>
      {scene.mayAct && (
        <span className={classes['buttons']}>
          <BigButton
            full={false}
            loading={busy}
            label={`${t('change.accept')}: ${text}`}
            onClick={() => void accept()}
          >
            {t('change.accept')}
          </BigButton>
        </span>
      )}
    </div>
  );
}

/** The gain is in minutes of this one place; what it is for the whole city has no unit that anybody could use. */
const sizeOf = (gainMinutes: number): 'some' | 'clear' | 'large' =>
  gainMinutes < 20 ? 'some' : gainMinutes < 90 ? 'clear' : 'large';
