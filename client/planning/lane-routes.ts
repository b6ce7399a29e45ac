/**
 * The shape of the ways between a plan's stops, asked leg by leg and kept: when a plan is repaired most legs are the ones
 * that were there before. Until a leg has come it is a straight line.
 */
import { create } from 'zustand';
import type { Lane } from '../../shared/planning/schema.ts';
import type { RouteLeg, TravelMode, TravelRoute } from '../../shared/roads/schema.ts';
import { maxStops } from '../../shared/roads/schema.ts';
import type { Position } from '../../shared/geo/position.ts';

interface KnownLeg {
  line: RouteLeg['line'];
  estimated: boolean;
  askedAt: number;
}

/** By mode and both ends. Replaced, never changed, when legs come in. */
export const useLegs = create<{ legs: ReadonlyMap<string, KnownLeg> }>(() => ({
  legs: new Map(),
}));

const keptMs = 15 * 60_000;
const mostKept = 2_000;
const againMs = 30_000;
const atOnce = 2;

/** A team that drives is asked anew only every hundred metres or so: its way hardly changes between. */
const coarse = ({ lon, lat }: Position): Position => ({
  lon: Math.round(lon * 1_000) / 1_000,
  lat: Math.round(lat * 1_000) / 1_000,
});
export const legKey = (mode: TravelMode, from: Position, to: Position): string =>
  `${mode} ${from.lon.toFixed(5)},${from.lat.toFixed(5)} ${to.lon.toFixed(5)},${to.lat.toFixed(5)}`;

/** The points a lane goes through: where its team is, then each stop that is somewhere else. */
export function pointsOf(lane: Lane): Position[] {
  const points = [coarse(lane)];
  for (const stop of lane.stops)
    if (stop.kind !== 'break') points.push({ lon: stop.lon, lat: stop.lat });
  return points;
}

export interface LegRun {
  mode: TravelMode;
  points: Position[];
}

/** Stretches of a lane whose legs are not known, each as short as can be asked at once. */
export function missingRuns(
  lane: Lane,
  mode: TravelMode,
  known: (key: string) => boolean,
): LegRun[] {
  const runs: LegRun[] = [];
  let run: Position[] = [];
  const end = () => {
    if (run.length > 1) runs.push({ mode, points: run });
    run = [];
  };
  const points = pointsOf(lane);
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (!from) continue;
    if (known(legKey(mode, from, to))) {
      end();
      continue;
    }
    if (run.length === 0) run.push(from);
    run.push(to);
    if (run.length >= maxStops) end();
  }
  end();
  return runs;
}

export type AskRoute = (mode: TravelMode, stops: Position[]) => Promise<TravelRoute>;

/** Asks for what is missing, two stretches at a time, those of the first lanes first. */
export function createRouteReader(ask: AskRoute): {
  want: (lanes: readonly Lane[], modeOf: (teamId: string) => TravelMode) => void;
  /** what was closed or opened changes the ways */
  forget: () => void;
  stop: () => void;
} {
  let wanted: LegRun[] = [];
  let running = 0;
  let stopped = false;
  const asking = new Set<string>();
  const failed = new Map<string, number>();

  const keysOf = ({ mode, points }: LegRun) =>
    points.slice(1).map((to, index) => legKey(mode, points[index]!, to));
  const isKnown = (key: string) => {
    const leg = useLegs.getState().legs.get(key);
    if (leg && Date.now() - leg.askedAt < keptMs) return true;
    return asking.has(key) || Date.now() - (failed.get(key) ?? 0) < againMs;
  };
  const keep = (keys: readonly string[], route: TravelRoute) =>
    useLegs.setState(({ legs }) => {
      const next = new Map(legs.size > mostKept ? [] : legs);
      for (const [index, key] of keys.entries()) {
        const leg = route.legs[index];
        if (leg) next.set(key, { line: leg.line, estimated: route.estimated, askedAt: Date.now() });
      }
      return { legs: next };
    });
  const work = async (run: LegRun): Promise<void> => {
    const keys = keysOf(run);
    running++;
    for (const key of keys) asking.add(key);
    try {
      const route = await ask(run.mode, run.points);
      if (!stopped) keep(keys, route);
    } catch {
      // The straight line stays; the next plan asks again.
      for (const key of keys) failed.set(key, Date.now());
    } finally {
      running--;
      for (const key of keys) asking.delete(key);
    }
    next();
  };
  const next = () => {
    const run = running < atOnce && !stopped ? wanted.shift() : undefined;
    if (!run) return;
    void work(run);
    next();
  };
  return {
    want: (lanes, modeOf) => {
      wanted = lanes.flatMap((lane) => missingRuns(lane, modeOf(lane.teamId), isKnown));
      next();
    },
    forget: () => useLegs.setState({ legs: new Map() }),
    stop: () => {
      stopped = true;
      wanted = [];
    },
  };
}
