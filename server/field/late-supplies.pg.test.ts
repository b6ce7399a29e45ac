import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { MovementDraft } from '../../shared/supplies/schema.ts';
import { readMovements, recordMovement, removeDepot } from '../supplies/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { done, hoursAgo, lateNight, tellMet } from '../testing/late.ts';
import { refusal } from '../testing/refusal.ts';
import { met } from '../testing/road.ts';
import { seedCity } from '../testing/seed.ts';
import { levelIn, moving, vanOf, withDepot } from '../testing/stores.ts';
import { submit } from './actions.ts';

const test = testDatabase();

async function withStock() {
  const city = await seedCity(test.sql);
  const depot = await withDepot(test.db, city);
  const { dispatcher, patrol } = city.people;
  const at = hoursAgo(20);
  await recordMovement(test.db, dispatcher, moving('receive', 20, { to: depot }, { at }));
  const tell = (movement: MovementDraft, hours: number) =>
    submit(test.db, patrol, done('supply.move', hoursAgo(hours), { movement }));
  const van = vanOf(city.north);
  const aboard = () => levelIn(test.sql, city, van);
  return { city, depot, van, dispatcher, patrol, tell, aboard };
}

describe('goods moved, told late', () => {
  it('supply/late: count for when they were moved, in whatever order they are told', async () => {
    const { city, depot, van, dispatcher, tell, aboard } = await withStock();
    await tell(moving('return', 3, { from: van, to: depot }), 2);
    expect((await tell(moving('load', 8, { from: depot, to: van }), 6)).result).toBe('applied');
    expect([await levelIn(test.sql, city, depot), await aboard()]).toEqual([15, 5]);
    const [newest] = await readMovements(test.db, dispatcher, { store: depot });
    expect(Date.now() - Date.parse(newest!.at)).toBeGreaterThan(5 * 3_600_000);
    expect(newest!.receivedAt > newest!.at).toBe(true);
  });

  it('supply/short: are recorded also where the book holds less, which is corrected first', async () => {
    const { city, depot, van, dispatcher, tell, aboard } = await withStock();
    expect((await tell(moving('load', 25, { from: depot, to: van }), 6)).result).toBe('applied');
    expect([await levelIn(test.sql, city, depot), await aboard()]).toEqual([0, 25]);
    const lines = await readMovements(test.db, dispatcher, { store: depot });
    expect(lines.map(({ kind, corrected, quantity }) => [kind, corrected, quantity])).toEqual([
      ['load', false, 25],
      ['count', true, 25],
      ['receive', false, 20],
    ]);
  });

  it('supply/counted: from before a count leave what was counted', async () => {
    const { depot, van, tell, aboard } = await withStock();
    await tell(moving('load', 8, { from: depot, to: van }), 6);
    await tell(moving('count', 4, { to: van }), 2);
    expect((await tell(moving('lose', 3, { from: van }), 4)).result).toBe('applied');
    expect(await aboard()).toBe(4);
  });

  it('supply/again: in another action change nothing', async () => {
    const { depot, van, tell, aboard } = await withStock();
    const load = moving('load', 8, { from: depot, to: van });
    await tell(load, 6);
    expect((await tell(load, 6)).result).toBe('overtaken');
    expect(await aboard()).toBe(8);
  });

  it('supply/removed: out of a depot that was removed meanwhile count all the same', async () => {
    const { city, depot, van, tell, aboard } = await withStock();
    await removeDepot(test.db, city.people.administrator, depot);
    await tell(moving('load', 8, { from: depot, to: van }), 6);
    expect(await aboard()).toBe(8);
    const nowhere = { kind: 'depot' as const, id: uuidv7() };
    const refused = await refusal(tell(moving('load', 1, { from: nowhere, to: van }), 6));
    expect([refused.code, refused.details.field]).toEqual(['not_found', 'from']);
  });

  it('supply/not-yours: are of the team’s own vehicle', async () => {
    const { city, depot, tell } = await withStock();
    const others = tell(moving('load', 8, { from: depot, to: vanOf(city.south) }), 6);
    expect((await refusal(others)).code).toBe('not_allowed');
    expect(await levelIn(test.sql, city, depot)).toBe(20);
  });
});

describe('what people were given, told late', () => {
  it('encounter/items: comes off the vehicle, also where the book says there was less', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const items = [{ item: 'quilt' as const, quantity: 3 }];
    const encounter = met(dispatch, 'aided_on_street', { items, metAt: hoursAgo(3) });
    await tellMet(test.db, city.people.patrol, encounter);
    const depot = await withDepot(test.db, city);
    const van = vanOf(city.north);
    const load = moving('load', 5, { from: depot, to: van });
    const at = hoursAgo(4);
    const receive = moving('receive', 5, { to: depot }, { at: hoursAgo(5) });
    await recordMovement(test.db, city.people.dispatcher, receive);
    await submit(test.db, city.people.patrol, done('supply.move', at, { movement: load }));
    expect(await levelIn(test.sql, city, van)).toBe(2);
  });
});
