/** What a duty officer does with the plan. Every outcome is said; nothing happens silently. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId } from '../../shared/planning/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import { readPlanNow } from './follow-plan.ts';
import type { Placing } from './move-effect.ts';
import type { Sending } from './plan-stops.ts';
import { usePlaceWords, usePlanScene } from './scene.ts';
import { usePlanScreen } from './screen-store.ts';
import { usePlan } from './store.ts';

export interface PlanDeeds {
  /** resolve when the server has answered; what failed was said */
  accept: (sendings: readonly Sending[]) => Promise<void>;
  move: (placing: Placing, clusterId: string) => Promise<boolean>;
  unpin: (jobId: JobId) => Promise<void>;
  dismiss: (sending: Sending) => Promise<void>;
}

/** The same ids for the same proposal, so that sending it twice is harmless. */
const dispatchIds = new Map<string, string>();
function dispatchIdFor({ jobId, teamId }: Sending): string {
  const key = `${jobId} ${teamId}`;
  const id = dispatchIds.get(key) ?? newId();
  dispatchIds.set(key, id);
  return id;
}

export function usePlanDeeds(): PlanDeeds {
  const { t } = useTranslation('planDesk');
  const { sentence } = useFaultWords();
  const scene = usePlanScene();
  const placeWords = usePlaceWords();
  return useMemo(() => {
    const run = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
      try {
        await work();
        notifyDone(done);
        readPlanNow();
        return true;
      } catch (error) {
        notifyFault(sentence(faultOf(error)));
        return false;
      }
    };
    return {
      accept: async (sendings) => {
        const revision = usePlan.getState().plan?.revision ?? 0;
        try {
          const stops = sendings.map((sending) => ({
            jobId: sending.jobId,
            teamId: sending.teamId,
            dispatchId: dispatchIdFor(sending),
          }));
          const answers = await api.planning.accept.mutate({ revision, stops });
          for (const sending of sendings) dispatchIds.delete(`${sending.jobId} ${sending.teamId}`);
          const sent = answers.filter(({ refused }) => refused === null);
          const placeOf = (jobId: JobId) =>
            sendings.find((sending) => sending.jobId === jobId)?.clusterId ?? '';
          usePlanScreen.setState({
            refused: answers
              .filter(({ refused }) => refused !== null)
              .map((answer) => ({ ...answer, clusterId: placeOf(answer.jobId) })),
          });
          const only = sent.length === 1 ? sent[0] : undefined;
          if (only)
            notifyDone(
              t('sent', {
                team: scene.team(only.teamId),
                place: placeWords({ clusterId: placeOf(only.jobId) }),
              }),
            );
          else if (sent.length > 0) notifyDone(t('sentMany', { count: sent.length }));
          if (sent.length < answers.length)
            notifyFault(t('notSent', { count: answers.length - sent.length }));
          readPlanNow();
        } catch (error) {
          notifyFault(sentence(faultOf(error)));
        }
      },
      move: (placing, clusterId) =>
        run(
          () => api.planning.move.mutate(placing),
          t('moved', {
            place: placeWords({ clusterId }),
            team: scene.team(placing.teamId),
          }),
        ),
      unpin: async (jobId) => {
        await run(() => api.planning.unpin.mutate({ jobId }), t('released'));
      },
      dismiss: async ({ jobId, teamId, clusterId }) => {
        await run(
          () => api.planning.dismiss.mutate({ jobId, teamId }),
          t('dismissed', { team: scene.team(teamId), place: placeWords({ clusterId }) }),
        );
      },
    };
  }, [t, sentence, scene, placeWords]);
}
