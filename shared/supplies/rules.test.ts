import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { applyMovement, byTime, changeIn, isOwnMovement, requireWhole } from './rules.ts';
import type { BookLine, Movement, Shelf } from './rules.ts';
import type { Store } from './schema.ts';
import { storeKey } from './store-key.ts';

const depot: Store = { kind: 'depot', id: 'd' };
const van: Store = { kind: 'team', id: 't' };
const house: Store = { kind: 'station', id: 's' };
const stores = [depot, van, house];

/** A book in memory, kept as the server keeps it. */
class Book {
  readonly lines: BookLine[] = [];
  readonly levels = new Map<string, number>();
  private made = 0;

  level(store: Store): number {
    return this.levels.get(storeKey(store)) ?? 0;
  }

  record(movement: Movement, isFact = true): void {
    const known = this.lines.filter(({ corrected }) => !corrected).sort(byTime);
    const shelfOf = (store: Store): Shelf => {
      const own = known.filter((line) =>
        [line.from, line.to].some((side) => side && storeKey(side) === storeKey(store)),
      );
      const earlier = own.filter((line) => byTime(line, movement) < 0);
      const counted = earlier.findLastIndex(({ kind }) => kind === 'count');
      return {
        level: this.level(store),
        earlier: earlier.slice(Math.max(0, counted)),
        later: own.filter((line) => byTime(line, movement) > 0),
      };
    };
    const newId = () => `made ${(this.made += 1)}`;
    const { lines, levels } = applyMovement(movement, shelfOf, { isFact, newId });
    for (const line of lines) this.append(line);
    for (const { store, quantity } of levels) expect(this.level(store)).toBe(quantity);
  }

  private append(line: BookLine): void {
    this.lines.push(line);
    for (const store of stores) {
      const level = this.level(store) + changeIn(line, store);
      expect(level).toBeGreaterThanOrEqual(0);
      this.levels.set(storeKey(store), level);
    }
  }
}

let ids = 0;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 18, minute)).toISOString();
const move = (
  kind: Movement['kind'],
  quantity: number,
  [from, to]: readonly [Store | null, Store | null],
  minute: number,
): Movement => {
  ids += 1;
  return {
    id: String(ids).padStart(6, '0'),
    kind,
    item: 'quilt',
    quantity,
    from,
    to,
    at: at(minute),
  };
};

const sides = fc.oneof(
  fc.constantFrom(...stores).map((to) => ['receive', [null, to]] as const),
  fc.constantFrom(...stores).map((to) => ['count', [null, to]] as const),
  fc.constantFrom(...stores).map((from) => ['lose', [from, null]] as const),
  fc.constantFrom(...stores).map((from) => ['give_out', [from, null]] as const),
  fc
    .shuffledSubarray(stores, { minLength: 2, maxLength: 2 })
    .map(([from, to]) => ['load', [from!, to!]] as const),
);
const anyMovement = fc
  .tuple(sides, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 20 }))
  .map(([[kind, ways], quantity, minute]) => move(kind, quantity, ways, minute));
const anyMovements = fc.array(anyMovement, { maxLength: 25 });

const bookOf = (movements: readonly Movement[]): Book => {
  const book = new Book();
  for (const movement of movements) book.record(movement);
  return book;
};
const levelsOf = (book: Book) => stores.map((store) => book.level(store));

describe('the movement book', () => {
  it('is at every moment the sum of its lines, and never less than nothing', () => {
    fc.assert(
      fc.property(anyMovements, (movements) => {
        const book = bookOf(movements);
        for (const store of stores)
          expect(book.level(store)).toBe(
            book.lines.reduce((sum, line) => sum + changeIn(line, store), 0),
          );
      }),
    );
  });

  it('comes to the same whatever the order in which it was heard of', () => {
    fc.assert(
      fc.property(
        anyMovements.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        ([all, shuffled]) => {
          expect(levelsOf(bookOf(shuffled))).toEqual(levelsOf(bookOf(all.toSorted(byTime))));
        },
      ),
    );
  });

  it('loses no line that somebody recorded', () => {
    fc.assert(
      fc.property(anyMovements, (movements) => {
        const recorded = bookOf(movements).lines.filter(({ corrected }) => !corrected);
        expect(recorded.map(({ id }) => id)).toEqual(movements.map(({ id }) => id));
      }),
    );
  });

  it('moves what is loaded without making any: the sum over all stores changes by counts alone', () => {
    fc.assert(
      fc.property(anyMovements, (movements) => {
        const { lines } = bookOf(movements);
        for (const line of lines) {
          if (line.kind !== 'load' && line.kind !== 'return') continue;
          expect(stores.reduce((sum, store) => sum + changeIn(line, store), 0)).toBe(0);
        }
      }),
    );
  });

  it('needs no correction where everything is there when it is moved, in order', () => {
    fc.assert(
      fc.property(anyMovements, (movements) => {
        const book = new Book();
        for (const movement of movements.toSorted(byTime)) {
          try {
            book.record(movement, false);
          } catch (error) {
            const { code, details } = error as AppError;
            expect(code).toBe('stock_missing');
            expect(details.params!['quantity']).toBe(book.level(movement.from!));
            expect(book.level(movement.from!)).toBeLessThan(movement.quantity);
          }
        }
        expect(book.lines.filter(({ corrected }) => corrected)).toEqual([]);
      }),
    );
  });

  it('is brought up to what was given out beyond it, and the load that was heard of later then counts less', () => {
    const book = new Book();
    book.record(move('give_out', 2, [van, null], 30));
    expect(book.lines.map(({ kind, quantity, corrected }) => [kind, quantity, corrected])).toEqual([
      ['count', 2, true],
      ['give_out', 2, false],
    ]);
    book.record(move('receive', 10, [null, depot], 1));
    book.record(move('load', 10, [depot, van], 10));
    expect(levelsOf(book)).toEqual([0, 8, 0]);
  });

  it('stays as it was counted when something from before the count is heard of', () => {
    const book = new Book();
    book.record(move('receive', 10, [null, van], 1));
    book.record(move('count', 7, [null, van], 20));
    book.record(move('give_out', 3, [van, null], 10));
    expect(book.level(van)).toBe(7);
    book.record(move('give_out', 3, [van, null], 25));
    expect(book.level(van)).toBe(4);
    book.record(move('count', 9, [null, van], 15));
    expect(book.level(van)).toBe(4);
  });
});

describe('a movement', () => {
  const draft = { id: 'm', item: 'coat', quantity: 1, note: '', at: at(0) } as const;
  it.each([
    ['receive', depot, depot, 'from'],
    ['receive', null, null, 'to'],
    ['load', null, van, 'from'],
    ['load', van, van, 'to'],
    ['return', depot, van, 'from'],
    ['return', van, { kind: 'team', id: 'u' }, 'to'],
    ['lose', van, depot, 'to'],
    ['count', van, null, 'from'],
  ] as const)('%s from %o to %o is refused at %s', (kind, from, to, field) => {
    const attempt = () => requireWhole({ ...draft, kind, from, to });
    expect(attempt).toThrow(AppError);
    try {
      attempt();
    } catch (error) {
      expect((error as AppError).details.field).toBe(field);
    }
  });

  it('of nothing is none, but nothing can be counted', () => {
    const none = { ...draft, quantity: 0 };
    expect(() => requireWhole({ ...none, kind: 'lose', from: van, to: null })).toThrow(AppError);
    requireWhole({ ...none, kind: 'count', from: null, to: van });
  });

  it('is a patrol’s own where its vehicle is loaded, emptied or counted', () => {
    const own = (
      kind: 'load' | 'return' | 'lose' | 'count' | 'receive',
      from: Store | null,
      to: Store | null,
    ) => isOwnMovement({ ...draft, kind, from, to }, 't');
    expect(own('load', depot, van)).toBe(true);
    expect(own('return', van, house)).toBe(true);
    expect(own('lose', van, null)).toBe(true);
    expect(own('count', null, van)).toBe(true);
    expect(own('receive', null, van)).toBe(false);
    expect(own('load', van, { kind: 'team', id: 'u' })).toBe(false);
    expect(own('count', null, depot)).toBe(false);
    expect(own('return', { kind: 'team', id: 'u' }, depot)).toBe(false);
  });
});
