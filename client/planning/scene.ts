/** What the ids of a plan stand for on this screen. The screen knows, since it may look into every domain. */
import { createContext, use, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId } from '../../shared/planning/schema.ts';
import { findVisit } from './plan-stops.ts';
import { usePlan } from './store.ts';
import { usePlanReasonWords } from './use-plan-reason-words.ts';
import type { PlanReasonWords } from './use-plan-reason-words.ts';

export interface PlanScene {
  mayAct: boolean;
  team: (teamId: string) => string;
  station: (stationId: string) => string;
  vehicle: (vehicleId: string) => string;
  /** an empty text: it ended before this screen was opened */
  place: (clusterId: string) => { text: string; level: 1 | 2 | 3 | 4 | null };
  chosenClusterId: string | null;
  choosePlace: (clusterId: string | null, bringIntoView: boolean) => void;
}

export const PlanSceneContext = createContext<PlanScene | null>(null);

/** @throws Error outside a screen that tells it */
export function usePlanScene(): PlanScene {
  const scene = use(PlanSceneContext);
  if (!scene) throw new Error('a plan needs a PlanSceneContext above it');
  return scene;
}

/** What a place is called; a visit that is owed says so. */
export function usePlaceWords(): (to: { clusterId: string; recheckId?: string | null }) => string {
  const { t } = useTranslation('planDesk');
  const scene = usePlanScene();
  return useCallback(
    ({ clusterId, recheckId = null }) => {
      const { text } = scene.place(clusterId);
      if (recheckId === null) return text === '' ? t('place.unknown') : text;
      return text === '' ? t('place.recheck') : t('place.recheckOf', { place: text });
    },
    [t, scene],
  );
}

/** The sentences of the plan on screen, its places named by whose stop they are. */
export function useSceneWords(): PlanReasonWords & { job: (jobId: JobId) => string } {
  const { t } = useTranslation('planning');
  const scene = usePlanScene();
  const placeWords = usePlaceWords();
  const plan = usePlan((store) => store.plan);
  const names = useMemo(
    () => ({
      team: scene.team,
      station: scene.station,
      vehicle: scene.vehicle,
      job: (jobId: JobId) => {
        const visit = findVisit(plan, jobId);
        const waiting = plan?.unserved.find((unserved) => unserved.jobId === jobId);
        const clusterId = visit?.stop.clusterId ?? waiting?.clusterId;
        if (clusterId === undefined) return t('job.unknown');
        const recheckId = visit?.stop.recheckId ?? waiting?.recheckId ?? null;
        const place = placeWords({ clusterId, recheckId });
        if (visit === null) return t('job.place', { place });
        return t('job.inLane', { team: scene.team(visit.teamId), number: visit.number, place });
      },
    }),
    [scene, placeWords, plan, t],
  );
  const words = usePlanReasonWords(names);
  return useMemo(() => ({ ...words, job: names.job }), [words, names]);
}
