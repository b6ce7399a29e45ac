import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { demoExtract } from './demo-extract.ts';
import { buildRoadTiles } from './road-tiles.ts';

it('takes an extract by a relative path, and leaves nothing but the tiles', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'nuanxun-tiles-test-'));
  try {
    writeFileSync(path.join(folder, 'town.osm.pbf'), demoExtract());
    const extract = path.relative(process.cwd(), path.join(folder, 'town.osm.pbf'));
    await buildRoadTiles(extract, path.join(folder, 'roads.tar'));
    expect(readdirSync(folder).sort()).toEqual(['roads.tar', 'town.osm.pbf']);
    // The builder writes its notes, such as duplicateways.txt, where it runs.
    expect(readdirSync('.').filter((name) => name.endsWith('.txt'))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
