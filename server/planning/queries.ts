import type { Plan } from '../../shared/planning/plan.ts';
import type { JobId, PlanNews, PlanView, TaskPlan } from '../../shared/planning/schema.ts';
import type { Db } from '../kernel/sql.ts';

export interface StoredPlan {
  revision: number;
  plan: Plan;
  view: PlanView;
}

export async function readStoredPlan(db: Db, cityId: string): Promise<StoredPlan | null> {
  const [row] = await db<StoredPlan[]>`
    select revision, plan, view from plans where city_id = ${cityId}`;
  return row ?? null;
}

export async function readPlanView(db: Db, cityId: string): Promise<PlanView | null> {
  const [row] = await db<{ view: PlanView }[]>`select view from plans where city_id = ${cityId}`;
  return row?.view ?? null;
}

/** Which plan is the last one; null where none was ever made. */
export async function readPlanNews(db: Db, cityId: string): Promise<PlanNews | null> {
  const [row] = await db<PlanNews[]>`
    select revision, made_at as "madeAt" from plans where city_id = ${cityId}`;
  return row ?? null;
}

export async function upsertPlan(
  db: Db,
  cityId: string,
  { revision, plan, view }: StoredPlan,
): Promise<void> {
  await db`
    insert into plans (city_id, revision, made_at, plan, view)
    values (${cityId}, ${revision}::int, ${view.madeAt}::timestamptz, ${db.json(plan as never)}, ${db.json(view as never)})
    on conflict (city_id) do update set
      revision = excluded.revision, made_at = excluded.made_at, plan = excluded.plan, view = excluded.view`;
}

/** How long a hand and a "not this team" count: the rest of the night. */
export const decisionHours = 8;

export interface Pin {
  jobId: JobId;
  teamId: string;
  beforeJobId: JobId | null;
}
export async function readPins(db: Db, cityId: string): Promise<Pin[]> {
  return await db<Pin[]>`
    select job_id as "jobId", team_id as "teamId", before_job_id as "beforeJobId" from job_pins
    where city_id = ${cityId} and pinned_at > now() - make_interval(hours => ${decisionHours}) order by pinned_at, job_id`;
}

export async function upsertPin(
  db: Db,
  cityId: string,
  pin: Pin & { by: string; at: string },
): Promise<void> {
  await db`
    insert into job_pins (city_id, job_id, team_id, before_job_id, pinned_by, pinned_at)
    values (${cityId}, ${pin.jobId}, ${pin.teamId}::uuid, ${pin.beforeJobId}, ${pin.by}::uuid, ${pin.at}::timestamptz)
    on conflict (city_id, job_id) do update set
      team_id = excluded.team_id, before_job_id = excluded.before_job_id, pinned_by = excluded.pinned_by,
      pinned_at = excluded.pinned_at`;
}

/** To this team, or to any; false when there was none. */
export async function deletePin(
  db: Db,
  cityId: string,
  jobId: JobId,
  teamId: string | null = null,
): Promise<boolean> {
  const deleted = await db`
    delete from job_pins
    where city_id = ${cityId} and job_id = ${jobId} and (${teamId}::uuid is null or team_id = ${teamId}::uuid)`;
  return deleted.count > 0;
}

export interface Dismissal {
  jobId: JobId;
  teamId: string;
}
export async function readDismissals(db: Db, cityId: string): Promise<Dismissal[]> {
  return await db<Dismissal[]>`
    select job_id as "jobId", team_id as "teamId" from plan_dismissals
    where city_id = ${cityId} and dismissed_at > now() - make_interval(hours => ${decisionHours})`;
}

export async function upsertDismissal(
  db: Db,
  cityId: string,
  dismissal: Dismissal & { by: string; at: string },
): Promise<void> {
  const { jobId, teamId, by, at } = dismissal;
  await db`
    insert into plan_dismissals (city_id, job_id, team_id, dismissed_by, dismissed_at)
    values (${cityId}, ${jobId}, ${teamId}::uuid, ${by}::uuid, ${at}::timestamptz)
    on conflict (city_id, job_id, team_id) do update set
      dismissed_by = excluded.dismissed_by, dismissed_at = excluded.dismissed_at`;
}

export async function readTask(
  db: Db,
  cityId: string,
  dispatchId: string,
): Promise<TaskPlan | null> {
  const [row] = await db<{ task: TaskPlan }[]>`
    select task from dispatch_tasks where city_id = ${cityId} and dispatch_id = ${dispatchId}::uuid`;
  return row?.task ?? null;
}

/** The tasks of teams that are bound to them. */
export async function readActiveTasks(db: Db, cityId: string): Promise<TaskPlan[]> {
  const rows = await db<{ task: TaskPlan }[]>`
    select t.task from dispatch_tasks t
    join dispatches d on d.city_id = t.city_id and d.id = t.dispatch_id and d.ended_at is null
    where t.city_id = ${cityId}`;
  return rows.map(({ task }) => task);
}

export async function upsertTask(
  db: Db,
  cityId: string,
  task: TaskPlan,
  at: string,
): Promise<void> {
  await db`
    insert into dispatch_tasks (city_id, dispatch_id, task, updated_at)
    values (${cityId}, ${task.dispatchId}::uuid, ${db.json(task as never)}, ${at}::timestamptz)
    on conflict (city_id, dispatch_id) do update set task = excluded.task, updated_at = excluded.updated_at`;
}

/** Jobs whose dispatch somebody called off lately: a machine doesn't send to them again by itself. */
export async function readCalledOff(db: Db, cityId: string): Promise<Set<JobId>> {
  const rows = await db<{ clusterId: string; recheckId: string | null }[]>`
    select distinct cluster_id as "clusterId", recheck_id as "recheckId" from dispatches
    where city_id = ${cityId} and state = 'cancelled'
      and ended_at > now() - make_interval(hours => ${decisionHours})`;
  return new Set(rows.map(jobIdOf));
}

export const jobIdOf = (of: { clusterId: string; recheckId: string | null }): JobId =>
  of.recheckId === null ? `cluster:${of.clusterId}` : `recheck:${of.recheckId}`;

/** Who let the city send by itself; null while it doesn't. */
export async function readAutoBy(
  db: Db,
  cityId: string,
): Promise<{ userId: string; name: string; since: string } | null> {
  const [row] = await db<{ userId: string; name: string; since: string }[]>`
    select s.auto_by as "userId", u.display_name as name, s.auto_since as since
    from planning_states s join users u on u.city_id = s.city_id and u.id = s.auto_by
    where s.city_id = ${cityId}`;
  return row ?? null;
}

export async function updateAutoBy(
  db: Db,
  cityId: string,
  by: { userId: string; at: string } | null,
): Promise<void> {
  await db`
    insert into planning_states (city_id, auto_by, auto_since)
    values (${cityId}, ${by?.userId ?? null}::uuid, ${by?.at ?? null}::timestamptz)
    on conflict (city_id) do update set auto_by = excluded.auto_by, auto_since = excluded.auto_since`;
}

/** Somebody decided something that the plan has to take up at once. */
export async function askForPlan(db: Db, cityId: string): Promise<void> {
  await db`select pg_notify('planning', ${cityId})`;
}

/** What a plan is made of; its own news and what has no weight in it are not. */
const weighed = [
  'cluster.changed',
  'dispatch.changed',
  'recheck.changed',
  'team.changed',
  'station.changed',
  'hold.changed',
  'vehicle.changed',
  'stock.changed',
  'activation.changed',
  'weather.changed',
];
/** Whether something that a plan is made of was committed after `seq`. */
export async function hasNewsAfter(db: Db, cityId: string, seq: number): Promise<boolean> {
  const rows = await db`
    select 1 from events where city_id = ${cityId} and seq > ${seq} and kind = any (${weighed}) limit 1`;
  return rows.length > 0;
}

export async function listCityIds(db: Db): Promise<string[]> {
  const rows = await db<{ id: string }[]>`select id from cities order by id`;
  return rows.map(({ id }) => id);
}
