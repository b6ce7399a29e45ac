import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { MovementDraft, Store } from '../../shared/supplies/schema.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import type { Session } from '../kernel/context.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readSnapshot } from '../snapshots/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { hoursAgo } from '../testing/late.ts';
import { refusal } from '../testing/refusal.ts';
import { met, onScene, reportAt } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { levelIn, moving, vanOf, withDepot } from '../testing/stores.ts';
import { giveOut, moveLate, readMovements, recordMovement, removeDepot } from './actions.ts';
import { readForecast, readLoadingLists } from './forecast.ts';
import { readDepotViews, readStockViews } from './queries.ts';

const test = testDatabase();

type Told = Pick<MovementDraft, 'kind' | 'quantity' | 'at' | 'id'>;

async function withStock(quantity = 20) {
  const city = await seedCity(test.sql);
  const depot = await withDepot(test.db, city);
  const { dispatcher } = city.people;
  await recordMovement(test.db, dispatcher, moving('receive', quantity, { to: depot }));
  return { city, depot, van: vanOf(city.north), dispatcher, patrol: city.people.patrol };
}
/** What the lines of a city come to, item by item and store by store, against what is kept beside them. */
const differences = ({ cityId }: SeededCity) => test.sql`
  with changes as (
    select to_kind as kind, to_id as id, item,
      case when m.kind = 'count' then quantity - booked_before else quantity end as change
    from supply_movements m where city_id = ${cityId} and to_id is not null
    union all
    select from_kind, from_id, item, -quantity from supply_movements where city_id = ${cityId} and from_id is not null
  ), sums as (select kind, id, item, sum(change)::int as quantity from changes group by kind, id, item)
  select * from sums s full join stock_levels l
    on l.city_id = ${cityId} and l.store_kind = s.kind and l.store_id = s.id and l.item = s.item
  where (l.city_id = ${cityId} or l.city_id is null) and s.quantity is distinct from l.quantity`;
const late = (city: SeededCity, who: Session, ...of: Parameters<typeof moving>) => {
  const draft = moving(...of);
  return changeCity(test.db, city.cityId, (change) => moveLate(change, who, draft, draft.at));
};

describe('the movement book', () => {
  it('takes neither change nor removal', async () => {
    const { city } = await withStock();
    const { cityId } = city;
    const change = test.sql`update supply_movements set note = 'x' where city_id = ${cityId}`;
    await expect(change).rejects.toMatchObject({ code: '23001' });
    const removal = test.sql`delete from supply_movements where city_id = ${cityId}`;
    await expect(removal).rejects.toMatchObject({ code: '23001' });
    await expect(test.sql`truncate supply_movements`).rejects.toMatchObject({ code: '23001' });
    const negative = test.sql`update stock_levels set quantity = -1 where city_id = ${cityId}`;
    await expect(negative).rejects.toMatchObject({ code: '23514' });
  });

  it('moves what is loaded and brought back, tells both stores, and answers a resend the same', async () => {
    const { city, depot, van, dispatcher, patrol } = await withStock();
    const load = moving('load', 6, { from: depot, to: van }, { note: '出车前' });
    const recorded = await recordMovement(test.db, patrol, load);
    expect(recorded).toMatchObject({ kind: 'load', quantity: 6, from: depot, to: van });
    expect(recorded).toMatchObject({ recordedBy: patrol.displayName, corrected: false });
    expect(await recordMovement(test.db, patrol, load)).toEqual(recorded);
    expect([await levelIn(test.sql, city, depot), await levelIn(test.sql, city, van)]).toEqual([
      14, 6,
    ]);
    await recordMovement(test.db, patrol, moving('return', 2, { from: van, to: depot }));
    await recordMovement(test.db, patrol, moving('lose', 1, { from: van }));
    await recordMovement(test.db, patrol, moving('count', 5, { to: van }));
    expect([await levelIn(test.sql, city, depot), await levelIn(test.sql, city, van)]).toEqual([
      16, 5,
    ]);
    const lines = await readMovements(test.db, dispatcher, { store: van });
    expect(lines.map(({ kind, bookedBefore }) => [kind, bookedBefore])).toEqual([
      ['count', 3],
      ['lose', null],
      ['return', null],
      ['load', null],
    ]);
    expect(await differences(city)).toEqual([]);
    const events = await test.sql<{ store: Store; audience: string }[]>`
      select payload->'stock'->'store' as store, audience from events
      where city_id = ${city.cityId} and kind = 'stock.changed' order by seq limit 3`;
    expect(events.map(({ store }) => store)).toEqual([depot, depot, van]);
    expect(events[0]!.audience).toBe('staff');
  });

  it('has nothing to move where nothing lies, and says how much there is', async () => {
    const { city, depot, van, patrol } = await withStock(4);
    const refused = await refusal(
      recordMovement(test.db, patrol, moving('load', 5, { from: depot, to: van })),
    );
    expect([refused.code, refused.details]).toEqual([
      'stock_missing',
      { field: 'quantity', params: { quantity: 4 } },
    ]);
    expect(await levelIn(test.sql, city, depot)).toBe(4);
  });

  it('is a patrol’s for its own vehicle, the desk’s for all, and of stores that are there', async () => {
    const { city, depot, van, patrol, dispatcher } = await withStock();
    const others = moving('load', 1, { from: depot, to: vanOf(city.south) });
    const receive = moving('receive', 1, { to: van });
    for (const draft of [others, receive])
      expect((await refusal(recordMovement(test.db, patrol, draft))).code).toBe('not_allowed');
    await recordMovement(test.db, dispatcher, others);
    const nowhere = moving('receive', 1, { to: { kind: 'depot', id: uuidv7() } });
    const refused = await refusal(recordMovement(test.db, dispatcher, nowhere));
    expect([refused.code, refused.details.field]).toEqual(['not_found', 'to']);
    await removeDepot(test.db, city.people.administrator, depot);
    const gone = moving('receive', 1, { to: depot });
    expect((await refusal(recordMovement(test.db, dispatcher, gone))).code).toBe('not_found');
    expect(await readDepotViews(test.sql, city.cityId)).toEqual([]);
    const asked = { store: vanOf(city.south) };
    expect((await refusal(readMovements(test.db, patrol, asked))).code).toBe('not_allowed');
  });

  it('never goes below nothing when two screens take the last at once', async () => {
    const { city, depot, van, dispatcher } = await withStock(1);
    const elsewhere = await test.db.another();
    const take = (index: number) =>
      recordMovement(
        index % 2 === 0 ? test.db : elsewhere,
        dispatcher,
        moving('load', 1, { from: depot, to: van }),
      ).catch((error: { code: string }) => error.code);
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map(take));
    expect(answers.filter((answer) => answer === 'stock_missing')).toHaveLength(5);
    expect(await levelIn(test.sql, city, van)).toBe(1);
  });

  it('holds as a sum, whatever is told late, in whatever order', async () => {
    const anyMove = fc.record({
      kind: fc.constantFrom('receive', 'load', 'return', 'lose', 'count'),
      quantity: fc.integer({ min: 1, max: 9 }),
      hours: fc.integer({ min: 0, max: 12 }),
    });
    const anyMoves = fc.array(anyMove, { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(anyMoves, async (kinds) => {
        const moves = kinds.map((one) => ({ ...one, at: hoursAgo(one.hours), id: uuidv7() }));
        const there = await levelsAfter(moves);
        expect(await levelsAfter(moves.toReversed())).toEqual(there);
      }),
      { numRuns: 8 },
    );
    async function levelsAfter(moves: readonly Told[]): Promise<number[]> {
      const city = await seedCity(test.sql);
      const depot = await withDepot(test.db, city);
      const van = vanOf(city.north);
      const ways = {
        receive: { to: depot },
        load: { from: depot, to: van },
        return: { from: van, to: depot },
        lose: { from: van },
        count: { to: van },
      };
      for (const { kind, quantity, at, id } of moves)
        await late(city, city.people.dispatcher, kind, quantity, ways[kind], { at, id });
      expect(await differences(city)).toEqual([]);
      return [await levelIn(test.sql, city, depot), await levelIn(test.sql, city, van)];
    }
  });
});

describe('what an encounter gives out', () => {
  const items = [
    { item: 'quilt' as const, quantity: 2 },
    { item: 'hot_water' as const, quantity: 1 },
  ];

  it('goes from the vehicle to the person, once', async () => {
    const { city, depot, van, patrol, dispatcher } = await withStock();
    await recordMovement(test.db, patrol, moving('load', 5, { from: depot, to: van }));
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    const encounter = met(dispatch, 'aided_on_street', { items: [items[0]!, items[0]!] });
    await recordEncounter(test.db, patrol, encounter);
    await recordEncounter(test.db, patrol, encounter);
    const again = { encounterId: encounter.id, teamId: city.north.id, items, by: patrol.userId };
    await changeCity(test.db, city.cityId, (change) =>
      giveOut(change, { ...again, items: [items[0]!], at: encounter.metAt }),
    );
    expect(await levelIn(test.sql, city, van)).toBe(1);
    const [line] = await readMovements(test.db, dispatcher, { store: van });
    expect(line).toMatchObject({
      kind: 'give_out',
      quantity: 4,
      encounterId: encounter.id,
      from: van,
      at: encounter.metAt,
    });
    expect(await differences(city)).toEqual([]);
  });

  it('is recorded also where the book held less: it is brought up to it first', async () => {
    const { city, depot, van, patrol, dispatcher } = await withStock();
    await recordMovement(test.db, patrol, moving('load', 1, { from: depot, to: van }));
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    await recordEncounter(test.db, patrol, met(dispatch, 'aided_on_street', { items }));
    expect(await levelIn(test.sql, city, van)).toBe(0);
    const lines = await readMovements(test.db, dispatcher, { store: van });
    const told = lines.map((l) => [l.item, l.kind, l.quantity, l.bookedBefore, l.corrected]);
    expect(told.toReversed()).toEqual([
      ['quilt', 'load', 1, null, false],
      ['quilt', 'count', 2, 1, true],
      ['quilt', 'give_out', 2, null, false],
      ['hot_water', 'count', 1, 0, true],
      ['hot_water', 'give_out', 1, null, false],
    ]);
    expect(await differences(city)).toEqual([]);
  });
});

describe('what the book says of the night', () => {
  it('tells who runs out, who has it, and where to meet; a patrol hears of its own vehicle', async () => {
    const { city, depot, van, patrol, dispatcher } = await withStock(3);
    await recordMovement(test.db, dispatcher, moving('receive', 9, { to: vanOf(city.south) }));
    await recordMovement(test.db, patrol, moving('load', 1, { from: depot, to: van }));
    await late(city, patrol, 'lose', 1, { from: van }, { at: hoursAgo(0) });
    const all = await readForecast(test.db, dispatcher);
    const own = all.find(({ teamId }) => teamId === city.north.id)!;
    const quilts = own.items.find(({ item }) => item === 'quilt')!;
    expect(quilts).toMatchObject({ aboard: 0 });
    expect(quilts.runsOutAt).not.toBeNull();
    expect(own.transfer!.items.map(({ item }) => item)).toEqual(['quilt']);
    expect(await readForecast(test.db, patrol)).toEqual([
      { ...own, items: expect.anything(), transfer: expect.anything() },
    ]);
  });

  it('plans no more into the vehicles than lies in the stores', async () => {
    const { city, depot, dispatcher } = await withStock(3);
    const lists = await readLoadingLists(test.db, dispatcher);
    const quilts = lists.map(({ items }) => items.find(({ item }) => item === 'quilt')!);
    expect(quilts).toHaveLength(2);
    expect(quilts.reduce((sum, { load }) => sum + load, 0)).toBe(3);
    expect(quilts.every(({ from }) => from?.id === depot.id)).toBe(true);
    expect(city.station.id).not.toBe(depot.id);
  });

  it('is part of what a screen starts from, for staff alone', async () => {
    const { city, depot } = await withStock();
    const viewer = { cityId: city.cityId, staff: true, userId: null, deviceId: null };
    const snapshot = await readSnapshot(test.db, viewer, null);
    expect(snapshot.depots).toMatchObject([{ id: depot.id, ...place(800, 0) }]);
    expect(snapshot.stocks).toEqual(await readStockViews(test.sql, city.cityId));
    expect(snapshot.stocks).toMatchObject([
      { store: depot, levels: [{ item: 'quilt', quantity: 20 }] },
    ]);
    const stranger = await readSnapshot(test.db, { ...viewer, staff: false }, null);
    expect([stranger.depots, stranger.stocks, stranger.vehicles]).toEqual([[], [], []]);
  });
});
