import { useMemo } from 'react';
import { stateOf } from '../../shared/key-points/due.ts';
import type { ColdNight, KeyPointState } from '../../shared/key-points/due.ts';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { useNow } from '../kernel/clock.ts';

export interface JudgedKeyPoint {
  keyPoint: KeyPointView;
  due: KeyPointState;
}

const judged = new WeakMap<KeyPointView, JudgedKeyPoint>();

/** How each key point stands by now; one whose state hasn't changed keeps its object, and so its picture on the map. */
export function useJudgedKeyPoints(
  keyPoints: readonly KeyPointView[],
  coldNight: ColdNight,
): JudgedKeyPoint[] {
  const { city } = useCity();
  const now = useNow();
  const timeZone = city?.timeZone ?? 'Asia/Shanghai';
  return useMemo(
    () =>
      keyPoints
        .filter(({ removed }) => !removed)
        .map((keyPoint) => {
          const due = stateOf(keyPoint, now, coldNight, timeZone);
          const before = judged.get(keyPoint);
          if (before && saysTheSame(before.due, due)) return before;
          const next = { keyPoint, due };
          judged.set(keyPoint, next);
          return next;
        }),
    [keyPoints, coldNight, now, timeZone],
  );
}

const saysTheSame = (a: KeyPointState, b: KeyPointState): boolean =>
  a.state === b.state && a.dueAt === b.dueAt && a.overdueMinutes === b.overdueMinutes;

export const isOwed = ({ due }: JudgedKeyPoint): boolean =>
  due.state === 'due' || due.state === 'overdue';
