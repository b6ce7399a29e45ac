/** A depot and the book of what lies where, for tests. */
import { v7 as uuidv7 } from 'uuid';
import type { MovementDraft, Store, SupplyItem } from '../../shared/supplies/schema.ts';
import type { Database, Sql } from '../kernel/sql.ts';
import { recordMovement, saveDepot } from '../supplies/actions.ts';
import { readLevel } from '../supplies/queries.ts';
import { place } from './seed.ts';
import type { SeededCity } from './seed.ts';

export async function withDepot(db: Database, city: SeededCity): Promise<Store> {
  const id = uuidv7();
  await saveDepot(db, city.people.administrator, { id, name: '一号仓', position: place(800, 0) });
  return { kind: 'depot', id };
}

export async function withStockedDepot(
  db: Database,
  city: SeededCity,
  quilts: number,
  at: string,
): Promise<Store> {
  const depot = await withDepot(db, city);
  const { dispatcher } = city.people;
  await recordMovement(db, dispatcher, moving('receive', quilts, { to: depot }, { at }));
  return depot;
}

export const vanOf = (team: { id: string }): Store => ({ kind: 'team', id: team.id });

/** A movement as a form makes it, now. */
export const moving = (
  kind: MovementDraft['kind'],
  quantity: number,
  { from = null, to = null }: { from?: Store | null; to?: Store | null },
  change: Partial<MovementDraft> = {},
): MovementDraft => ({
  id: uuidv7(),
  kind,
  item: 'quilt',
  quantity,
  from,
  to,
  note: '',
  at: new Date().toISOString(),
  ...change,
});

export const levelIn = (
  sql: Sql,
  { cityId }: SeededCity,
  store: Store,
  item: SupplyItem = 'quilt',
): Promise<number> => readLevel(sql, cityId, store, item);

/** What a crew without a network may do with the quilts of its van and of one depot. */
export function anyMove(
  van: Store,
  depot: Store,
  at: string,
  dice: (sides: number) => number,
): MovementDraft {
  const kind = (['load', 'load', 'lose', 'return', 'count'] as const)[dice(5)]!;
  const to = kind === 'lose' ? null : kind === 'return' ? depot : van;
  const from = kind === 'load' ? depot : kind === 'count' ? null : van;
  return moving(kind, 1 + dice(6), { from, to }, { at });
}
