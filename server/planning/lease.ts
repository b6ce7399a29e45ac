/**
 * Several servers on one database: one of them plans for a city, and when it goes another takes over. A row that
 * runs out, not a lock of a session: the embedded database has one session for all.
 */
import type { Db } from '../kernel/sql.ts';

const leaseSeconds = 12;
/** Several times within a lease, so that one slow answer doesn't lose it. */
export const renewMs = 3_000;

/** Takes or renews; false while another has it. */
export async function holdCity(db: Db, cityId: string, holder: string): Promise<boolean> {
  const rows = await db`
    insert into planning_states as s (city_id, holder, held_until)
    values (${cityId}, ${holder}::uuid, clock_timestamp() + make_interval(secs => ${leaseSeconds}))
    on conflict (city_id) do update set holder = excluded.holder, held_until = excluded.held_until
      where s.holder is null or s.holder = excluded.holder or s.held_until < clock_timestamp()
    returning city_id`;
  return rows.length > 0;
}

/** Asked inside the transaction that writes a plan: who has lost the city writes nothing any more. */
export async function stillHolds(db: Db, cityId: string, holder: string): Promise<boolean> {
  const rows = await db`
    select 1 from planning_states
    where city_id = ${cityId} and holder = ${holder}::uuid and held_until > clock_timestamp()`;
  return rows.length > 0;
}

/** Lets go of all it has, so that nobody has to wait for the end of the lease. */
export async function releaseCities(db: Db, holder: string): Promise<void> {
  await db`update planning_states set holder = null, held_until = null where holder = ${holder}::uuid`;
}
