import type { Db } from '../kernel/sql.ts';

export interface TrackerOfTeam {
  id: string;
  cityId: string;
  teamId: string;
}

/** The tracker with this key; null when there is none, or it or its team is no longer in use. */
export async function findTracker(db: Db, deviceKey: string): Promise<TrackerOfTeam | null> {
  const [tracker] = await db<TrackerOfTeam[]>`
    select k.id, k.city_id as "cityId", k.team_id as "teamId"
    from trackers k join teams t on t.city_id = k.city_id and t.id = k.team_id
    where k.device_key = ${deviceKey} and k.revoked_at is null and t.removed_at is null`;
  return tracker ?? null;
}

/** At most once a minute: a report every second is no reason to write the row every second. */
export async function updateHeard(
  db: Db,
  { cityId, id }: TrackerOfTeam,
  batteryPercent: number | null,
): Promise<void> {
  await db`
    update trackers set last_heard_at = now(), battery_percent = coalesce(${batteryPercent}::real, battery_percent)
    where city_id = ${cityId} and id = ${id}::uuid
      and (last_heard_at is null or last_heard_at < now() - interval '1 minute')`;
}
