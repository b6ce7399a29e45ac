/** Moving a job without dragging: team and position from lists, with the same look ahead. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId } from '../../shared/planning/schema.ts';
import { BigButton } from '../ui/big-button.tsx';
import { EffectView } from './effect-view.tsx';
import { useMoveEffect } from './move-effect.ts';
import type { Placing } from './move-effect.ts';
import classes from './place-plan.module.css';
import { nextJobOf, visitsOf } from './plan-stops.ts';
import { usePlaceWords, usePlanScene } from './scene.ts';
import { usePlan } from './store.ts';
import { usePlanDeeds } from './use-plan-deeds.ts';

export function MoveMenu(props: {
  jobId: JobId;
  clusterId: string;
  /** null: nobody goes there */
  teamId: string | null;
  onDone: () => void;
}) {
  const { t } = useTranslation(['planDesk', 'common']);
  const scene = usePlanScene();
  const placeWords = usePlaceWords();
  const deeds = usePlanDeeds();
  const lanes = usePlan((store) => store.plan?.lanes) ?? [];
  const { jobId, clusterId, onDone } = props;
  const [teamId, setTeamId] = useState(
    () => (lanes.find((lane) => lane.teamId !== props.teamId) ?? lanes[0])?.teamId ?? '',
  );
  const [before, setBefore] = useState<JobId | null>(null);
  const [busy, setBusy] = useState(false);
  const lane = lanes.find((candidate) => candidate.teamId === teamId);
  const positions = lane
    ? visitsOf(lane).filter(({ stop }) => stop.jobId !== jobId && stop.state === 'proposed')
    : [];
  const beforeJobId = positions.some(({ stop }) => stop.jobId === before) ? before : null;
  const stays =
    lane !== undefined && teamId === props.teamId && beforeJobId === nextJobOf(lane, jobId);
  const placing: Placing | null = stays ? null : { jobId, teamId, beforeJobId };
  const shown = useMoveEffect(placing);
  const move = async () => {
    if (placing === null) return;
    setBusy(true);
    const moved = await deeds.move(placing, clusterId);
    setBusy(false);
    if (moved) onDone();
  };
  const giveUp = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone();
  };
  return (
    <fieldset className={classes['move']}>
      <legend>{t('planDesk:move.title')}</legend>
      <NativeSelect
        label={t('planDesk:move.team')}
        value={teamId}
        autoFocus
        onKeyDown={giveUp}
        onChange={(event) => {
          setTeamId(event.currentTarget.value);
          setBefore(null);
        }}
        data={lanes.map((candidate) => ({
          value: candidate.teamId,
          label: scene.team(candidate.teamId),
        }))}
      />
      <NativeSelect
        label={t('planDesk:move.position')}
        value={beforeJobId ?? ''}
        onKeyDown={giveUp}
        onChange={(event) => setBefore((event.currentTarget.value || null) as JobId | null)}
        data={[
          ...positions.map(({ stop, number }) => ({
            value: stop.jobId as string,
            label: t('planDesk:move.before', {
              number,
              place: placeWords(stop),
            }),
          })),
          { value: '', label: t('planDesk:move.last') },
        ]}
      />
      <div role="status" className={classes['effect']}>
        {placing === null ? <p>{t('planDesk:move.same')}</p> : <EffectView shown={shown} />}
      </div>
      <span className={classes['placement']}>
        <BigButton full={false} tone="quiet" onClick={onDone}>
          {t('common:cancel')}
        </BigButton>
        <BigButton
          full={false}
          loading={busy}
          disabled={shown.effect?.possible !== true}
          onClick={() => void move()}
        >
          {t('planDesk:move.do')}
        </BigButton>
      </span>
    </fieldset>
  );
}
