import type { LateConflict } from '../../shared/field/late.ts';
import type {
  ConflictDetail,
  ConflictView,
  FieldAction,
  FieldActionKind,
  FieldAnswer,
} from '../../shared/field/schema.ts';
import type { Db } from '../kernel/sql.ts';

const viewColumns = (db: Db) => db`
  id, kind, action, team_id as "teamId", dispatch_id as "dispatchId", cluster_id as "clusterId",
  recheck_id as "recheckId", sighting_id as "sightingId", other_team_id as "otherTeamId", at,
  received_at as "receivedAt", settled_at as "settledAt"`;

/** Conflicts that the desk has not looked at yet. */
export async function readOpenConflictViews(db: Db, cityId: string): Promise<ConflictView[]> {
  return await db<ConflictView[]>`
    select ${viewColumns(db)} from conflicts
    where city_id = ${cityId} and settled_at is null order by received_at, id`;
}

export async function readConflictView(
  db: Db,
  cityId: string,
  id: string,
): Promise<ConflictView | null> {
  const [row] = await db<ConflictView[]>`
    select ${viewColumns(db)} from conflicts where city_id = ${cityId} and id = ${id}::uuid`;
  return row ?? null;
}

/** What was done, by whom, and what the device is answered. */
export interface KeptAction {
  action: Pick<FieldAction, 'id' | 'kind'>;
  userId: string;
  teamId: string | null;
  at: string;
  answer: FieldAnswer;
}

/** What became of an action that was heard of before; null when it is new. */
export async function findKeptAction(
  db: Db,
  cityId: string,
  id: string,
): Promise<{ kind: FieldActionKind; userId: string; answer: FieldAnswer } | null> {
  const [row] = await db<{ kind: FieldActionKind; userId: string; answer: FieldAnswer }[]>`
    select kind, user_id as "userId", answer from field_actions
    where city_id = ${cityId} and id = ${id}::uuid`;
  return row ?? null;
}

/** False when there is one of this id already: that one stays. */
export async function insertAction(db: Db, cityId: string, kept: KeptAction): Promise<boolean> {
  const { action, answer } = kept;
  const inserted = await db`
    insert into field_actions (city_id, id, kind, user_id, team_id, at, received_at, result, conflict_id, answer)
    values (${cityId}, ${action.id}::uuid, ${action.kind}, ${kept.userId}::uuid, ${kept.teamId}::uuid,
      ${kept.at}::timestamptz, ${answer.receivedAt}::timestamptz, ${answer.result}::field_result,
      ${answer.conflict?.id ?? null}::uuid, ${db.json(answer as never)})
    on conflict do nothing`;
  return inserted.count === 1;
}

export interface NewConflict extends LateConflict {
  id: string;
  action: FieldActionKind;
  teamId: string | null;
  userId: string;
  at: string;
  receivedAt: string;
}

/** The conflict of one team about one dispatch that the desk has not looked at yet: the next action of that visit joins it. */
export async function findOpenDispatchConflict(
  db: Db,
  cityId: string,
  dispatchId: string,
  teamId: string | null,
): Promise<string | null> {
  const [row] = await db<{ id: string }[]>`
    select id from conflicts
    where city_id = ${cityId} and kind = 'dispatch_gone' and settled_at is null
      and dispatch_id = ${dispatchId}::uuid and team_id is not distinct from ${teamId}::uuid
    order by received_at limit 1`;
  return row?.id ?? null;
}

/** A new conflict, or one more action of the one that has this id. */
export async function upsertConflict(db: Db, cityId: string, found: NewConflict): Promise<void> {
  const details = [{ action: found.action, at: found.at, held: found.details ?? {} }];
  await db`
    insert into conflicts as c (city_id, id, kind, action, team_id, user_id, dispatch_id, cluster_id, recheck_id,
      sighting_id, other_team_id, at, received_at, details)
    values (${cityId}, ${found.id}::uuid, ${found.kind}::conflict_kind, ${found.action}, ${found.teamId}::uuid,
      ${found.userId}::uuid, ${found.dispatchId ?? null}::uuid, ${found.clusterId ?? null}::uuid,
      ${found.recheckId ?? null}::uuid, ${found.sightingId ?? null}::uuid, ${found.otherTeamId ?? null}::uuid,
      ${found.at}::timestamptz, ${found.receivedAt}::timestamptz, ${db.json(details as never)})
    on conflict (city_id, id) do update set action = excluded.action, user_id = excluded.user_id,
      cluster_id = excluded.cluster_id, other_team_id = excluded.other_team_id, at = excluded.at,
      received_at = excluded.received_at, details = c.details || excluded.details`;
}

/** The first who says so is kept. */
export async function markConflictSettled(
  db: Db,
  cityId: string,
  id: string,
  settled: { at: string; by: string },
): Promise<boolean> {
  const changed = await db`
    update conflicts set settled_at = ${settled.at}::timestamptz, settled_by = ${settled.by}::uuid
    where city_id = ${cityId} and id = ${id}::uuid and settled_at is null`;
  return changed.count === 1;
}

export async function readConflictDetail(
  db: Db,
  cityId: string,
  id: string,
): Promise<ConflictDetail | null> {
  const conflict = await readConflictView(db, cityId, id);
  if (!conflict) return null;
  const [row] = await db<Pick<ConflictDetail, 'userName' | 'actions'>[]>`
    select u.display_name as "userName", c.details as actions
    from conflicts c join users u on u.city_id = c.city_id and u.id = c.user_id
    where c.city_id = ${cityId} and c.id = ${id}::uuid`;
  return { conflict, ...row! };
}
