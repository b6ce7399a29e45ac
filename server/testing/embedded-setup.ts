// Once per run of the `db-embedded` tests: the snapshot, before several workers want it.
import { defaultSnapshotFolder, ensureSnapshot } from '../kernel/embedded/snapshot.ts';

export default async function setup(): Promise<void> {
  await ensureSnapshot(defaultSnapshotFolder(), console.log);
}
