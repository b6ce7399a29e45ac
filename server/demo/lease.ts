/** Two servers on one database: one of them simulates, and when it goes another takes over. */
import type { Database, Sql } from '../kernel/sql.ts';

type Reserved = Awaited<ReturnType<Sql['reserve']>>;

export interface Lease {
  /** Whether this process has it still; a lost connection loses it. */
  stillHeld(): Promise<boolean>;
  release(): Promise<void>;
}

const lockKey = (cityId: string): string => `nuanxun:night:${cityId}`;

/** null when another server has it. The embedded database has one process only, which has it always. */
export async function takeLease(db: Database, cityId: string): Promise<Lease | null> {
  if (db.kind === 'embedded') return { stillHeld: async () => true, release: async () => {} };
  const connection = await db.sql.reserve();
  const key = lockKey(cityId);
  const [lock] = await connection<{ taken: boolean; pid: number }[]>`
    select pg_try_advisory_lock(hashtextextended(${key}, 0)) as taken, pg_backend_pid() as pid`;
  if (!lock?.taken) {
    connection.release();
    return null;
  }
  return {
    stillHeld: () => isSameSession(connection, lock.pid),
    release: async () => {
      await connection`select pg_advisory_unlock(hashtextextended(${key}, 0))`.catch(() => {});
      connection.release();
    },
  };
}

/** The lock belongs to the session: the same backend means that it was never let go. */
async function isSameSession(connection: Reserved, pid: number): Promise<boolean> {
  try {
    const [row] = await connection<{ pid: number }[]>`select pg_backend_pid() as pid`;
    return row?.pid === pid;
  } catch {
    return false;
  }
}
