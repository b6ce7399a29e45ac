/**
 * Puts places on the network. What lies nearest may be a yard behind a gate, a tunnel too low for a van or a piece of
 * road that the map joins to nothing: whether a place is well put is tried once, against a few fixed points of the city,
 * so that it is a matter of the place alone and not of what it is asked together with.
 */
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { TravelMode } from '../../shared/roads/schema.ts';
import { costingOf } from './costing.ts';
import { readMatrix, readSpots } from './read-answers.ts';
import { NoWay } from './road-engine.ts';
import type { RoadEngine } from './road-engine.ts';

type Street = 'near' | 'public' | 'off';
export interface Snap {
  street: Street;
  /** where it lies on its street, when that is one spot: the engine need not seek any more */
  spot: Position | null;
}

/** In the engine's words. Public: no service road, as yards and tunnels are. */
const streetOptions: Record<Street, object> = {
  near: {},
  public: { search_filter: { min_road_class: 'residential' } },
  off: {},
};
/** Trying how far each street about leads takes it most of the time of a question; here that was done before. */
const spotOptions = { minimum_reachability: 0, search_cutoff: 1_000, node_snap_tolerance: 1 };

export const locationOf = (
  { lon, lat }: Position,
  { street, spot }: Snap = { street: 'near', spot: null },
) =>
  spot === null
    ? { lon, lat, ...streetOptions[street] }
    : { lon: spot.lon, lat: spot.lat, ...spotOptions, ...streetOptions[street] };

export const anyPublic: Snap = { street: 'public', spot: null };
const anyNear: Snap = { street: 'near', spot: null };

const mostKnown = 50_000;
const locatedAtOnce = 2_000;

export class Snapping {
  private readonly engine: RoadEngine;
  private readonly bounds: Bounds | null;
  private readonly known = new Map<string, Snap>();
  private readonly trying = new Map<string, Promise<void>>();
  private readonly anchors = new Map<TravelMode, Promise<Position[]>>();

  constructor(engine: RoadEngine, bounds: Bounds | null) {
    this.engine = engine;
    this.bounds = bounds;
  }

  /** Undefined as long as it wasn't tried: then the engine's own way. */
  of(mode: TravelMode, place: Position): Snap | undefined {
    return this.known.get(keyOf(mode, place));
  }

  /** Tries the places that it doesn't know. Without the city's bounds it has nothing to try them against. */
  async learn(mode: TravelMode, places: readonly Position[]): Promise<void> {
    if (this.bounds === null) return;
    const unknown = [
      ...new Map(places.map((place) => [keyOf(mode, place), place])).entries(),
    ].filter(([key]) => !this.known.has(key));
    if (unknown.length === 0) return;
    if (this.known.size > mostKnown) this.known.clear();
    const begun = unknown.flatMap(([key]) => this.trying.get(key) ?? []);
    const fresh = unknown.filter(([key]) => !this.trying.has(key));
    const tried = this.tryAll(
      mode,
      this.bounds,
      fresh.map(([, place]) => place),
    );
    for (const [key] of fresh) this.trying.set(key, tried);
    try {
      await Promise.all([tried, ...begun]);
    } finally {
      for (const [key] of fresh) this.trying.delete(key);
    }
  }

  private async tryAll(
    mode: TravelMode,
    bounds: Bounds,
    places: readonly Position[],
  ): Promise<void> {
    if (places.length === 0) return;
    const anchors = await this.anchorsOf(mode, bounds);
    if (anchors.length > 0) await this.try(mode, anchors, places);
  }

  private async try(
    mode: TravelMode,
    anchors: readonly Position[],
    places: readonly Position[],
  ): Promise<void> {
    try {
      const [there, back] = await Promise.all([
        this.ask(mode, anchors, anyPublic, places, anyNear),
        this.ask(mode, places, anyNear, anchors, anyPublic),
      ]);
      const streets = places.map((_, i) => {
        const reached = anchors.filter((_, a) => there[a * places.length + i]! < Infinity);
        const reaches = anchors.filter((_, a) => back[i * anchors.length + a]! < Infinity);
        const good = Math.min(reached.length, reaches.length) * 2 > anchors.length;
        return good ? anyNear : anyPublic;
      });
      const spots = await spotsOf(this.engine, mode, places, streets);
      places.forEach((place, i) =>
        this.known.set(keyOf(mode, place), { ...streets[i]!, spot: spots[i]! }),
      );
    } catch (error) {
      if (!(error instanceof NoWay && error.offMap)) throw error;
      // One place off the map makes the engine refuse all: halve until it is found.
      const half = Math.ceil(places.length / 2);
      if (places.length === 1)
        this.known.set(keyOf(mode, places[0]!), { street: 'off', spot: null });
      else
        for (const part of [places.slice(0, half), places.slice(half)])
          await this.try(mode, anchors, part);
    }
  }

  private anchorsOf(mode: TravelMode, bounds: Bounds): Promise<Position[]> {
    let anchors = this.anchors.get(mode);
    if (!anchors) {
      anchors = this.findAnchors(mode, bounds);
      this.anchors.set(mode, anchors);
      anchors.catch(() => this.anchors.delete(mode));
    }
    return anchors;
  }

  /** Of the middle and four points around it those from which most of the others are reached, and the other way round. */
  private async findAnchors(
    mode: TravelMode,
    [west, south, east, north]: Bounds,
  ): Promise<Position[]> {
    const at = (x: number, y: number): Position => ({
      lon: west + (east - west) * x,
      lat: south + (north - south) * y,
    });
    const points = [at(0.5, 0.5), at(0.3, 0.3), at(0.7, 0.3), at(0.3, 0.7), at(0.7, 0.7)];
    const seconds = await this.ask(mode, points, anyPublic, points, anyPublic);
    const joined = (a: number, b: number): boolean =>
      seconds[a * 5 + b]! < Infinity && seconds[b * 5 + a]! < Infinity;
    const groups = points.map((_, a) => points.filter((__, b) => a === b || joined(a, b)));
    groups.sort((a, b) => b.length - a.length);
    return groups[0]!.slice(0, 3);
  }

  /** In pieces that the engine takes; no way between any of them is no error. */
  private async ask(
    mode: TravelMode,
    from: readonly Position[],
    fromSnap: Snap,
    to: readonly Position[],
    toSnap: Snap,
  ): Promise<Float64Array> {
    const longer = Math.max(from.length, to.length);
    const piece = Math.max(
      1,
      Math.floor(this.engine.pairsAtOnce / Math.min(from.length, to.length)),
    );
    const seconds = new Float64Array(from.length * to.length).fill(Infinity);
    for (let start = 0; start < longer; start += piece) {
      const rows = from.length === longer ? from.slice(start, start + piece) : from;
      const cols = to.length === longer && rows === from ? to.slice(start, start + piece) : to;
      const [rowAt, colAt] = [rows === from ? 0 : start, rows === from ? start : 0];
      const part = await this.askPiece(mode, rows, fromSnap, cols, toSnap);
      rows.forEach((_, r) =>
        cols.forEach((__, c) => {
          seconds[(rowAt + r) * to.length + colAt + c] = part[r * cols.length + c]!;
        }),
      );
    }
    return seconds;
  }

  private async askPiece(
    mode: TravelMode,
    from: readonly Position[],
    fromSnap: Snap,
    to: readonly Position[],
    toSnap: Snap,
  ): Promise<Float64Array> {
    try {
      const answer = await this.engine.ask('matrix', {
        sources: from.map((place) => locationOf(place, fromSnap)),
        targets: to.map((place) => locationOf(place, toSnap)),
        verbose: false,
        ...costingOf(mode, []),
      });
      return readMatrix(answer, from.length, to.length).seconds;
    } catch (error) {
      if (error instanceof NoWay && !error.offMap)
        return new Float64Array(from.length * to.length).fill(Infinity);
      throw error;
    }
  }
}

/** Where the engine puts each place; null where it has several streets for it, or doesn't say. */
async function spotsOf(
  engine: RoadEngine,
  mode: TravelMode,
  places: readonly Position[],
  streets: readonly Snap[],
): Promise<(Position | null)[]> {
  if (!engine.locates) return places.map(() => null);
  const spots: (Position | null)[] = [];
  for (let start = 0; start < places.length; start += locatedAtOnce) {
    const some = places.slice(start, start + locatedAtOnce);
    const answer = await engine.ask('locate', {
      locations: some.map((place, i) => locationOf(place, streets[start + i])),
      verbose: false,
      ...costingOf(mode, []),
    });
    spots.push(...readSpots(answer, some.length));
  }
  return spots;
}

const keyOf = (mode: TravelMode, { lon, lat }: Position): string =>
  `${mode} ${lon.toFixed(6)} ${lat.toFixed(6)}`;
