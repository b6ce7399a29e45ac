/** All planners of one server: those of the cities it holds, and the thread that answers "what if". */
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../../shared/errors.ts';
import type { MoveEffect } from '../../shared/planning/schema.ts';
import type { Roads } from '../../shared/roads/schema.ts';
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { CityPlanner } from './city-planner.ts';
import { CityWays } from './city-ways.ts';
import { readFacts } from './facts.ts';
import { nightOf } from './gather.ts';
import { holdCity, releaseCities, renewMs } from './lease.ts';
import { PlanningThread } from './planning-thread.ts';
import { listCityIds, readStoredPlan } from './queries.ts';
import type { Placing } from './thread-messages.ts';
import { VroomPeer } from './vroom-server.ts';

export interface PlanningOptions {
  db: Database;
  roads: Roads;
  log: Log;
  /** for tests: the thread to plan with */
  thread?: PlanningThread;
}

/** One for each server of this process; tests run several. */
const offices = new WeakMap<Database, PlanningOffice>();

/** @throws AppError no_plan on a server that doesn't plan */
export function officeOf(db: Database): Pick<PlanningOffice, 'tryMove'> {
  const office = offices.get(db);
  if (!office) throw new AppError('no_plan');
  return office;
}

export async function startPlanning(options: PlanningOptions): Promise<PlanningOffice> {
  const office = new PlanningOffice(options);
  offices.set(options.db, office);
  await office.start();
  return office;
}

export class PlanningOffice {
  private readonly options: PlanningOptions;
  private readonly holder = uuidv7();
  /** For plans; a search may take its time there. */
  private readonly thread: PlanningThread;
  /** For questions, which somebody waits for with a finger on the screen. */
  private readonly questions: PlanningThread;
  private readonly peer: VroomPeer;
  private readonly planners = new Map<string, CityPlanner>();
  private readonly ways = new Map<string, CityWays>();
  private timer: NodeJS.Timeout | undefined;
  private unlisten: (() => Promise<void>)[] = [];
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(options: PlanningOptions) {
    this.options = options;
    this.thread = options.thread ?? new PlanningThread(options.log);
    this.questions = new PlanningThread(options.log);
    this.peer = new VroomPeer(options.log);
  }

  async start(): Promise<void> {
    const { db } = this.options;
    // A lost connection may have swallowed notifications: everybody looks when listening begins anew.
    const events = await db.listen(
      'city_events',
      (cityId) => this.planners.get(cityId)?.wake('look'),
      () => this.wakeAll(),
    );
    const hands = await db.listen('planning', (cityId) =>
      this.planners.get(cityId)?.wake('surely'),
    );
    this.unlisten = [events.unlisten, hands.unlisten];
    this.timer = setInterval(() => this.look(), renewMs);
    this.look();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    offices.delete(this.options.db);
    clearInterval(this.timer);
    await Promise.allSettled(this.unlisten.map((unlisten) => unlisten()));
    await this.looking;
    const stopping = [...this.planners.values()].map((planner) => planner.stop());
    // What a planner waits for is no longer wanted.
    await Promise.all([this.thread.close(), this.questions.close()]);
    await Promise.all(stopping);
    for (const ways of this.ways.values()) ways.close();
    await releaseCities(this.options.db.sql, this.holder).catch(() => undefined);
  }

  /** @throws AppError no_plan */
  async tryMove(cityId: string, placing: Placing): Promise<MoveEffect> {
    const { db, roads } = this.options;
    const stored = await readStoredPlan(db.sql, cityId);
    const facts = await readFacts(db, cityId);
    if (stored === null || facts === null) throw new AppError('no_plan');
    // Where this server plans for the city the figures are there; elsewhere they come with the first question.
    let ways = this.planners.get(cityId)?.ways ?? this.ways.get(cityId);
    if (!ways) this.ways.set(cityId, (ways = new CityWays(roads, cityId, () => undefined)));
    const night = nightOf(facts, ways, true);
    const answer = await this.questions.ask({ kind: 'try', night, plan: stored.plan, placing });
    if (answer.kind !== 'tried') throw new Error(`unexpected answer: ${answer.kind}`);
    return answer.effect;
  }

  private wakeAll(): void {
    for (const planner of this.planners.values()) planner.wake('look');
  }

  private look(): void {
    this.looking = this.looking.then(() => this.holdCities());
  }

  /** Cities that nobody plans for are taken, those that another has are let go. */
  private async holdCities(): Promise<void> {
    const { db, log } = this.options;
    try {
      for (const cityId of await listCityIds(db.sql)) {
        if (this.stopped) return;
        const held = await holdCity(db.sql, cityId, this.holder);
        const planner = this.planners.get(cityId);
        if (held && !planner) this.begin(cityId);
        if (!held && planner) {
          this.planners.delete(cityId);
          await planner.stop();
        }
      }
    } catch (error) {
      if (!this.stopped) log('warn', 'the cities to plan for could not be looked up', { error });
    }
  }

  private begin(cityId: string): void {
    const { db, roads, log } = this.options;
    const { holder, thread, peer } = this;
    this.planners.set(cityId, new CityPlanner({ db, roads, log, thread, peer, holder, cityId }));
  }
}
