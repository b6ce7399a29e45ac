/** Matrices, ways, areas and matches of one city from an engine that speaks Valhalla's words; times without the winter. */
import { createHash } from 'node:crypto';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { Polygon, Position } from '../../shared/geo/position.ts';
import type { RouteLeg, TimedPosition, TravelMode } from '../../shared/roads/schema.ts';
import { askTile } from './ask-tile.ts';
import { besideClosures } from './beside-closures.ts';
import { costingOf } from './costing.ts';
import { MatrixCache } from './matrix-cache.ts';
import { endless, inParts } from './matrix-parts.ts';
import { readAreas, readLegs, readMatrix } from './read-answers.ts';
import type { RawMatrix } from './read-answers.ts';
import { NoWay } from './road-engine.ts';
import type { RoadEngine } from './road-engine.ts';
import { anyPublic, locationOf, Snapping } from './snapping.ts';
import type { Snap } from './snapping.ts';
import { tilesOf } from './tiling.ts';

type Places = readonly Position[];
interface Ask {
  mode: TravelMode;
  closures: readonly Polygon[];
}

/** Fixes more than this are thinned out: what the engine takes of one track. */
const mostFixes = 10_000;
/** Where the search itself is this small a part, it pays to ask apart for those whose street is to be sought. */
const apartFrom = 8;

export class RoadSource {
  private readonly engine: RoadEngine;
  private readonly cache = new MatrixCache();
  private cachedFor: readonly Polygon[] | null = null;
  private readonly snapping: Snapping;

  /** @param bounds of the city, to try places against; null: they are taken as the engine puts them */
  constructor(engine: RoadEngine, bounds: Bounds | null) {
    this.engine = engine;
    this.snapping = new Snapping(engine, bounds);
  }

  /** @throws Error when the engine gives no answer, or knows none of the places */
  async matrix(ask: Ask, from: Places, to: Places): Promise<RawMatrix> {
    await this.snapping.learn(ask.mode, [...from, ...to]);
    if (this.cachedFor !== ask.closures) this.cache.clear();
    this.cachedFor = ask.closures;
    const result = endless(from.length * to.length);
    const tiles = tilesOf(from.length, to.length, this.engine.pairsAtOnce);
    await Promise.all(
      tiles.map(async ({ rowFrom, rowTo, colFrom, colTo }) => {
        const [rows, cols] = [from.slice(rowFrom, rowTo), to.slice(colFrom, colTo)];
        const tile = await this.cached(ask, rows, cols);
        for (let row = 0; row < rows.length; row++) {
          const [start, end] = [row * cols.length, (row + 1) * cols.length];
          const at = (rowFrom + row) * to.length + colFrom;
          result.seconds.set(tile.seconds.subarray(start, end), at);
          result.meters.set(tile.meters.subarray(start, end), at);
        }
      }),
    );
    return result;
  }

  /** The legs between neighbouring stops; null where there is no way. */
  async route(ask: Ask, stops: Places): Promise<(RouteLeg | null)[]> {
    await this.snapping.learn(ask.mode, stops);
    try {
      return await this.legs(ask, stops);
    } catch (error) {
      if (!(error instanceof NoWay)) throw error;
    }
    const legs: (RouteLeg | null)[] = [];
    for (let i = 1; i < stops.length; i++)
      legs.push(
        await this.legs(ask, stops.slice(i - 1, i + 1)).then(
          ([leg]) => leg!,
          (error: unknown) => {
            if (error instanceof NoWay) return null;
            throw error;
          },
        ),
      );
    return legs;
  }

  /** One feature per number of minutes, which may be a fraction. */
  async areas({ mode, closures }: Ask, from: Position, minutes: readonly number[]) {
    await this.snapping.learn(mode, [from]);
    return readAreas(
      await this.engine.ask('isochrone', {
        locations: [locationOf(from, this.snapOf({ mode, closures }, from))],
        contours: minutes.map((time) => ({ time })),
        polygons: true,
        generalize: 20,
        ...costingOf(mode, closures),
      }),
    );
  }

  async match({ mode }: Ask, points: readonly TimedPosition[]): Promise<RouteLeg[]> {
    const every = Math.ceil(points.length / mostFixes);
    const shape = points
      .filter((_, i) => i % every === 0 || i === points.length - 1)
      .map(({ position: { lon, lat }, at }) => ({ lon, lat, time: Date.parse(at) / 1000 }));
    // Who was there was there: a closure is no reason to say they went another way.
    return readLegs(
      await this.engine.ask('traceRoute', {
        shape,
        shape_match: 'map_snap',
        directions_type: 'maneuvers',
        ...costingOf(mode, []),
      }),
    );
  }

  private async legs({ mode, closures }: Ask, stops: Places): Promise<RouteLeg[]> {
    const legs = readLegs(
      await this.engine.ask('route', {
        locations: stops.map((stop) => locationOf(stop, this.snapOf({ mode, closures }, stop))),
        directions_type: 'maneuvers',
        ...costingOf(mode, closures),
      }),
    );
    if (legs.length !== stops.length - 1) throw new Error('a route of other stops');
    return legs;
  }

  private snapOf({ mode, closures }: Ask, place: Position): Snap | undefined {
    const snap = this.snapping.of(mode, place);
    return snap?.spot && besideClosures(closures)(place) ? { ...snap, spot: null } : snap;
  }

  private async cached(ask: Ask, from: Places, to: Places): Promise<RawMatrix> {
    const key = createHash('sha1')
      .update(JSON.stringify([ask.mode, from, to]))
      .digest('base64');
    const known = this.cache.get(key);
    if (known) return known;
    const fresh = await this.tile(ask, from, to);
    if (this.cachedFor === ask.closures) this.cache.set(key, fresh);
    return fresh;
  }

  /** Places off the map have no way to anywhere; the others are asked for without them. */
  private async tile(ask: Ask, from: Places, to: Places): Promise<RawMatrix> {
    const isOn = (place: Position) => this.snapping.of(ask.mode, place)?.street !== 'off';
    const [on, onTo] = [from.filter(isOn), to.filter(isOn)];
    if (on.length === 0 || onTo.length === 0) throw new NoWay('no place is on the map', true);
    const found = await askTile((a, b, isPublic) => this.plain(ask, a, b, isPublic), on, onTo);
    if (on.length === from.length && onTo.length === to.length) return found;
    const result = endless(from.length * to.length);
    let there = 0;
    from.forEach((a, row) => {
      if (!isOn(a)) return;
      to.forEach((b, col) => {
        if (!isOn(b)) return;
        result.seconds[row * to.length + col] = found.seconds[there]!;
        result.meters[row * to.length + col] = found.meters[there]!;
        there += 1;
      });
    });
    return result;
  }

  /**
   * With more rows than columns the engine searches backwards, and ends when a place beside a closure is among both:
   * those that are get a question of their own, which it answers forwards.
   */
  private async plain(ask: Ask, from: Places, to: Places, isPublic: boolean): Promise<RawMatrix> {
    const question = (a: Places, b: Places) => this.question(ask, a, b, isPublic);
    if (from.length <= to.length) return this.apart(ask, from, to, isPublic);
    const targets = new Set(to.map(keyOf));
    const [both, rest]: [number[], number[]] = [[], []];
    from.forEach((place, row) => (targets.has(keyOf(place)) ? both : rest).push(row));
    if (both.length === 0) return this.apart(ask, from, to, isPublic);
    const parts = [rest];
    for (let i = 0; i < both.length; i += to.length) parts.push(both.slice(i, i + to.length));
    return inParts(from, to, 'rows', parts, question);
  }

  /** A place whose street is to be sought makes the engine try the streets about all places of its question. */
  private async apart(ask: Ask, from: Places, to: Places, isPublic: boolean): Promise<RawMatrix> {
    const question = (a: Places, b: Places) => this.question(ask, a, b, isPublic);
    const side = from.length > to.length ? 'rows' : 'columns';
    const [long, short] = side === 'rows' ? [from, to] : [to, from];
    if (isPublic || long.length < apartFrom * short.length) return question(from, to);
    const [put, sought]: [number[], number[]] = [[], []];
    long.forEach((place, i) => (this.snapOf(ask, place)?.spot ? put : sought).push(i));
    if (Math.min(put.length, sought.length) <= short.length) return question(from, to);
    return inParts(from, to, side, [put, sought], question);
  }

  private async question(
    { mode, closures }: Ask,
    from: Places,
    to: Places,
    isPublic: boolean,
  ): Promise<RawMatrix> {
    const location = (place: Position) =>
      locationOf(place, isPublic ? anyPublic : this.snapOf({ mode, closures }, place));
    try {
      const answer = await this.engine.ask('matrix', {
        sources: from.map(location),
        targets: to.map(location),
        verbose: false,
        ...costingOf(mode, closures),
      });
      const found = readMatrix(answer, from.length, to.length);
      if (from.length > to.length) takeBackNothing(found, from, to);
      return found;
    } catch (error) {
      // Said only when there is none between any two of them.
      if (error instanceof NoWay && !error.offMap) return endless(from.length * to.length);
      throw error;
    }
  }
}

/** Searching backwards it writes nothing at all, in no time, where a closure leaves no way: that is to be asked again. */
function takeBackNothing({ seconds, meters }: RawMatrix, from: Places, to: Places): void {
  seconds.forEach((value, at) => {
    if (value > 0 || meters[at]! > 0) return;
    const [a, b] = [from[Math.floor(at / to.length)]!, to[at % to.length]!];
    if (keyOf(a) === keyOf(b)) return;
    seconds[at] = Infinity;
    meters[at] = Infinity;
  });
}

const keyOf = ({ lon, lat }: Position): string => `${lon} ${lat}`;
