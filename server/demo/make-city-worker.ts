/** A process of its own, so that the memory the importer needs is given back: `node make-city-worker.js DATA_DIR`. */
import { ensureDemoCity } from '../basemap/demo-city.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('Usage: make-city DATA_DIR');
await ensureDemoCity(dataDir);
