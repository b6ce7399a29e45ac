/** Keeps the tasks' plans and the way to the current one up to date: asks when something changed, and each minute. */
import { useEffect, useRef, useState } from 'react';
import { distanceMeters } from '../../shared/geo/ellipsoid.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { TravelMode } from '../../shared/roads/schema.ts';
import { serverNow } from '../kernel/clock.ts';
import { api } from '../kernel/api.ts';
import { useSession } from '../kernel/session.tsx';
import { useConnection } from '../kernel/connection.ts';
import { usePlanNews } from '../planning/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { useVehicleStore } from '../vehicles/store.ts';
import { useHere } from './here.ts';
import { currentTask } from './task-bar.tsx';
import { dropWay, takeTasks, takeWay, useTaskPlans } from './task-plans.ts';
import type { TaskNews, Way } from './task-plans.ts';
import { wayAhead } from './way-ahead.ts';

const nowIso = (): string => new Date(serverNow()).toISOString();
const everyMs = 60_000;
/** The plan changes in bursts; a tablet asks once for each. */
const settleMs = 1_500;

/** A number that grows each minute. */
function useMinutes(): number {
  const [minute, setMinute] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMinute((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, []);
  return minute;
}

/** How this team gets about: with the vehicle it has, else on foot. */
const useMode = (teamId: string): TravelMode =>
  useVehicleStore(
    ({ byId }) => [...byId.values()].find((each) => each.teamId === teamId)?.mode ?? 'foot',
  );

export function useTaskPlanWatch(teamId: string, tasks: readonly DispatchView[]): void {
  const revision = usePlanNews((store) => store.news?.revision ?? -1);
  const live = useConnection(({ state }) => state === 'live');
  const seen = useCitySeen();
  const minute = useMinutes();
  const key = tasks.map(({ id, state }) => `${id} ${state}`).join(',');
  useEffect(() => {
    // Before the first picture no task is known, and none of them is over.
    if (!seen) return;
    const ids = key === '' ? [] : key.split(',').map((each) => each.split(' ')[0]!);
    takeTasks(new Map(), ids);
    if (!live || ids.length === 0) return;
    let over = false;
    const ask = async () => {
      const found = new Map<string, TaskNews>();
      await Promise.all(
        ids.map(async (dispatchId) => {
          // What is there stays when this one doesn't come.
          const task = await api.planning.task.query({ dispatchId }).catch(() => null);
          if (task !== null) found.set(dispatchId, { task, at: nowIso() });
        }),
      );
      if (!over) takeTasks(found, ids);
    };
    const timer = setTimeout(() => void ask(), settleMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key, revision, live, seen, minute]);
  useWayWatch(currentTask(tasks), useMode(teamId));
}

/** Off the way by this much, they took another. */
const offWayMeters = 150;
const staleMs = 5 * 60_000;
const retryMs = 20_000;

/** Where the current task leads: to the place, and from there to the house. */
function destinationOf(task: DispatchView, news: TaskNews | undefined): Position | null {
  if (task.state !== 'on_scene') return task.target;
  return news?.task.then ?? null;
}
const placeKey = ({ lon, lat }: Position): string => `${lon.toFixed(5)} ${lat.toFixed(5)}`;

function isGood(way: Way | null, dispatchId: string, to: Position, here: Position): boolean {
  if (way?.dispatchId !== dispatchId || way.to !== placeKey(to)) return false;
  if (wayAhead(way.leg, here).offMeters > offWayMeters) return false;
  return serverNow() - Date.parse(way.at) < staleMs;
}

const worthAWay = 30;

function useWayWatch(task: DispatchView | null, mode: TravelMode): void {
  const { session } = useSession();
  const cityId = session?.cityId ?? null;
  const here = useHere((store) => store.here);
  const news = useTaskPlans((store) => store.byDispatch.get(task?.id ?? ''));
  const live = useConnection(({ state }) => state === 'live');
  const to = task === null ? null : destinationOf(task, news);
  const askedAt = useRef(0);
  const taskId = task?.id ?? null;
  const lon = to?.lon ?? null;
  const lat = to?.lat ?? null;
  useEffect(() => {
    if (taskId !== null && lon === null) dropWay();
    if (cityId === null || taskId === null || lon === null || lat === null) return;
    if (here === null || !live) return;
    const target = { lon, lat };
    if (distanceMeters(here, target) < worthAWay) return;
    const { way } = useTaskPlans.getState();
    if (isGood(way, taskId, target, here)) return;
    // Another place is asked for at once; the same one not at every step.
    const sameTo = way?.dispatchId === taskId && way.to === placeKey(target);
    if (sameTo && Date.now() - askedAt.current < retryMs) return;
    askedAt.current = Date.now();
    let over = false;
    const stops = [{ lon: here.lon, lat: here.lat }, target];
    api.roads.route.query({ cityId, mode, stops }).then(
      ({ legs: [leg], estimated }) => {
        if (over || !leg) return;
        takeWay({ dispatchId: taskId, to: placeKey(target), leg, estimated, at: nowIso() });
      },
      () => undefined, // the last way stands
    );
    return () => {
      over = true;
    };
  }, [cityId, taskId, lon, lat, here, live, mode]);
}
