// Run as a program: `prepare [FOLDER]` makes the embedded database's snapshot unless it is there.
import { defaultSnapshotFolder, prepareSnapshot } from './snapshot.ts';

const folder = process.argv[2] ?? defaultSnapshotFolder();
const startedAt = performance.now();
const { made } = await prepareSnapshot(folder);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
process.stdout.write(
  made ? `Embedded database prepared in ${seconds} s.\n` : 'Embedded database already prepared.\n',
);
// PGlite leaves handles open that would keep the process alive.
process.exit(0);
