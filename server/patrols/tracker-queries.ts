import type { TrackerDraft, TrackerView } from '../../shared/patrols/trackers.ts';
import type { Db } from '../kernel/sql.ts';

const columns = (db: Db) => db`
  id, team_id as "teamId", label, device_key as "deviceKey", created_at as "createdAt",
  last_heard_at as "lastHeardAt", battery_percent as "batteryPercent"`;

/** Those that may report. */
export async function readTrackers(db: Db, cityId: string): Promise<TrackerView[]> {
  return await db<TrackerView[]>`
    select ${columns(db)} from trackers
    where city_id = ${cityId} and revoked_at is null order by label, id`;
}

export async function readTracker(
  db: Db,
  cityId: string,
  id: string,
): Promise<(TrackerView & { revokedAt: string | null }) | null> {
  const [row] = await db<(TrackerView & { revokedAt: string | null })[]>`
    select ${columns(db)}, revoked_at as "revokedAt" from trackers
    where city_id = ${cityId} and id = ${id}::uuid`;
  return row ?? null;
}

/** The key is given once and stays; another label or team may follow. */
export async function upsertTracker(
  db: Db,
  cityId: string,
  { id, teamId, label }: TrackerDraft,
  deviceKey: string,
): Promise<void> {
  await db`
    insert into trackers (city_id, id, team_id, device_key, label)
    values (${cityId}, ${id}::uuid, ${teamId}::uuid, ${deviceKey}, ${label})
    on conflict (city_id, id) do update set team_id = excluded.team_id, label = excluded.label`;
}

export async function markTrackerRevoked(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<boolean> {
  const updated = await db`
    update trackers set revoked_at = ${at}::timestamptz
    where city_id = ${cityId} and id = ${id}::uuid and revoked_at is null`;
  return updated.count === 1;
}
