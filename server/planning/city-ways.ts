/** The travel times of one city's plan, kept warm: which place sits where in the tables of each mode. */
import type { Position } from '../../shared/geo/position.ts';
import type { Night, TravelGrid } from '../../shared/planning/night.ts';
import type { Roads, TravelMode } from '../../shared/roads/schema.ts';
import { TravelTable } from '../roads/travel-table.ts';

export interface NightPlace {
  /** the same thing at its place keeps its seat */
  key: string;
  position: Position;
  /** a team's place is asked for in its own mode alone; null = in all */
  mode: TravelMode | null;
}

/** A team that has moved less is still where it was: half a minute of driving. */
const keptWithinMeters = 100;
/** The same while something else has changed: a new place for each moving team would itself be a change. */
const keptInHasteMeters = 1_000;
const metersPerDegree = 111_320;

interface Seat {
  index: number;
  position: Position;
}
interface ModeTable {
  table: TravelTable;
  seats: Map<string, Seat>;
}

export class CityWays {
  private readonly roads: Roads;
  private readonly cityId: string;
  private readonly onBetter: () => void;
  private readonly tables = new Map<TravelMode, ModeTable>();

  /** @param onBetter called when estimates were replaced by roads, or the roads have changed */
  constructor(roads: Roads, cityId: string, onBetter: () => void) {
    this.roads = roads;
    this.cityId = cityId;
    this.onBetter = onBetter;
  }

  /**
   * Tables for these modes hold exactly these places from now on.
   * @param haste teams that have moved a little keep their places
   */
  seat(places: readonly NightPlace[], modes: ReadonlySet<TravelMode>, haste: boolean): void {
    for (const [mode, { table }] of this.tables) {
      if (modes.has(mode)) continue;
      table.close();
      this.tables.delete(mode);
    }
    const within = haste ? keptInHasteMeters : keptWithinMeters;
    for (const mode of modes) this.seatIn(mode, places, within);
  }

  /** Row and column of a grid are the numbers of `places`; places of another mode have no way. */
  grids(places: readonly NightPlace[]): Night['travel'] {
    const travel: Night['travel'] = {};
    for (const [mode, { table, seats }] of this.tables) travel[mode] = gridOf(table, seats, places);
    return travel;
  }

  /** When the roads have said what they can of all places. */
  async ready(): Promise<void> {
    await Promise.all([...this.tables.values()].map(({ table }) => table.ready()));
  }

  close(): void {
    for (const { table } of this.tables.values()) table.close();
    this.tables.clear();
  }

  private seatIn(mode: TravelMode, places: readonly NightPlace[], within: number): void {
    let known = this.tables.get(mode);
    if (!known) {
      known = { table: new TravelTable(this.roads, this.cityId, mode), seats: new Map() };
      known.table.onUpdate(this.onBetter);
      this.tables.set(mode, known);
    }
    const { table, seats } = known;
    const wanted = new Map(
      places.filter((place) => place.mode === null || place.mode === mode).map((p) => [p.key, p]),
    );
    for (const [key, seat] of seats) {
      const place = wanted.get(key);
      if (place && isNear(place.position, seat.position, within)) continue;
      table.drop(seat.index);
      seats.delete(key);
    }
    const added = [...wanted.values()].filter(({ key }) => !seats.has(key));
    if (added.length === 0) return;
    const indices = table.add(added.map(({ position }) => position));
    added.forEach(({ key, position }, i) => seats.set(key, { index: indices[i]!, position }));
  }
}

function gridOf(
  table: TravelTable,
  seats: ReadonlyMap<string, Seat>,
  places: readonly NightPlace[],
): TravelGrid {
  const size = places.length;
  const seconds = new Float64Array(size * size).fill(Infinity);
  const meters = new Float64Array(size * size).fill(Infinity);
  const estimated = new Uint8Array(size * size);
  const indices = places.map(({ key }) => seats.get(key)?.index ?? -1);
  for (let row = 0; row < size; row++) {
    const from = indices[row]!;
    if (from < 0) continue;
    for (let col = 0; col < size; col++) {
      const to = indices[col]!;
      if (to < 0) continue;
      const at = row * size + col;
      seconds[at] = table.seconds(from, to);
      meters[at] = table.meters(from, to);
      estimated[at] = table.isEstimate(from, to) ? 1 : 0;
    }
  }
  return { size, seconds, meters, estimated };
}

function isNear(a: Position, b: Position, within: number): boolean {
  const north = (a.lat - b.lat) * metersPerDegree;
  const east = (a.lon - b.lon) * metersPerDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(north, east) <= within;
}
