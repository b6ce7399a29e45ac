/** After a restart everybody comes back at once: screens with the same view are given one snapshot. */
import type { Snapshot } from '../../shared/realtime/events.ts';
import type { Database } from '../kernel/sql.ts';
import type { ReadSnapshot, Viewer } from '../realtime/sockets.ts';
import { readReportsOf, readSnapshot } from './queries.ts';

const keptMs = 1_000;

/**
 * A snapshot of at least `notBefore`: the number up to which events were sent before this screen was there to hear
 * them. One that is younger than that is as good as a new one, because every later event reaches the screen by
 * itself. A viewer's own reports are read for that viewer alone.
 */
export function shareSnapshots(
  db: Database,
  read: typeof readSnapshot = readSnapshot,
): ReadSnapshot {
  const known = new Map<string, Promise<Snapshot>>();
  const readAnew = (key: string, viewer: Viewer, cells: readonly string[] | null) => {
    const nobody = { ...viewer, userId: null, deviceId: null };
    const reading = read(db, nobody, cells);
    known.set(key, reading);
    const forget = () => void (known.get(key) === reading && known.delete(key));
    reading.then(() => setTimeout(forget, keptMs).unref(), forget);
    return reading;
  };
  return async (viewer, cells, notBefore) => {
    const key = `${viewer.cityId}|${viewer.staff}|${cells === null ? '*' : [...cells].sort().join()}`;
    const others = known.get(key);
    let snapshot = await others;
    if (snapshot === undefined || snapshot.seq < notBefore) {
      // Somebody who waited for the same one may have begun the next already.
      const next = known.get(key);
      const begun = next !== undefined && next !== others ? await next : undefined;
      snapshot =
        begun !== undefined && begun.seq >= notBefore ? begun : await readAnew(key, viewer, cells);
    }
    return { ...snapshot, reports: await readReportsOf(db.sql, viewer) };
  };
}
