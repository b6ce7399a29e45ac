/** When each vehicle will have run out tonight, and who can help; the formulas stand in docs/supplies.md. */
import type { Position } from '../geo/position.ts';
import type { TravelMode } from '../roads/schema.ts';
import type { ResponseLevel } from '../response/schema.ts';
import { meetingPoint } from './meeting-point.ts';
import type { Meeting } from './meeting-point.ts';
import type { Store, SupplyForecast, SupplyItem } from './schema.ts';
import { storeKey } from './store-key.ts';
import { cityRate, teamRate, usualItems } from './usual.ts';

export type Pieces = Partial<Record<SupplyItem, number>>;
export interface TeamTonight {
  id: string;
  /** null = nobody knows */
  at: Position | null;
  mode: TravelMode;
  /** how long it has been out */
  hoursOut: number;
  /** milliseconds since 1970; null = nobody said */
  shiftEndsAt: number | null;
  aboard: Pieces;
  given: Pieces;
}
export interface StandingStore {
  store: Store;
  at: Position;
  holds: Pieces;
}
export interface Tonight {
  now: number;
  level: ResponseLevel | null;
  /** on duty */
  teams: readonly TeamTonight[];
  /** depots and stations */
  stores: readonly StandingStore[];
  /** seconds, by road or by estimate */
  way: (mode: TravelMode, from: Position, to: Position) => number;
}

const hourMs = 3_600_000;
/** Where nobody said when a shift ends. */
export const usualShiftHours = 8;
/** Fewer pieces than this are expected to be asked for: less than a chance in four or five that anybody does. */
const worthSaying = 0.25;

interface Outlook {
  team: TeamTonight;
  items: SupplyForecast['items'];
  /** pieces that will be wanting before the shift ends */
  wanting: Map<SupplyItem, number>;
  /** pieces that could go to others */
  spare: Map<SupplyItem, number>;
}

function meanRates({ teams, level }: Tonight): Map<SupplyItem, number> {
  const hours = teams.reduce((sum, { hoursOut }) => sum + hoursOut, 0);
  return new Map(
    usualItems.map((item) => {
      const count = teams.reduce((sum, { given }) => sum + (given[item] ?? 0), 0);
      return [item, cityRate({ count, hours }, item, level)];
    }),
  );
}

function outlookOf(team: TeamTonight, now: number, means: Map<SupplyItem, number>): Outlook {
  const endsAt = team.shiftEndsAt ?? now + usualShiftHours * hourMs;
  const hoursLeft = Math.max(0, (endsAt - now) / hourMs);
  const wanting = new Map<SupplyItem, number>();
  const spare = new Map<SupplyItem, number>();
  const items = usualItems.map((item) => {
    const aboard = team.aboard[item] ?? 0;
    const given = { count: team.given[item] ?? 0, hours: team.hoursOut };
    const perHour = teamRate(given, means.get(item) ?? 0);
    const expected = perHour * hoursLeft;
    const runsOut = expected > aboard && expected >= worthSaying;
    if (runsOut) wanting.set(item, Math.ceil(expected - aboard));
    const rest = Math.floor(aboard - expected);
    if (rest > 0) spare.set(item, rest);
    const runsOutAt = runsOut ? new Date(now + (aboard / perHour) * hourMs).toISOString() : null;
    return { item, aboard, perHour, runsOutAt };
  });
  return { team, items, wanting, spare };
}

interface Source {
  store: Store;
  holds: Map<SupplyItem, number>;
  meet: (team: TeamTonight & { at: Position }) => Meeting;
}

function sourcesOf(tonight: Tonight, outlooks: readonly Outlook[]): Source[] {
  const { way } = tonight;
  const standing = tonight.stores.map(({ store, at, holds }) => ({
    store,
    holds: new Map(usualItems.map((item) => [item, holds[item] ?? 0])),
    meet: (team: TeamTonight & { at: Position }) => ({
      at,
      seconds: way(team.mode, team.at, at),
    }),
  }));
  const driving = outlooks.flatMap(({ team: other, spare }) => {
    const { at, mode } = other;
    if (at === null || spare.size === 0) return [];
    return {
      store: { kind: 'team' as const, id: other.id },
      holds: spare,
      meet: (team: TeamTonight & { at: Position }) =>
        meetingPoint(
          team.at,
          (a, b) => way(team.mode, a, b),
          at,
          (a, b) => way(mode, a, b),
        ),
    };
  });
  return [...standing, ...driving];
}

/**
 * From where a vehicle gets most of what it will be wanting, soonest; what is promised to one is not promised again.
 */
function findTransfer(
  { team, wanting }: Outlook,
  sources: readonly Source[],
): SupplyForecast['transfer'] {
  const { at } = team;
  if (at === null || wanting.size === 0) return null;
  const offers = sources.flatMap((source) => {
    if (source.store.kind === 'team' && source.store.id === team.id) return [];
    const items = [...wanting].flatMap(([item, missing]) => {
      const quantity = Math.min(missing, source.holds.get(item) ?? 0);
      return quantity > 0 ? [{ item, quantity }] : [];
    });
    const { at: meetAt, seconds } = source.meet({ ...team, at });
    const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
    return pieces > 0 && Number.isFinite(seconds)
      ? [{ source, items, meetAt, seconds, pieces }]
      : [];
  });
  const [best] = offers.sort(
    (a, b) =>
      b.pieces - a.pieces ||
      a.seconds - b.seconds ||
      (storeKey(a.source.store) < storeKey(b.source.store) ? -1 : 1),
  );
  if (!best) return null;
  for (const { item, quantity } of best.items)
    best.source.holds.set(item, best.source.holds.get(item)! - quantity);
  const { items, meetAt, seconds } = best;
  return { from: best.source.store, items, meetAt, minutes: Math.ceil(seconds / 60) };
}

/** One forecast per team on duty; who runs out first is helped first. */
export function forecastSupplies(tonight: Tonight): SupplyForecast[] {
  const means = meanRates(tonight);
  const outlooks = tonight.teams.map((team) => outlookOf(team, tonight.now, means));
  const sources = sourcesOf(tonight, outlooks);
  const firstEnd = ({ items }: Outlook) =>
    items.reduce((first, { runsOutAt }) => ((runsOutAt ?? '9') < first ? runsOutAt! : first), '9');
  return outlooks
    .toSorted(
      (a, b) =>
        (firstEnd(a) < firstEnd(b) ? -1 : firstEnd(a) > firstEnd(b) ? 1 : 0) ||
        (a.team.id < b.team.id ? -1 : 1),
    )
    .map((outlook) => ({
      teamId: outlook.team.id,
      items: outlook.items,
      transfer: findTransfer(outlook, sources),
    }));
}
