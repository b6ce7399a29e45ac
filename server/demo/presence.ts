/** Whether people are playing along: the simulation is slower where somebody may want to act first. */
import type { Db } from '../kernel/sql.ts';

export interface Presence {
  /** teams somebody signed in as, not long ago */
  playedTeams: ReadonlySet<string>;
  /** houses somebody signed in for, not long ago */
  playedHouses: ReadonlySet<string>;
  /** somebody signed in who can dispatch */
  atTheDesk: boolean;
}

const recently = '20 minutes';

/** Simulated people are told apart by their user names, which begin with `sim-`. */
export async function readPresence(db: Db, cityId: string): Promise<Presence> {
  const rows = await db<{ role: string; team_id: string | null; station_id: string | null }[]>`
    select distinct u.role, u.team_id, u.station_id from sessions s join users u on u.city_id = s.city_id and u.id = s.user_id
    where s.city_id = ${cityId} and u.username not like 'sim-%' and s.created_at > now() - ${recently}::interval
      and s.expires_at > now()`;
  return {
    playedTeams: new Set(
      rows.flatMap(({ role, team_id }) => (role === 'patrol' && team_id !== null ? [team_id] : [])),
    ),
    playedHouses: new Set(
      rows.flatMap(({ role, station_id }) =>
        role === 'station_manager' && station_id !== null ? [station_id] : [],
      ),
    ),
    atTheDesk: rows.some(({ role }) => ['dispatcher', 'administrator'].includes(role)),
  };
}

/** The team that whoever enters the demo as a patrol drives with. */
export async function readDemoTeam(db: Db, cityId: string): Promise<string | null> {
  const [user] = await db<{ team_id: string | null }[]>`
    select team_id from users where city_id = ${cityId} and username = 'demo-patrol'`;
  return user?.team_id ?? null;
}
