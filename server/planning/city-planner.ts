/**
 * The continuous loop of one city: what changed is taken up within a fraction of a second by repair, and while
 * nothing changes the plan is looked over with more time. Nothing is sent here; see auto-dispatch.ts.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Plan } from '../../shared/planning/plan.ts';
import type { PlanView } from '../../shared/planning/schema.ts';
import type { Roads } from '../../shared/roads/schema.ts';
import type { Database } from '../kernel/sql.ts';
import { sendByItself } from './auto-dispatch.ts';
import { CityWays } from './city-ways.ts';
import { readFacts } from './facts.ts';
import type { NightFacts } from './facts.ts';
import { nightOf } from './gather.ts';
import { makePlan } from './make-plan.ts';
import type { PlanMakers } from './make-plan.ts';
import { hasNewsAfter, readStoredPlan } from './queries.ts';
import { storePlan } from './store-plan.ts';

/** What a city's planner does next: something changed, all has been quiet for a while, or teams have moved on. */
type Turn = 'change' | 'quiet' | 'clock';

/** What is committed together, or one after another by one hand, is one change. */
const gatherMs = 100;
/** Between two changes in a row: the machine is there for others too. */
const breathMs = 400;
const quietMs = 3_000;
const clockMs = 15_000;
/** Every so many turns of the clock the whole plan is looked over again. */
const clocksPerLook = 4;
const repairBudgetMs = 100;
const lookBudgetMs = 1_500;
const firstRestMs = 1_000;
const longestRestMs = 30_000;
const mostFaults = 100;

export interface PlannerOptions extends PlanMakers {
  db: Database;
  roads: Roads;
  /** which server this is */
  holder: string;
  cityId: string;
}

export class CityPlanner {
  private readonly options: PlannerOptions;
  readonly ways: CityWays;
  private plan: Plan | null = null;
  private view: PlanView | null = null;
  private revision = 0;
  private seq = -1;
  private stopped = false;
  private endedAt = -Infinity;
  /** better figures that come now are waited for, and no reason to plan once more */
  private awaitsRoads = false;
  /** faults that were told of already: each is told once, however many plans have it */
  private readonly faults = new Set<string>();
  /** the log may hold something new · the plan has to be made anew whatever the log says */
  private woken: 'no' | 'look' | 'surely' = 'surely';
  private wakeUp: () => void = () => undefined;
  private readonly done: Promise<void>;

  constructor(options: PlannerOptions) {
    this.options = options;
    this.ways = new CityWays(options.roads, options.cityId, () => {
      if (!this.awaitsRoads) this.wake('surely');
    });
    this.done = this.run();
  }

  /** look: something was committed · surely: a hand, other roads */
  wake(how: 'look' | 'surely'): void {
    if (this.woken !== 'surely') this.woken = how;
    this.wakeUp();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    await this.done;
    this.ways.close();
  }

  private async run(): Promise<void> {
    let failures = 0;
    let quiet = true;
    let clocks = 0;
    while (!this.stopped) {
      try {
        const turn = await this.nextTurn(quiet);
        if (this.stopped) return;
        if (turn === 'clock') clocks = (clocks + 1) % clocksPerLook;
        await this.take(turn === 'quiet' || (turn === 'clock' && clocks === 0), turn);
        this.endedAt = performance.now();
        quiet = turn !== 'change';
        failures = 0;
      } catch (error) {
        if (this.stopped) return;
        this.options.log('warn', 'no plan could be made; the last one stays', {
          cityId: this.options.cityId,
          error,
        });
        this.woken = 'surely';
        await this.rest(Math.min(longestRestMs, firstRestMs * 2 ** failures));
        failures += 1;
      }
    }
  }

  /** @param quiet whether the plan has been looked over since the last change */
  private async nextTurn(quiet: boolean): Promise<Turn> {
    for (;;) {
      if (this.woken === 'no') await this.rest(quiet ? clockMs : quietMs);
      if (this.stopped || this.woken === 'no') return quiet ? 'clock' : 'quiet';
      await wait(performance.now() - this.endedAt < 1_000 ? breathMs : gatherMs);
      const surely = this.woken === 'surely';
      this.woken = 'no';
      const { db, cityId } = this.options;
      if (surely || (await hasNewsAfter(db.sql, cityId, this.seq))) return 'change';
    }
  }

  private async rest(ms: number): Promise<void> {
    if (this.stopped) return;
    const { promise, resolve } = withResolvers();
    this.wakeUp = resolve;
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
    this.wakeUp = () => undefined;
  }

  private async take(lookOver: boolean, turn: Turn): Promise<void> {
    const { db, cityId, holder } = this.options;
    if (this.revision === 0) await this.remember();
    const began = performance.now();
    const facts = await readFacts(db, cityId);
    if (facts === null || this.stopped) return;
    this.seq = facts.seq;
    const made = await this.make(facts, lookOver, turn);
    if (made === null || this.stopped) return;
    this.plan = made.plan;
    this.tellFaults(made.problems);
    const next = { revision: made.view.revision, plan: made.plan, view: made.view };
    const { kind } = await storePlan(db, cityId, {
      holder,
      before: this.view,
      next,
      holds: facts.holds,
    });
    if (kind === 'lost') return;
    this.tell(turn, kind, made.view, performance.now() - began);
    if (kind === 'stored') {
      this.view = made.view;
      this.revision = made.view.revision;
    }
    if (this.view !== null) await sendByItself(db, cityId, facts, this.view);
  }

  private tell(
    turn: Turn,
    kind: string,
    { lanes, unserved, revision }: PlanView,
    ms: number,
  ): void {
    const { log, cityId } = this.options;
    const stops = lanes.reduce((sum, lane) => sum + lane.stops.length, 0);
    const size = { teams: lanes.length, stops, unserved: unserved.length };
    log('debug', 'a plan was made', { cityId, turn, kind, revision, ms: Math.round(ms), ...size });
  }

  private tellFaults(problems: readonly string[]): void {
    const fault = problems.toSorted().join('; ');
    if (fault === '' || this.faults.has(fault)) return;
    if (this.faults.size >= mostFaults) this.faults.clear();
    this.faults.add(fault);
    const { log, cityId } = this.options;
    log('error', 'the plan breaks rules of its own', { cityId, problems: problems.slice(0, 5) });
  }

  /** After a restart the plan that was stored last is the one before. */
  private async remember(): Promise<void> {
    const { db, cityId } = this.options;
    const stored = await readStoredPlan(db.sql, cityId);
    this.plan = stored?.plan ?? null;
    this.view = stored?.view ?? null;
    this.revision = stored?.revision ?? 0;
  }

  private async make(facts: NightFacts, lookOver: boolean, turn: Turn) {
    let night = nightOf(facts, this.ways, turn === 'change');
    if (night.jobs.length === 0 && night.teams.length === 0 && this.plan === null) return null;
    // Nobody waits for the roads when something has changed; when only teams have moved there is time to.
    if (turn !== 'change') {
      this.awaitsRoads = true;
      await Promise.race([this.ways.ready(), wait(clockMs / 10)]);
      this.awaitsRoads = false;
      night = nightOf(facts, this.ways);
    }
    return makePlan(this.options, {
      night,
      previous: this.plan,
      lookOver: lookOver && night.jobs.length > 0,
      budgetMs: lookOver ? lookBudgetMs : repairBudgetMs,
      revision: this.revision + 1,
    });
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
