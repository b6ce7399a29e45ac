/** A process of its own, so that the memory the drawing needs is given back: `node make-roads-worker.js DATA_DIR`. */
import { buildDemoRoads } from '../basemap/demo-city.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('Usage: make-roads DATA_DIR');
try {
  await buildDemoRoads(dataDir);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
