/** What each vehicle should take before its shift; the formula stands in docs/supplies.md. */
import type { Position } from '../geo/position.ts';
import type { TravelMode } from '../roads/schema.ts';
import type { ResponseLevel } from '../response/schema.ts';
import type { Pieces, StandingStore } from './forecast.ts';
import type { LoadingList, Store, SupplyItem } from './schema.ts';
import { storeKey } from './store-key.ts';
import { usualItems, usualPerPerson } from './usual.ts';

export interface LoadingTeam {
  id: string;
  at: Position | null;
  mode: TravelMode;
  shiftHours: number;
  aboard: Pieces;
}
export interface LoadingNeeds {
  level: ResponseLevel | null;
  /** people per team and hour who will be given something */
  peoplePerHour: number;
  teams: readonly LoadingTeam[];
  stores: readonly StandingStore[];
  way: (mode: TravelMode, from: Position, to: Position) => number;
}

/**
 * A list per team. From all stores together no more is planned than lies there; where there is too little of
 * something for all, everybody gets the same part of what is wanting, and the largest rest first.
 */
export function listLoads(needs: LoadingNeeds): LoadingList[] {
  const left = new Map(
    needs.stores.map(({ store, holds }) => [storeKey(store), { ...holds }] as const),
  );
  const rows = new Map<string, LoadingList['items']>(needs.teams.map(({ id }) => [id, []]));
  for (const item of usualItems) {
    const wanted = needs.teams.map(({ shiftHours }) =>
      Math.ceil(needs.peoplePerHour * shiftHours * usualPerPerson(item, needs.level)),
    );
    const wanting = needs.teams.map(({ aboard }, i) =>
      Math.max(0, wanted[i]! - (aboard[item] ?? 0)),
    );
    const shares = shareOut(wanting, stockOf(needs.stores, item));
    needs.teams.forEach((team, i) => {
      const { from, load } = takeFrom(needs, left, { team, item, share: shares[i]! });
      const aboard = team.aboard[item] ?? 0;
      rows.get(team.id)!.push({ item, aboard, wanted: wanted[i]!, load, from });
    });
  }
  return needs.teams.map(({ id }) => ({ teamId: id, items: rows.get(id)! }));
}

const stockOf = (stores: readonly StandingStore[], item: SupplyItem): number =>
  stores.reduce((sum, { holds }) => sum + (holds[item] ?? 0), 0);

/** Whole parts of `there` in proportion to what each wants; all of it where there is enough. */
export function shareOut(wanting: readonly number[], there: number): number[] {
  const sum = wanting.reduce((a, b) => a + b, 0);
  if (sum <= there) return [...wanting];
  const exact = wanting.map((wants) => (wants * there) / sum);
  const shares = exact.map(Math.floor);
  const byRest = exact
    .map((part, i) => ({ i, rest: part - shares[i]! }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  let rest = there - shares.reduce((a, b) => a + b, 0);
  for (const { i } of byRest) {
    if (rest === 0) break;
    shares[i]! += 1;
    rest -= 1;
  }
  return shares;
}

/** All of it from one place: the nearest that has it, or the one that has most. */
function takeFrom(
  { stores, way }: LoadingNeeds,
  left: Map<string, Pieces>,
  { team, item, share }: { team: LoadingTeam; item: SupplyItem; share: number },
): { from: Store | null; load: number } {
  if (share === 0) return { from: null, load: 0 };
  const { at, mode } = team;
  const offers = stores
    .map(({ store, at: place }) => ({
      store,
      holds: left.get(storeKey(store))?.[item] ?? 0,
      seconds: at === null ? 0 : way(mode, at, place),
    }))
    .filter(({ holds }) => holds > 0)
    .sort(
      (a, b) =>
        Math.min(b.holds, share) - Math.min(a.holds, share) ||
        a.seconds - b.seconds ||
        (storeKey(a.store) < storeKey(b.store) ? -1 : 1),
    );
  const [best] = offers;
  if (!best) return { from: null, load: 0 };
  const load = Math.min(best.holds, share);
  left.get(storeKey(best.store))![item] = best.holds - load;
  return { from: best.store, load };
}
