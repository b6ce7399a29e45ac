/**
 * What the plan says of this team's tasks, and the way to the current one: asked of the server, shown at once when it
 * was kept, so that a tablet restarted without a network still says where to, with what, and to which bed.
 */
import { create } from 'zustand';
import type { TaskPlan } from '../../shared/planning/schema.ts';
import type { RouteLeg } from '../../shared/roads/schema.ts';
import { readKept, writeKept } from '../kernel/kept.ts';

export interface TaskNews {
  task: TaskPlan;
  /** when the server said so */
  at: string;
}
/** The way to one place, as it was from somewhere. */
export interface Way {
  dispatchId: string;
  /** where to: another target is another way */
  to: string;
  leg: RouteLeg;
  estimated: boolean;
  at: string;
}

interface TaskPlans {
  byDispatch: ReadonlyMap<string, TaskNews>;
  way: Way | null;
}
const nothing: TaskPlans = { byDispatch: new Map(), way: null };
export const useTaskPlans = create<TaskPlans>(() => nothing);

interface Kept {
  tasks: [string, TaskNews][];
  way: Way | null;
}

let owner: string | null = null;
let restored: Promise<void> = Promise.resolve();

/** What somebody else's tasks were is not for the next one. */
export function openTaskPlans(userId: string): Promise<void> {
  if (owner === userId) return restored;
  owner = userId;
  useTaskPlans.setState(nothing);
  restored = readKept<Kept>(`tasks ${userId}`).then((kept) => {
    if (kept === null || owner !== userId) return;
    const { byDispatch, way } = useTaskPlans.getState();
    // What came meanwhile is newer.
    useTaskPlans.setState({
      byDispatch: new Map([...kept.tasks, ...byDispatch]),
      way: way ?? kept.way,
    });
  });
  return restored;
}

/** On signing out; the kept copy goes with the session. */
export function forgetTaskPlans(): void {
  owner = null;
  useTaskPlans.setState(nothing);
}

function keep(): void {
  if (owner === null) return;
  const { byDispatch, way } = useTaskPlans.getState();
  const kept: Kept = { tasks: [...byDispatch], way };
  void writeKept(`tasks ${owner}`, kept);
}

/** @param active the tasks there are: what is over is dropped */
export function takeTasks(found: ReadonlyMap<string, TaskNews>, active: readonly string[]): void {
  const { byDispatch, way } = useTaskPlans.getState();
  const next = new Map(
    active.flatMap((id) => {
      const news = found.get(id) ?? byDispatch.get(id);
      return news ? [[id, news] as const] : [];
    }),
  );
  const gone = way !== null && !active.includes(way.dispatchId);
  if (found.size === 0 && next.size === byDispatch.size && !gone) return;
  useTaskPlans.setState({ byDispatch: next, way: gone ? null : way });
  keep();
}

export function takeWay(way: Way): void {
  useTaskPlans.setState({ way });
  keep();
}

/** They are there. */
export function dropWay(): void {
  if (useTaskPlans.getState().way === null) return;
  useTaskPlans.setState({ way: null });
  keep();
}
