import { useEffect } from 'react';
import { create } from 'zustand';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import { useClusters } from '../clusters/store.ts';
import { useDispatchStore } from '../dispatch/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { noticesOf } from './notices.ts';
import type { Notice } from './notices.ts';

interface NoticeStore {
  /** newest first */
  notices: readonly Notice[];
  ownSteps: ReadonlySet<string>;
}
export const useNoticeStore = create<NoticeStore>(() => ({ notices: [], ownSteps: new Set() }));

export const dismiss = (key: string): void =>
  useNoticeStore.setState(({ notices }) => ({
    notices: notices.filter((notice) => notice.key !== key),
  }));

/** What this screen itself ends needs no notice. */
export const expectEndOf = (dispatchId: string): void =>
  useNoticeStore.setState(({ ownSteps }) => ({ ownSteps: new Set(ownSteps).add(dispatchId) }));

/** An offer that was answered, here or elsewhere, asks no more. */
function dropAnswered(dispatches: ReadonlyMap<string, DispatchView>): void {
  const { notices } = useNoticeStore.getState();
  const left = notices.filter(
    ({ kind, dispatchId }) => kind !== 'offered' || dispatches.get(dispatchId)?.state === 'offered',
  );
  if (left.length < notices.length) useNoticeStore.setState({ notices: left });
}

const mostKept = 5;
const buzzMs = 300;

/** Watches this team's tasks; a new one also buzzes, where the device can. */
export function useNoticeWatch(teamId: string | null): void {
  const seen = useCitySeen();
  useEffect(() => {
    if (teamId === null || !seen) return;
    const world = () => ({
      dispatches: useDispatchStore.getState().byId,
      clusters: useClusters.getState().byId,
    });
    let before = world();
    let due = false;
    const look = () => {
      due = false;
      const after = world();
      const found = noticesOf(teamId, before, after, useNoticeStore.getState().ownSteps);
      before = after;
      dropAnswered(after.dispatches);
      if (found.length === 0) return;
      useNoticeStore.setState(({ notices }) => ({
        notices: [
          ...found,
          ...notices.filter(({ dispatchId }) => !found.some((n) => n.dispatchId === dispatchId)),
        ].slice(0, mostKept),
      }));
      if (found.some(({ kind }) => kind === 'offered')) navigator.vibrate?.(buzzMs);
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
      useNoticeStore.setState({ notices: [] });
    };
  }, [teamId, seen]);
}
