/** Chooses, city by city, who answers for the roads: the engine on the city's own tiles, a server, or the estimate. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CITY_FILES, cityFileSchema } from '../../shared/basemap/schema.ts';
import type { Bounds } from '../../shared/basemap/schema.ts';
import { circleAround } from '../../shared/geo/circle.ts';
import type { Position } from '../../shared/geo/position.ts';
import { estimateFactors, estimateLeg, estimateMatrix } from '../../shared/roads/estimate.ts';
import { defaultConditions } from '../../shared/roads/schema.ts';
import type {
  Isochrones,
  MatchedTrack,
  RoadConditions,
  Roads,
  TimedPosition,
  TravelMatrix,
  TravelMode,
  TravelRoute,
} from '../../shared/roads/schema.ts';
import type { Log } from '../kernel/log.ts';
import { EngineProcess } from './engine.ts';
import { NoWay } from './road-engine.ts';
import type { RoadEngine } from './road-engine.ts';
import { RoadSource } from './road-source.ts';
import { holdsTiles } from './tiles-file.ts';
import { valhallaServer } from './valhalla-server.ts';

export type { Roads } from '../../shared/roads/schema.ts';

export interface RoadsConfig {
  dataDir: string;
  /** of a Valhalla server for the cities without tiles of their own */
  valhallaUrl: string | undefined;
}

/** New tiles are seen after at most this long. */
const recheckMs = 5_000;
/** After a failure the estimate answers for this long, so that nobody waits for what isn't there. */
const restMs = 10_000;

type Places = readonly Position[];
interface City {
  /** what the tiles are known by; null without */
  tiles: string | null;
  source: RoadSource | null;
  restUntil: number;
  conditions: RoadConditions;
  closures: RoadConditions['closures'][number]['boundary'][];
}

export function openRoads(config: RoadsConfig, log: Log): Roads {
  return new ChosenRoads(config, log);
}

class ChosenRoads implements Roads {
  private readonly config: RoadsConfig;
  private readonly log: Log;
  private readonly engine: EngineProcess;
  private readonly server: RoadEngine | null;
  private readonly cities = new Map<string, City>();
  private readonly listeners = new Set<(cityId: string) => void>();
  private readonly timer: NodeJS.Timeout;

  constructor(config: RoadsConfig, log: Log) {
    this.config = config;
    this.log = log;
    this.engine = new EngineProcess(log);
    this.server = config.valhallaUrl === undefined ? null : valhallaServer(config.valhallaUrl);
    this.timer = setInterval(() => this.look(), recheckMs);
    this.timer.unref();
  }

  async matrix(cityId: string, mode: TravelMode, from: Places, to: Places): Promise<TravelMatrix> {
    const city = this.cityOf(cityId);
    const { closures, conditions } = city;
    const raw = await this.orNull(cityId, city, (source) =>
      source.matrix({ mode, closures }, from, to),
    );
    if (!raw) return this.estimate(cityId, mode, from, to);
    return {
      seconds: raw.seconds.map((seconds) => seconds * conditions.winterFactor),
      meters: raw.meters,
      rows: from.length,
      cols: to.length,
      estimated: false,
    };
  }

  async route(cityId: string, mode: TravelMode, stops: Places): Promise<TravelRoute> {
    const city = this.cityOf(cityId);
    const { closures, conditions } = city;
    const found = await this.orNull(cityId, city, (source) =>
      source.route({ mode, closures }, stops),
    );
    const legs = stops.slice(1).map((to, i) => {
      const leg = found?.[i];
      if (!leg) return estimateLeg(mode, stops[i]!, to, conditions);
      const slow = (seconds: number) => seconds * conditions.winterFactor;
      return {
        ...leg,
        seconds: slow(leg.seconds),
        manoeuvres: leg.manoeuvres.map((step) => ({ ...step, seconds: slow(step.seconds) })),
      };
    });
    return {
      legs,
      seconds: legs.reduce((sum, { seconds }) => sum + seconds, 0),
      meters: legs.reduce((sum, { meters }) => sum + meters, 0),
      estimated: !found || found.includes(null),
    };
  }

  async isochrones(
    cityId: string,
    mode: TravelMode,
    from: Position,
    minutes: readonly number[],
  ): Promise<Isochrones> {
    const city = this.cityOf(cityId);
    const { closures, conditions } = city;
    const wanted = [...new Set(minutes)].sort((a, b) => b - a);
    const asked = wanted.map((minute) => minute / conditions.winterFactor);
    const areas = await this.orNull(cityId, city, (source) =>
      source.areas({ mode, closures }, from, asked),
    );
    const { detour, metersPerSecond } = estimateFactors[mode];
    const features: Isochrones['features'] = wanted.map((minute, i) => {
      const area = areas?.find(({ properties }) => Math.abs(properties.contour - asked[i]!) < 0.01);
      const radius = (asked[i]! * 60 * metersPerSecond) / detour;
      return {
        type: 'Feature',
        properties: { minutes: minute },
        geometry: area?.geometry ?? circleAround(from, radius),
      };
    });
    return { type: 'FeatureCollection', features, estimated: areas === null };
  }

  async match(
    cityId: string,
    mode: TravelMode,
    points: readonly TimedPosition[],
  ): Promise<MatchedTrack> {
    const city = this.cityOf(cityId);
    const { closures } = city;
    const legs =
      points.length < 2
        ? null
        : await this.orNull(cityId, city, (source) => source.match({ mode, closures }, points));
    if (legs)
      return {
        line: legs.flatMap(({ line }, i) => (i === 0 ? line : line.slice(1))),
        meters: legs.reduce((sum, { meters }) => sum + meters, 0),
        estimated: false,
      };
    const straight: RoadConditions = { winterFactor: 1, closures: [] };
    const parts = points
      .slice(1)
      .map(({ position }, i) => estimateLeg(mode, points[i]!.position, position, straight));
    return {
      line: points.map(({ position: { lon, lat } }) => [lon, lat]),
      meters: parts.reduce((sum, { meters }) => sum + meters, 0) / estimateFactors[mode].detour,
      estimated: true,
    };
  }

  estimate(cityId: string, mode: TravelMode, from: Places, to: Places): TravelMatrix {
    return estimateMatrix(mode, from, to, this.cityOf(cityId).conditions);
  }

  isEstimated(cityId: string): boolean {
    const { source, restUntil } = this.cityOf(cityId);
    return source === null || Date.now() < restUntil;
  }

  setConditions(cityId: string, conditions: RoadConditions): void {
    const city = this.cityOf(cityId);
    const said = JSON.stringify(conditions.closures);
    if (said !== JSON.stringify(city.conditions.closures))
      city.closures = conditions.closures.map(({ boundary }) => boundary);
    else if (conditions.winterFactor === city.conditions.winterFactor) return;
    city.conditions = conditions;
    this.tell(cityId);
  }

  onChange(listener: (cityId: string) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.listeners.clear();
    await this.engine.close();
  }

  private tell(cityId: string): void {
    for (const listener of this.listeners) listener(cityId);
  }

  private cityOf(cityId: string): City {
    let city = this.cities.get(cityId);
    if (!city) {
      const tiles = this.tilesOf(cityId);
      city = {
        tiles,
        source: this.sourceOf(cityId, tiles),
        restUntil: 0,
        conditions: defaultConditions,
        closures: [],
      };
      this.cities.set(cityId, city);
    }
    return city;
  }

  /** The file with its time and size: other content is another name to the engine. */
  private tilesOf(cityId: string): string | null {
    const file = path.join(this.config.dataDir, 'cities', cityId, CITY_FILES.roads);
    const found = statSync(file, { throwIfNoEntry: false });
    return found ? `${file}?${found.mtimeMs}-${found.size}` : null;
  }

  private sourceOf(cityId: string, tiles: string | null): RoadSource | null {
    const engine =
      tiles !== null && this.isWhole(cityId, tiles) ? this.engine.on(tiles) : this.server;
    return engine && new RoadSource(engine, this.boundsOf(cityId));
  }

  private isWhole(cityId: string, tiles: string): boolean {
    try {
      if (holdsTiles(tiles.replace(/\?[^?]*$/, ''))) return true;
    } catch {
      // Gone again, or not ours to read.
    }
    this.log('warn', 'the roads are broken: import the city again; travel times are estimates', {
      cityId,
    });
    return false;
  }

  private boundsOf(cityId: string): Bounds | null {
    const file = path.join(this.config.dataDir, 'cities', cityId, CITY_FILES.city);
    try {
      return cityFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).bounds;
    } catch {
      return null;
    }
  }

  /** Whether roads have come, changed or gone since the last look. */
  private look(): void {
    for (const [cityId, city] of this.cities) {
      const tiles = this.tilesOf(cityId);
      if (tiles === city.tiles) continue;
      Object.assign(city, { tiles, source: this.sourceOf(cityId, tiles), restUntil: 0 });
      this.log('info', tiles === null ? 'the roads are gone' : 'the roads are here', { cityId });
      this.tell(cityId);
    }
  }

  private async orNull<T>(
    cityId: string,
    city: City,
    ask: (source: RoadSource) => Promise<T>,
  ): Promise<T | null> {
    const { source } = city;
    if (!source || Date.now() < city.restUntil) return null;
    try {
      return await ask(source);
    } catch (error) {
      if (error instanceof NoWay) return null;
      if (Date.now() >= city.restUntil)
        this.log('warn', 'the roads do not answer: travel times are estimates for now', {
          cityId,
          error,
        });
      city.restUntil = Date.now() + restMs;
      return null;
    }
  }
}
