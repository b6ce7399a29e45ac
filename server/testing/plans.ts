/** A server's planning office on a test database, and waiting for what it comes to. */
import { expect, onTestFinished } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { JobId, PlanView } from '../../shared/planning/schema.ts';
import type { Log } from '../kernel/log.ts';
import type { Database, Sql } from '../kernel/sql.ts';
import { startPlanning } from '../planning/office.ts';
import type { PlanningOffice, PlanningOptions } from '../planning/office.ts';
import { readPlanView } from '../planning/queries.ts';
import { isVisit } from '../planning/tasks.ts';
import type { Visit } from '../planning/tasks.ts';
import { openRoads } from '../roads/roads.ts';
import { saveVehicle } from '../vehicles/actions.ts';
import { reportAt } from './reports.ts';
import { place, seedCity } from './seed.ts';
import type { SeededCity } from './seed.ts';

export interface LogLine {
  level: string;
  message: string;
}

/** Plans for all cities of the database until the test is over. */
export async function planFor(
  db: Database,
  options: Partial<PlanningOptions> & { lines?: LogLine[] } = {},
): Promise<PlanningOffice> {
  const { lines, ...rest } = options;
  const log: Log = (level, message) => void lines?.push({ level, message });
  const roads = openRoads({ dataDir: '/nonexistent', valhallaUrl: undefined }, log);
  const office = await startPlanning({ db, roads, log, ...rest });
  onTestFinished(async () => {
    await office.stop();
    await roads.close();
  });
  return office;
}

/** The plan once it is as wanted; a plan is made in a fraction of a second, on a busy machine in some. */
export async function planWhen(
  db: Database,
  { cityId }: SeededCity,
  wanted: (plan: PlanView) => boolean,
): Promise<PlanView> {
  let plan: PlanView | null = null;
  await expect
    .poll(
      async () => {
        plan = await readPlanView(db.sql, cityId);
        return plan !== null && wanted(plan);
      },
      { timeout: 30_000, interval: 50 },
    )
    .toBe(true);
  return plan!;
}

export const visitsOf = (plan: PlanView, teamId: string): Visit[] =>
  (plan.lanes.find((lane) => lane.teamId === teamId)?.stops ?? []).filter(isVisit);
/** Which team the job is planned for; null: none. */
export const teamFor = (plan: PlanView, jobId: string): string | null =>
  plan.lanes.find(({ teamId }) => visitsOf(plan, teamId).some((stop) => stop.jobId === jobId))
    ?.teamId ?? null;

/** A van for the team: four seats, one for a wheelchair. */
export const giveVan = (db: Database, city: SeededCity, teamId: string) =>
  saveVehicle(db, city.people.administrator, {
    id: uuidv7(),
    name: '车',
    plate: '',
    mode: 'van',
    seats: 4,
    wheelchairs: 1,
    teamId,
  });

/** A city of two teams with a van each, planned for. */
export async function plannedCity(test: { db: Database; sql: Sql }): Promise<SeededCity> {
  const city = await seedCity(test.sql);
  await giveVan(test.db, city, city.north.id);
  await giveVan(test.db, city, city.south.id);
  await planFor(test.db);
  return city;
}

/** Somebody who is to be brought along, so many metres north of the centre. */
export async function somebodyOld(
  db: Database,
  city: SeededCity,
  northMeters: number,
): Promise<JobId> {
  const { clusterId } = await reportAt(db, city, place(0, northMeters), { flags: ['elderly'] });
  return `cluster:${clusterId}`;
}

export const proposedTo =
  (jobId: JobId, teamId: string) =>
  (plan: PlanView): boolean =>
    visitsOf(plan, teamId).some((stop) => stop.jobId === jobId && stop.state === 'proposed');

/** One proposal to accept. */
export const wish = (jobId: JobId, teamId: string) => ({ jobId, teamId, dispatchId: uuidv7() });
