import type { Db } from '../kernel/sql.ts';

/** Whether a dispatch binds the team. Asked here, and not of dispatch, which itself asks about teams. */
export async function isTeamBusy(db: Db, cityId: string, teamId: string): Promise<boolean> {
  const found = await db`
    select 1 from dispatches where city_id = ${cityId} and team_id = ${teamId}::uuid and ended_at is null`;
  return found.length > 0;
}
