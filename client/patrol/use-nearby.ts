/** What is owed near this team, in the order of its worth per minute of way; see docs/patrol-order.md. */
import { cellToLatLng } from 'h3-js';
import { useMemo } from 'react';
import type { RecheckView } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { everyMinutesOf } from '../../shared/key-points/due.ts';
import { orderNearby } from '../../shared/patrols/nearby.ts';
import type { Going, NearbyVisit, OwedVisit } from '../../shared/patrols/nearby.ts';
import { useNow } from '../kernel/clock.ts';
import type { JudgedKeyPoint } from '../key-points/judged.ts';
import type { DebtCell } from '../zones/cell-layer.tsx';

export type NearbyThing = OwedVisit &
  (
    | { kind: 'keyPoint'; judged: JudgedKeyPoint }
    | { kind: 'recheck'; recheck: RecheckView }
    | { kind: 'cell'; debt: DebtCell }
  );

export interface Owed {
  keyPoints: readonly JudgedKeyPoint[];
  rechecks: readonly RecheckView[];
  debts: readonly DebtCell[];
}

function thingsOf(owed: Owed, coldNight: boolean): NearbyThing[] {
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
    ...owed.debts.map((debt) => {
      const [lat, lon] = cellToLatLng(debt.cell);
      const { cell: id, score, step } = debt;
      return { kind: 'cell' as const, id, position: { lon, lat }, score, step, debt };
    }),
  ];
}

export function useNearby(
  owed: Owed,
  team: { here: Position | null; going: Going; feltCelsius: number | null; coldNight: boolean },
): NearbyVisit<NearbyThing>[] {
  const now = useNow();
  const { keyPoints, rechecks, debts } = owed;
  const { here, going, feltCelsius, coldNight } = team;
  return useMemo(() => {
    const things = thingsOf({ keyPoints, rechecks, debts }, coldNight);
    if (here !== null) return orderNearby(things, { here, going, now, feltCelsius });
    // Without a position every way is the same: worth alone decides.
    const nowhere = { lon: 0, lat: 0 };
    const placeless = things.map((thing) => ({ ...thing, position: nowhere }));
    return orderNearby(placeless, { here: nowhere, going, now, feltCelsius });
  }, [keyPoints, rechecks, debts, here, going, feltCelsius, coldNight, now]);
}
