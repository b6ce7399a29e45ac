import type { ConflictView } from '../../shared/field/schema.ts';
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
