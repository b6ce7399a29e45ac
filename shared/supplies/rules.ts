/**
 * The arithmetic of the movement book, without a database. What lies in a store follows from what people recorded,
 * in the order in which it happened, whatever the order it was heard of in: see docs/supplies.md.
 */
import { AppError } from '../errors.ts';
import type { MovementDraft, MovementKind, MovementView, Store, SupplyItem } from './schema.ts';
import { storeKey } from './store-key.ts';

/** What counts of a line for what lies in a store. */
export interface Movement {
  id: string;
  kind: MovementKind;
  item: SupplyItem;
  quantity: number;
  from: Store | null;
  to: Store | null;
  at: string;
}
/** A line as it is appended. `bookedBefore` is of counts; a corrected one is written by the book itself. */
export type BookLine = Movement & Pick<MovementView, 'bookedBefore' | 'corrected'>;

/** What is known of one item in one store when a movement of it is heard of. */
export interface Shelf {
  level: number;
  /** what people recorded of it since the last count before the movement (that count first), in order of time */
  earlier: readonly Movement[];
  /** and what happened after the movement but was heard of before it */
  later: readonly Movement[];
}
export interface Posting {
  /** to be appended in this order */
  lines: BookLine[];
  levels: { store: Store; quantity: number }[];
}

const isSame = (a: Store | null, b: Store): boolean => a !== null && storeKey(a) === storeKey(b);

/** What lies in the store after one more line; goods that were there beyond what the book said don't make it negative. */
export function levelAfter(level: number, line: Movement, store: Store): number {
  if (line.kind === 'count') return line.quantity;
  return Math.max(0, level + (isSame(line.to, store) ? line.quantity : -line.quantity));
}

/** By the time it happened; of the same moment by id, so that it is one order on every server. */
export const byTime = (a: Movement, b: Movement): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

const levelOver = (from: number, lines: readonly Movement[], store: Store): number =>
  lines.reduce((level, line) => levelAfter(level, line, store), from);

/** What a line changes in a store: the sum of it over all lines is what lies there. */
export function changeIn(line: BookLine, store: Store): number {
  if (line.kind === 'count')
    return isSame(line.to, store) ? line.quantity - (line.bookedBefore ?? 0) : 0;
  return (
    (isSame(line.to, store) ? line.quantity : 0) - (isSame(line.from, store) ? line.quantity : 0)
  );
}

/**
 * One movement, written down. Where what people recorded, put in the order of time, comes to something else than the
 * sum of the lines (more was given out than the book held; goods that were counted meanwhile are heard of late), a
 * count written by the book itself makes up for it: before the movement where that takes away, after it where it adds.
 * @param isFact it has happened and is recorded whatever the book says; otherwise what isn't there can't be moved
 * @param newId for the counts that the book writes itself
 * @throws AppError stock_missing, with what the book holds
 */
export function applyMovement(
  movement: Movement,
  shelfOf: (store: Store) => Shelf,
  { isFact, newId }: { isFact: boolean; newId: () => string },
): Posting {
  const before: BookLine[] = [];
  const after: BookLine[] = [];
  const levels: Posting['levels'] = [];
  let bookedBefore: number | null = null;
  for (const store of [movement.from, movement.to]) {
    if (store === null) continue;
    const shelf = shelfOf(store);
    const held = shelf.later.length === 0 ? shelf.level : levelOver(0, shelf.earlier, store);
    if (!isFact && isSame(movement.from, store) && held < movement.quantity)
      throw new AppError('stock_missing', { field: 'quantity', params: { quantity: held } });
    if (movement.kind === 'count') bookedBefore = held;
    const written: BookLine = { ...movement, bookedBefore, corrected: false };
    const quantity = levelOver(levelAfter(held, movement, store), shelf.later, store);
    const change = changeIn(written, store);
    levels.push({ store, quantity });
    if (shelf.level + change === quantity) continue;
    const [from, to, list] =
      change < 0
        ? [shelf.level, quantity - change, before]
        : [shelf.level + change, quantity, after];
    list.push({
      ...movement,
      id: newId(),
      kind: 'count',
      quantity: to,
      from: null,
      to: store,
      bookedBefore: from,
      corrected: true,
    });
  }
  return { lines: [...before, { ...movement, bookedBefore, corrected: false }, ...after], levels };
}

const shape: Record<MovementDraft['kind'], { from: boolean; to: boolean }> = {
  receive: { from: false, to: true },
  load: { from: true, to: true },
  return: { from: true, to: true },
  lose: { from: true, to: false },
  count: { from: false, to: true },
};

/** @throws AppError invalid_input, at the field: a movement goes out of what it can go out of, and into something else */
export function requireWhole({ kind, quantity, from, to }: Omit<MovementDraft, 'id' | 'at'>): void {
  const wrong = (field: string) => new AppError('invalid_input', { field });
  if (shape[kind].from !== (from !== null)) throw wrong('from');
  if (shape[kind].to !== (to !== null)) throw wrong('to');
  if (from && to && isSame(from, to)) throw wrong('to');
  if (kind === 'return' && from!.kind !== 'team') throw wrong('from');
  if (kind === 'return' && to!.kind === 'team') throw wrong('to');
  if (kind !== 'count' && quantity === 0) throw wrong('quantity');
}

/** A patrol keeps the book of its own vehicle: it loads it, brings back, loses and counts. */
export function isOwnMovement({ kind, from, to }: MovementDraft, teamId: string): boolean {
  const own: Store = { kind: 'team', id: teamId };
  if (kind === 'load' || kind === 'count') return isSame(to, own);
  return (kind === 'return' || kind === 'lose') && isSame(from, own);
}
