/**
 * Two teams that were away, a desk that was not, and the order in which it all comes in left to chance: whatever that
 * order is, each action counts once, nobody who was met is lost, and no dispatch leaves its road.
 */
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import type { DispatchView, Outcome } from '../../shared/dispatch/schema.ts';
import type { FieldAction, FieldAnswer } from '../../shared/field/schema.ts';
import type { Store } from '../../shared/supplies/schema.ts';
import {
  acceptDispatch,
  arriveAtScene,
  cancelDispatch,
  closeDispatch,
  sendTeam,
  setOff,
} from '../dispatch/actions.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { closeSighting } from '../sightings/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { done, hoursAgo } from '../testing/late.ts';
import { wrongLevels, wrongRoads } from '../testing/night-laws.ts';
import { allowed } from '../testing/refusal.ts';
import { draftAt } from '../testing/reports.ts';
import { met, reportAt } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { anyMove, vanOf, withStockedDepot } from '../testing/stores.ts';
import { settleConflict, submit } from './actions.ts';
import { readOpenConflictViews } from './queries.ts';

const test = testDatabase();

/** What one device holds about one subject, in the order in which it was done. */
interface Queue {
  who: Session;
  actions: FieldAction[];
}

/** Two of the places are one as soon as somebody reports in between. */
const places = [place(0, 0), place(150, 0), place(4000, 0)];
const outcomes: Outcome[] = ['refused', 'police', 'not_found', 'aided_on_street'];

type Where = Pick<Night, 'city' | 'depot'>;

class Night {
  readonly told: { who: Session; action: FieldAction; answer: FieldAnswer }[] = [];
  readonly queues: Queue[] = [];
  readonly made: FieldAction[] = [];
  readonly sent: string[] = [];
  readonly clusters: string[] = [];
  readonly db: Database;
  readonly elsewhere: Database;
  readonly city: SeededCity;
  readonly depot: Store;
  readonly #dice: number[];

  constructor(db: Database, elsewhere: Database, { city, depot }: Where, dice: number[]) {
    this.db = db;
    this.elsewhere = elsewhere;
    this.city = city;
    this.depot = depot;
    this.#dice = dice;
  }

  throw(sides: number): number {
    return (this.#dice.pop() ?? 0) % sides;
  }
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.throw(Math.max(1, from.length))];
  }

  hold(who: Session, actions: FieldAction[]): void {
    this.queues.push({ who, actions: [...actions] });
    this.made.push(...actions);
  }

  /** The desk sends a team; its device knows at once, does the whole visit, and tells nobody yet. */
  async send(): Promise<void> {
    const clusterId = this.pick(this.clusters)!;
    const [team, who] = this.throw(2)
      ? ([this.city.south, this.city.southPatrol] as const)
      : ([this.city.north, this.city.people.patrol] as const);
    const draft = { id: uuidv7(), clusterId, teamId: team.id, note: '' };
    const dispatch = await allowed(sendTeam(this.db, this.city.people.dispatcher, draft));
    if (!dispatch) return;
    this.sent.push(dispatch.id);
    this.hold(who, this.visit(dispatch));
  }

  visit(dispatch: DispatchView): FieldAction[] {
    const dispatchId = dispatch.id;
    const start = this.throw(5) + 1;
    const at = (step: number) => hoursAgo(start - step / 10);
    if (this.throw(6) === 0)
      return [done('dispatch.decline', at(0), { dispatchId, reason: '车坏了' })];
    const people = Array.from({ length: 1 + this.throw(2) }, (_, index) =>
      met(dispatch, this.pick(outcomes)!, {
        metAt: at(3 + index),
        items: this.throw(2) ? [{ item: 'quilt', quantity: 1 + this.throw(3) }] : [],
      }),
    );
    return [
      done('dispatch.accept', at(0), { dispatchId }),
      done('dispatch.setOff', at(1), { dispatchId }),
      done('dispatch.arrive', at(2), { dispatchId }),
      ...people.map((encounter) => done('encounter.record', encounter.metAt, { encounter })),
      done('dispatch.close', at(6), { dispatchId }),
    ];
  }

  /** A report, two edits from the same version, and sometimes taking it back; all made without a network. */
  report(): void {
    const sighting = draftAt(place(-3000 - 500 * this.queues.length, 2000));
    const edit = (headcount: number) =>
      done('sighting.edit', hoursAgo(1), { sighting: { ...sighting, headcount, version: 1 } });
    const actions: FieldAction[] = [
      done('sighting.report', hoursAgo(1), { sighting }),
      edit(2),
      edit(3),
    ];
    if (this.throw(2))
      actions.push(done('sighting.withdraw', hoursAgo(0.5), { sightingId: sighting.id }));
    this.hold(this.city.people.patrol, actions);
  }

  /** Quilts that were loaded, lost, brought back or counted without a network: the crews' vans and one depot. */
  move(): void {
    const [team, who] = this.throw(2)
      ? ([this.city.south, this.city.southPatrol] as const)
      : ([this.city.north, this.city.people.patrol] as const);
    const at = hoursAgo(this.throw(50) / 10);
    const movement = anyMove(vanOf(team), this.depot, at, (sides) => this.throw(sides));
    this.hold(who, [done('supply.move', at, { movement })]);
  }

  /** The next action of some subject, or one further back; at times twice at once, through two servers. */
  async deliver(queue: Queue | undefined, ahead = this.throw(5) === 0 ? 1 : 0): Promise<void> {
    const isVisit = queue?.actions.every(({ kind }) => !/^(sighting|supply)/.test(kind));
    const index = isVisit && queue!.actions.length > ahead ? ahead : 0;
    const action = queue?.actions[index];
    if (!queue || !action) return;
    const servers = this.throw(4) === 0 ? [this.db, this.elsewhere] : [this.db];
    const answers = await Promise.all(servers.map((db) => allowed(submit(db, queue.who, action))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    // A visit that is told to be over before who was met there is refused, and told again.
    if (!answers[0]) return;
    queue.actions.splice(index, 1);
    this.told.push({ who: queue.who, action, answer: answers[0] });
  }

  async resend(): Promise<void> {
    const known = this.pick(this.told);
    if (known) expect(await submit(this.db, known.who, known.action)).toEqual(known.answer);
  }

  async desk(): Promise<void> {
    const { dispatcher } = this.city.people;
    const id = this.pick(this.sent);
    if (id === undefined) return;
    const steps = [cancelDispatch, acceptDispatch, setOff, arriveAtScene, closeDispatch];
    await allowed(this.pick(steps)!(this.db, dispatcher, { id }));
  }

  async closeReport(): Promise<void> {
    const report = this.told.find(({ action }) => action.kind === 'sighting.report')?.action;
    if (report?.kind !== 'sighting.report') return;
    const ref = { id: report.sighting.id, closing: 'other' as const };
    await allowed(closeSighting(this.db, this.city.people.dispatcher, ref));
  }

  async settle(): Promise<void> {
    const conflict = this.pick(await readOpenConflictViews(this.db.sql, this.city.cityId));
    if (conflict) await settleConflict(this.db, this.city.people.dispatcher, conflict);
  }

  async something(): Promise<void> {
    switch (this.throw(15)) {
      case 0:
      case 1:
        return this.send();
      case 2:
        return this.report();
      case 3:
      case 4:
        return this.desk();
      case 5:
        return this.resend();
      case 6:
        return this.closeReport();
      case 7:
        return this.settle();
      case 8:
        this.clusters.push(await reportAt(this.db, this.city, place(75, 0)));
        return;
      case 9:
      case 10:
        return this.move();
      default:
        return this.deliver(this.pick(this.queues));
    }
  }
}

async function live(dice: number[]): Promise<Night> {
  const city = await seedCity(test.sql);
  const depot = await withStockedDepot(test.db, city, 12, hoursAgo(20));
  const night = new Night(test.db, await elsewhere(), { city, depot }, dice);
  for (const position of places) night.clusters.push(await reportAt(test.db, city, position));
  await night.send();
  for (let turn = 0; turn < 45; turn += 1) await night.something();
  // The network is back for everybody: each subject in its order, until nothing waits.
  for (const queue of night.queues) {
    while (queue.actions.length > 0) {
      const waiting = queue.actions.length;
      await night.deliver(queue, 0);
      expect(queue.actions.length).toBeLessThan(waiting);
    }
  }
  return night;
}
let second: Database | undefined;
const elsewhere = async () => (second ??= await test.db.another());

async function judge({ city, made, told, sent }: Night): Promise<void> {
  const { cityId } = city;
  const { sql } = test;
  const kept = await sql<{ id: string; result: string; conflict_id: string | null }[]>`
    select id, result, conflict_id from field_actions where city_id = ${cityId}`;
  expect(kept.map(({ id }) => id).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
  for (const { answer } of told) {
    const row = kept.find(({ id }) => id === answer.id)!;
    expect([row.result, row.conflict_id]).toEqual([answer.result, answer.conflict?.id ?? null]);
  }

  const encounters = await sql<{ id: string; metAt: string; outcome: Outcome }[]>`
    select id, met_at as "metAt", outcome from encounters where city_id = ${cityId}`;
  const drafts = made.flatMap((action) =>
    action.kind === 'encounter.record' ? [action.encounter] : [],
  );
  const people = (all: readonly { id: string; metAt: string }[]) =>
    all.map(({ id, metAt }) => `${id} ${metAt}`).toSorted();
  expect(people(encounters)).toEqual(people(drafts));
  const [owed] = await sql<{ count: number }[]>`
    select count(*)::int from rechecks where city_id = ${cityId}`;
  const staying = encounters.filter(({ outcome }) =>
    ['refused', 'aided_on_street'].includes(outcome),
  );
  expect(owed!.count).toBe(staying.length);

  const doubled = await sql`
    select 1 from dispatches where city_id = ${cityId} and ended_at is null and not supporting
    group by cluster_id having count(*) > 1
    union all
    select 1 from dispatches where city_id = ${cityId} and ended_at is null group by team_id having count(*) > 1`;
  expect(doubled).toHaveLength(0);
  expect(await wrongRoads(sql, cityId, sent)).toEqual([]);
  // Whoever declined what the desk had set off meanwhile is in conflict with it, and nothing is overwritten.
  const disputed = told.flatMap(({ action, answer }) =>
    action.kind === 'dispatch.decline' && answer.result === 'conflict' ? [action.dispatchId] : [],
  );
  const underWay = await sql<{ id: string }[]>`
    select id from dispatches where city_id = ${cityId} and ended_at is null`;
  expect(underWay.filter(({ id }) => !disputed.includes(id))).toEqual([]);
  expect(await wrongLevels(sql, cityId)).toEqual([]);

  const conflicts = await sql<{ id: string }[]>`select id from conflicts where city_id = ${cityId}`;
  const named = new Set(kept.flatMap(({ conflict_id: id }) => (id === null ? [] : [id])));
  expect(conflicts.map(({ id }) => id).toSorted()).toEqual([...named].toSorted());
}

it('whatever the order in which a night comes in, everything of it counts once', async () => {
  const seen = new Set<string>();
  const dice = fc.array(fc.integer({ min: 0, max: 5039 }), { minLength: 300, maxLength: 300 });
  const nights = fc.asyncProperty(fc.noBias(dice), async (thrown) => {
    const night = await live([...thrown]);
    await judge(night);
    for (const { action, answer } of night.told) seen.add(`${action.kind} ${answer.result}`);
  });
  await fc.assert(nights, { numRuns: 24, endOnFailure: true });
  // It would prove nothing if it never came to that.
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'dispatch.arrive applied',
      'dispatch.setOff overtaken',
      'dispatch.close conflict',
      'encounter.record applied',
      'encounter.record conflict',
      'sighting.edit applied',
      'sighting.edit conflict',
      'supply.move applied',
    ]),
  );
  const [merged] = await test.sql<{ count: number }[]>`
    select count(*)::int from clusters where end_reason = 'merged'`;
  expect(merged!.count).toBeGreaterThan(0);
}, 240_000);
