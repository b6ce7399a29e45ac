/** What can be recorded at a store, from where the person stands. */
import type { MovementDraft, Store, SupplyItem } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import type { StoreChoice } from './store-choices.ts';

export type Move =
  | 'receive'
  | 'loadIn'
  | 'bringIn'
  | 'loadOut'
  | 'returnIn'
  | 'returnOut'
  | 'lose'
  | 'count';

/** A crew loads and empties its own vehicle; what comes in from outside is booked at a desk. */
export function movesAt({ kind }: Store, isCrew: boolean): readonly Move[] {
  if (kind !== 'team') return ['receive', 'loadOut', 'returnIn', 'bringIn', 'lose', 'count'];
  const own = ['loadIn', 'returnOut', 'lose', 'count'] as const;
  return isCrew ? own : [...own, 'receive'];
}

const takes: Record<Move, { kind: MovementDraft['kind']; own: 'from' | 'to'; other: boolean }> = {
  receive: { kind: 'receive', own: 'to', other: false },
  loadIn: { kind: 'load', own: 'to', other: true },
  bringIn: { kind: 'load', own: 'to', other: true },
  loadOut: { kind: 'load', own: 'from', other: true },
  returnIn: { kind: 'return', own: 'to', other: true },
  returnOut: { kind: 'return', own: 'from', other: true },
  lose: { kind: 'lose', own: 'from', other: false },
  count: { kind: 'count', own: 'to', other: false },
};

/** On which side the other store stands; null where there is none. */
export const otherSide = (move: Move): 'from' | 'to' | null =>
  !takes[move].other ? null : takes[move].own === 'from' ? 'to' : 'from';

/** The stores on the other side: goods are brought back by vehicles, and not into one. */
export function othersFor(move: Move, own: Store, choices: readonly StoreChoice[]): StoreChoice[] {
  return choices.filter(({ store }) => {
    if (storeKey(store) === storeKey(own)) return false;
    if (move === 'returnIn') return store.kind === 'team';
    return move !== 'returnOut' || store.kind !== 'team';
  });
}

/** The store that gets less; null where nothing is taken away. */
export function sourceOf(move: Move, own: Store, other: Store | null): Store | null {
  if (move === 'receive' || move === 'count') return null;
  return takes[move].own === 'from' ? own : other;
}

export interface MoveFacts {
  move: Move;
  own: Store;
  other: Store | null;
  item: SupplyItem;
  quantity: number;
  note: string;
}
export function movementOf(facts: MoveFacts, made: { id: string; at: string }): MovementDraft {
  const { kind, own, other } = takes[facts.move];
  const beyond = other ? facts.other : null;
  const [from, to] = own === 'from' ? [facts.own, beyond] : [beyond, facts.own];
  const { item, quantity, note } = facts;
  return { ...made, kind, item, quantity, from, to, note: note.trim() };
}
