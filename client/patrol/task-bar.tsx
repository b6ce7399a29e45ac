/** The one main action, always at the thumb: what the current task asks for next. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispatchState, DispatchView } from '../../shared/dispatch/schema.ts';
import { useCluster } from '../clusters/store.ts';
import { useHeadcountWords } from '../clusters/use-headcount-words.ts';
import { useRecorded } from '../dispatch/record-draft.ts';
import { BigButton } from '../ui/big-button.tsx';
import { useDistanceWords } from './here.ts';
import classes from './panel.module.css';
import { choose, write } from './store.ts';
import { useAct } from './use-act.ts';
import { dismiss, expectEndOf, useNoticeStore } from './use-notices.ts';
import { WaitingMark } from './waiting-mark.tsx';

const order: readonly DispatchState[] = ['on_scene', 'en_route', 'accepted', 'offered'];

/** Of several tasks the one that is furthest along. */
export const currentTask = (dispatches: readonly DispatchView[]): DispatchView | null =>
  dispatches.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null;

const steps = {
  offered: { word: 'accept', kind: 'dispatch.accept' },
  accepted: { word: 'set_off', kind: 'dispatch.setOff' },
  en_route: { word: 'arrive', kind: 'dispatch.arrive' },
} as const;
type StepKind = (typeof steps)[keyof typeof steps]['kind'] | 'dispatch.close';

function useSteps(dispatch: DispatchView) {
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const run = async (kind: StepKind) => {
    setBusy(true);
    if (await act({ kind, dispatchId: dispatch.id }))
      for (const { key, dispatchId } of useNoticeStore.getState().notices)
        if (dispatchId === dispatch.id) dismiss(key);
    setBusy(false);
  };
  return { busy, run };
}

export function TaskBar({ dispatch }: { dispatch: DispatchView }) {
  const { t } = useTranslation(['dispatch', 'patrol']);
  const cluster = useCluster(dispatch.clusterId);
  const headcount = useHeadcountWords();
  const away = useDistanceWords();
  const target = cluster?.open ? cluster : dispatch.target;
  return (
    <div className={classes['taskBar']}>
      <button
        type="button"
        className={classes['summary']}
        onClick={() => choose({ kind: 'cluster', id: dispatch.clusterId }, true)}
      >
        <strong>{t(`dispatch:state.${dispatch.state}`)}</strong>
        <span>
          {[cluster === null ? t('dispatch:target') : headcount(cluster), away(target)]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
      </button>
      <WaitingMark subject={`dispatch:${dispatch.id}`} />
      <Actions dispatch={dispatch} />
    </div>
  );
}

function Actions({ dispatch }: { dispatch: DispatchView }) {
  const { t } = useTranslation(['dispatch', 'patrol']);
  const { busy, run } = useSteps(dispatch);
  const { state } = dispatch;
  if (state === 'on_scene') return <OnScene dispatch={dispatch} busy={busy} run={run} />;
  if (state !== 'offered' && state !== 'accepted' && state !== 'en_route') return null;
  const step = steps[state];
  return (
    <div className={classes['actions']}>
      {state !== 'en_route' && (
        <BigButton full={false} onClick={() => write({ kind: 'decline', dispatchId: dispatch.id })}>
          {t('dispatch:do.decline')}
        </BigButton>
      )}
      <BigButton tone="main" tall loading={busy} onClick={() => void run(step.kind)}>
        {t(`dispatch:do.${step.word}`)}
      </BigButton>
    </div>
  );
}

function OnScene(props: {
  dispatch: DispatchView;
  busy: boolean;
  run: (kind: StepKind) => Promise<void>;
}) {
  const { t } = useTranslation(['dispatch', 'patrol']);
  const { dispatch, busy, run } = props;
  const recorded = useRecorded(dispatch.id).length;
  const record = () =>
    write({ kind: 'record', visit: { dispatchId: dispatch.id, recheckId: null } });
  const close = () => {
    expectEndOf(dispatch.id);
    void run('dispatch.close');
  };
  // Another tablet of the team may have recorded: the server knows, so closing is always within reach.
  return (
    <div className={classes['actions']}>
      <BigButton full={false} loading={recorded === 0 && busy} onClick={recorded ? record : close}>
        {recorded ? t('patrol:recordMore') : t('dispatch:do.close')}
      </BigButton>
      <BigButton
        tone="main"
        tall
        loading={recorded > 0 && busy}
        onClick={recorded ? close : record}
      >
        {recorded ? t('dispatch:do.close') : t('dispatch:do.record')}
      </BigButton>
    </div>
  );
}
