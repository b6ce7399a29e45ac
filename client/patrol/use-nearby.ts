/** What is owed near this team, in the order of its worth per minute of way; see docs/patrol-order.md. */
import { useMemo } from 'react';
import type { RecheckView } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { everyMinutesOf } from '../../shared/key-points/due.ts';
import type { ColdNight } from '../../shared/key-points/due.ts';
import { orderNearby } from '../../shared/patrols/nearby.ts';
import type { Going, NearbyVisit, OwedVisit } from '../../shared/patrols/nearby.ts';
import { useNow } from '../kernel/clock.ts';
import type { JudgedKeyPoint } from '../key-points/judged.ts';
import type { ColdPlace } from './use-cold-around.ts';

export type NearbyThing = OwedVisit &
  (
    | { kind: 'keyPoint'; judged: JudgedKeyPoint }
    | { kind: 'recheck'; recheck: RecheckView }
    | { kind: 'cell'; cold: ColdPlace }
  );

export interface Owed {
  keyPoints: readonly JudgedKeyPoint[];
  rechecks: readonly RecheckView[];
  cold: readonly ColdPlace[];
}

function thingsOf(owed: Owed, coldNight: ColdNight): NearbyThing[] {
  return [
    ...owed.keyPoints.map((judged) => ({
      kind: 'keyPoint' as const,
      id: judged.keyPoint.id,
      position: judged.keyPoint,
      state: judged.due,
      everyMinutes: everyMinutesOf(judged.keyPoint, coldNight),
      judged,
    })),
    ...owed.rechecks.map((recheck) => ({
      kind: 'recheck' as const,
      id: recheck.id,
      position: recheck,
      dueMs: Date.parse(recheck.dueAt),
      vulnerable: recheck.flags.length > 0,
      recheck,
    })),
    ...owed.cold.map((cold) => {
      const { id, position, score, step } = cold.place;
      return { kind: 'cell' as const, id, position, score, step, cold };
    }),
  ];
}

export function useNearby(
  owed: Owed,
  team: { here: Position | null; going: Going; feltCelsius: number | null; coldNight: ColdNight },
): NearbyVisit<NearbyThing>[] {
  const now = useNow();
  const { keyPoints, rechecks, cold } = owed;
  const { here, going, feltCelsius, coldNight } = team;
  return useMemo(() => {
    const things = thingsOf({ keyPoints, rechecks, cold }, coldNight);
    if (here !== null) return orderNearby(things, { here, going, now, feltCelsius });
    // Without a position every way is the same: worth alone decides.
    const nowhere = { lon: 0, lat: 0 };
    const placeless = things.map((thing) => ({ ...thing, position: nowhere }));
    return orderNearby(placeless, { here: nowhere, going, now, feltCelsius });
  }, [keyPoints, rechecks, cold, here, going, feltCelsius, coldNight, now]);
}
