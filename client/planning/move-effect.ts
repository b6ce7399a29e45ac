/** What would come of a move, asked while it is only thought of; every answer is kept as long as its plan holds. */
import { useEffect, useState } from 'react';
import type { JobId, MoveEffect } from '../../shared/planning/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { usePlan } from './store.ts';

export interface Placing {
  jobId: JobId;
  teamId: string;
  beforeJobId: JobId | null;
}

const waitMs = 150;
let known: { revision: number; answers: Map<string, Promise<MoveEffect>> } = {
  revision: -1,
  answers: new Map(),
};

const keyOf = ({ jobId, teamId, beforeJobId }: Placing) =>
  `${jobId} ${teamId} ${beforeJobId ?? ''}`;

/** Also right after it was asked for on screen: the same answer. */
export function askEffect(placing: Placing, revision: number): Promise<MoveEffect> {
  if (known.revision !== revision) known = { revision, answers: new Map() };
  const { answers } = known;
  const key = keyOf(placing);
  const before = answers.get(key);
  if (before) return before;
  const answer = api.planning.tryMove.query(placing);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}

export interface ShownEffect {
  effect: MoveEffect | null;
  fault: Fault | null;
}

const unknown: ShownEffect = { effect: null, fault: null };

/** Null `placing`: nothing is being moved. */
export function useMoveEffect(placing: Placing | null): ShownEffect {
  const revision = usePlan((store) => store.plan?.revision ?? -1);
  const key = placing === null ? null : `${revision} ${keyOf(placing)}`;
  const [shown, setShown] = useState<ShownEffect & { key: string | null }>({
    ...unknown,
    key: null,
  });
  useEffect(() => {
    if (placing === null || key === null) return;
    let gone = false;
    const timer = setTimeout(() => {
      askEffect(placing, revision).then(
        (effect) => !gone && setShown({ key, effect, fault: null }),
        (error: unknown) => !gone && setShown({ key, effect: null, fault: faultOf(error) }),
      );
    }, waitMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the key says all of it
  }, [key]);
  return key !== null && shown.key === key ? shown : unknown;
}
