import type { z } from 'zod';
import { v7 as uuidv7 } from 'uuid';
import { supplyItems } from '../../shared/dispatch/outcomes.ts';
import { AppError } from '../../shared/errors.ts';
import type { LateOutcome } from '../../shared/field/late.ts';
import type { Need } from '../../shared/sightings/schema.ts';
import { isOwnMovement, requireWhole } from '../../shared/supplies/rules.ts';
import type {
  depotDraftSchema,
  DepotView,
  MovementDraft,
  MovementView,
  Store,
  SupplyItem,
} from '../../shared/supplies/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { readTeamView } from '../patrols/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { readStationView } from '../stations/queries.ts';
import { announceStock, appendMovement } from './book.ts';
import {
  findMovement,
  hasGift,
  markDepotRemoved,
  readDepotView,
  readMovementsOf,
  upsertDepot,
} from './queries.ts';

/** Lines of a store that a screen lists. */
const linesShown = 50;

/**
 * What somebody moved, counted or lost, by a person who looks at the screen: what isn't in the book can't be moved.
 * The same id again changes nothing and answers the same.
 * @throws AppError invalid_input; not_found for a store that isn't there; not_allowed for another's vehicle;
 * stock_missing
 */
export function recordMovement(
  db: Database,
  session: Session,
  draft: MovementDraft,
): Promise<MovementView> {
  return changeCity(db, session.cityId, async (change) => {
    const { tx, cityId, now } = change;
    const known = await findMovement(tx, cityId, draft.id);
    if (!known) {
      await requireStores(change, draft, true);
      const at = draft.at < now ? draft.at : now;
      await write(change, session, { draft: { ...draft, at }, isFact: false });
    }
    return (await findMovement(tx, cityId, draft.id))!;
  });
}

/**
 * The same, told by a device later: it has happened, so the book is corrected where it held less, and a store that
 * was removed meanwhile still counts. See docs/late-actions.md.
 * @throws AppError invalid_input, not_found, not_allowed
 */
export async function moveLate(
  change: CityChange,
  session: Session,
  draft: MovementDraft,
  at: string,
): Promise<LateOutcome> {
  if (await findMovement(change.tx, change.cityId, draft.id)) return { result: 'overtaken' };
  await requireStores(change, draft, false);
  await write(change, session, { draft: { ...draft, at }, isFact: true });
  return { result: 'applied' };
}

async function write(
  change: CityChange,
  session: Session,
  { draft, isFact }: { draft: MovementDraft; isFact: boolean },
): Promise<void> {
  requireWhole(draft);
  requireOwn(session, draft);
  const { note, ...movement } = draft;
  const recording = { by: session.userId, note, encounterId: null, isFact };
  await announceStock(change, await appendMovement(change, movement, recording));
}

/** The desk keeps every book, a patrol that of its own vehicle. */
function requireOwn({ role, teamId }: Session, draft: MovementDraft): void {
  if (role !== 'patrol') return;
  if (teamId === null || !isOwnMovement(draft, teamId))
    throw new AppError('not_allowed', { field: draft.kind === 'receive' ? 'kind' : 'from' });
}

async function requireStores(
  { tx, cityId }: CityChange,
  draft: MovementDraft,
  mustStand: boolean,
): Promise<void> {
  const reads = { depot: readDepotView, station: readStationView, team: readTeamView };
  for (const field of ['from', 'to'] as const) {
    const store = draft[field];
    if (store === null) continue;
    const known = await reads[store.kind](tx, cityId, store.id);
    if (!known || (mustStand && known.removed)) throw new AppError('not_found', { field });
  }
}

export interface Gift {
  encounterId: string;
  /** null: nobody's vehicle, so no book is kept of it */
  teamId: string | null;
  items: readonly { item: Need; quantity: number }[];
  /** a person's id */
  by: string;
  at: string;
}

/**
 * What an encounter gave out goes from the team's vehicle to a person, inside the caller's change. Never refused:
 * where the book holds less, it is brought up to what was given first. A second time changes nothing.
 */
export async function giveOut(
  change: CityChange,
  { encounterId, teamId, items, by, at }: Gift,
): Promise<void> {
  if (teamId === null) return;
  const { tx, cityId } = change;
  const store: Store = { kind: 'team', id: teamId };
  for (const [item, quantity] of sumOf(items)) {
    if (await hasGift(tx, cityId, encounterId, item)) continue;
    const gift = {
      id: uuidv7(),
      kind: 'give_out',
      item,
      quantity,
      from: store,
      to: null,
      at,
    } as const;
    await appendMovement(change, gift, { by, note: '', encounterId, isFact: true });
  }
  if (items.length > 0) await announceStock(change, [store]);
}

function sumOf(items: Gift['items']): Map<SupplyItem, number> {
  const sums = new Map<SupplyItem, number>();
  for (const { item, quantity } of items) {
    const known = (supplyItems as readonly Need[]).includes(item) ? (item as SupplyItem) : null;
    if (known) sums.set(known, (sums.get(known) ?? 0) + quantity);
  }
  return sums;
}

/** The last lines of a store; a patrol reads those of its own vehicle alone. */
export async function readMovements(
  db: Database,
  { cityId, role, teamId }: Session,
  { store }: { store: Store },
): Promise<MovementView[]> {
  if (role === 'patrol' && (store.kind !== 'team' || store.id !== teamId))
    throw new AppError('not_allowed', { field: 'store' });
  return readMovementsOf(db.sql, cityId, store, linesShown);
}

async function announceDepot(change: CityChange, id: string): Promise<DepotView> {
  const depot = await readDepotView(change.tx, change.cityId, id);
  if (!depot) throw new AppError('not_found', { field: 'id' });
  change.emit({ kind: 'depot.changed', depot }, 'staff');
  return depot;
}

export function saveDepot(
  db: Database,
  { cityId, userId }: Session,
  draft: z.infer<typeof depotDraftSchema>,
): Promise<DepotView> {
  return changeCity(db, cityId, async (change) => {
    await upsertDepot(change.tx, cityId, draft);
    await recordAudit(change.tx, { cityId, userId, action: 'depot.saved', subject: draft.name });
    return announceDepot(change, draft.id);
  });
}

/** What lies in it stays in the book: it is to be loaded or counted before. */
export function removeDepot(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<DepotView> {
  return changeCity(db, cityId, async (change) => {
    await markDepotRemoved(change.tx, cityId, id, change.now);
    const depot = await announceDepot(change, id);
    const subject = depot.name;
    await recordAudit(change.tx, { cityId, userId, action: 'depot.removed', subject });
    return depot;
  });
}
