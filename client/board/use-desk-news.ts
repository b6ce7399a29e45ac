import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useClusters } from '../clusters/store.ts';
import { useDispatchStore } from '../dispatch/store.ts';
import { usePatrols } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { notifyNews } from '../ui/notify.tsx';
import { deskNewsOf } from './desk-news.ts';

const world = () => ({
  dispatches: useDispatchStore.getState().byId,
  clusters: useClusters.getState().byId,
});

/** Says what became of the tasks under way, as it happens. */
export function useDeskNews(wanted: boolean): void {
  const { t } = useTranslation('board');
  const seen = useCitySeen();
  useEffect(() => {
    if (!wanted || !seen) return;
    let before = world();
    let due = false;
    const look = () => {
      due = false;
      const after = world();
      const news = deskNewsOf(before, after);
      before = after;
      for (const { kind, dispatch } of news) {
        const team = usePatrols.getState().teams.get(dispatch.teamId)?.name ?? '';
        notifyNews(t(`news.${kind}`, { team, reason: dispatch.declineReason ?? '' }));
      }
    };
    // Both stores are filled in one go: judge when both have been.
    const soon = () => {
      if (due) return;
      due = true;
      queueMicrotask(look);
    };
    const stops = [useDispatchStore.subscribe(soon), useClusters.subscribe(soon)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [wanted, seen, t]);
}
