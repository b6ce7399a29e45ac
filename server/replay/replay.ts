/** The replay itself: each record is sent when its time has come, seen at the moment of sending. */
import { setMaxListeners } from 'node:events';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import type { Candidate } from './read-row.ts';
import type { Sent } from './sender.ts';

export interface ReplayPlan {
  candidates: readonly Candidate[];
  /** seconds from the start, ascending */
  due: Float64Array;
  parallel: number;
  accuracyMeters: number;
  signal: AbortSignal;
  send(draft: SightingDraft): Promise<Sent>;
  onSent(candidate: Candidate, sent: Sent): void;
}

/** Resolves when all were answered, or when it was stopped and what was under way is answered. */
export async function runReplay(plan: ReplayPlan): Promise<void> {
  const { candidates, due, signal } = plan;
  setMaxListeners(0, signal);
  const began = performance.now();
  let next = 0;
  const hand = async (): Promise<void> => {
    while (!signal.aborted && next < candidates.length) {
      const index = next++;
      const candidate = candidates[index]!;
      const waitMs = due[index]! * 1000 - (performance.now() - began);
      if (waitMs > 0 && !(await sleep(waitMs, signal))) return;
      plan.onSent(candidate, await plan.send(draftOf(candidate, plan.accuracyMeters)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(plan.parallel, candidates.length) }, hand));
}

/** false when it was stopped meanwhile */
async function sleep(ms: number, signal: AbortSignal): Promise<boolean> {
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, Math.min(ms, 2 ** 31 - 1));
    signal.addEventListener('abort', finish);
  });
  return !signal.aborted;
}

export const draftOf = (
  { id, position, headcount, note }: Candidate,
  accuracyMeters: number,
): SightingDraft => ({
  id,
  position,
  system: 'wgs84',
  accuracyMeters,
  positionSource: 'address',
  addressText: '',
  seenAt: new Date().toISOString(),
  headcount,
  flags: [],
  needs: [],
  note,
  contactPhone: '',
});
