/**
 * The demo city's road network is made after the server has opened, so that nobody waits for it: some seconds later
 * its travel times come from roads. An imported city has its roads from `npm run city`.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CITY_FILES } from '../../shared/basemap/schema.ts';
import { readCity } from '../basemap/city-folder.ts';
import type { Config } from '../kernel/config.ts';
import { spawnProcess } from '../kernel/embedded/entries.ts';
import type { Log } from '../kernel/log.ts';
import { madeUpCity } from './prepare.ts';

/** The first screens are drawn before a core is taken. */
const afterMs = 3_000;

export function startRoadBuilding(config: Config, log: Log): { stop(): Promise<void> } {
  const city = readCity(config.dataDir, madeUpCity);
  const target = path.join(config.dataDir, 'cities', madeUpCity, CITY_FILES.roads);
  if (!city?.fictional || existsSync(target)) return { stop: async () => undefined };
  let stopBuilding = (): void => undefined;
  const timer = setTimeout(() => {
    stopBuilding = build(config.dataDir, log);
  }, afterMs);
  timer.unref();
  return {
    stop: async () => {
      clearTimeout(timer);
      stopBuilding();
    },
  };
}

function build(dataDir: string, log: Log): () => void {
  const began = performance.now();
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = new URL(`./make-roads-worker.${extension}`, import.meta.url);
  const child = spawnProcess(entry, [dataDir]);
  let stopped = false;
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  child.on('error', (error) => log('warn', 'the demo city stays without roads', { error }));
  child.on('exit', (code) => {
    if (stopped) return;
    const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
    if (code === 0) log('info', 'the roads of the demo city are made', { seconds });
    else
      log('warn', 'the demo city stays without roads: its travel times are estimates', {
        complaint: complaint.trim(),
      });
  });
  return () => {
    stopped = true;
    child.kill('SIGTERM');
  };
}
