import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { cleanTrack } from '../../shared/tracks/clean.ts';
import { metersBetween } from '../../shared/tracks/fixes.ts';
import { matchTrack } from '../../shared/tracks/matching.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { buildStreetNetwork, edgesNear } from '../../shared/tracks/street-network.ts';
import { metersOf, unionOf } from '../../shared/tracks/stretches.ts';
import { readExtract } from '../basemap/extract.ts';
import { buildStreets } from '../basemap/streets.ts';

const folder = resolve(import.meta.dirname, '../../../shared/data/osm');
const missing = existsSync(folder) ? '' : ` (needs the extracts in ${folder})`;

/** The file tells no times: as somebody on a bicycle would have ridden it. */
function readGpx(metersPerSecond: number): TrackPoint[] {
  const text = readFileSync(join(folder, 'andorra_for_map_matching.gpx'), 'utf8');
  const places = [...text.matchAll(/<trkpt lat="([-\d.]+)" lon="([-\d.]+)"/g)].map(
    ([, lat, lon]) => ({ lon: Number(lon), lat: Number(lat) }),
  );
  let at = Date.parse('2026-01-05T18:00:00.000Z');
  return places.map(({ lon, lat }, i): TrackPoint => {
    if (i > 0)
      at += Math.round((metersBetween(places[i - 1]!, { lon, lat }) / metersPerSecond) * 1000);
    return [at, lon, lat, 8, null, null];
  });
}

it.skipIf(missing)(
  `a real ride in Andorra is kept whole and runs along its streets${missing}`,
  async () => {
    const extract = await readExtract(join(folder, 'andorra.osm.pbf'), { maxNodes: 5_000_000 });
    const network = buildStreetNetwork(buildStreets(extract), 'andorra');
    const points = readGpx(6);
    const { fixes, dropped } = cleanTrack(points);
    expect(points.length).toBeGreaterThan(20);
    expect(dropped).toEqual([]);
    const ridden = fixes.slice(1).reduce((sum, fix, i) => sum + metersBetween(fixes[i]!, fix), 0);
    const covered = unionOf(matchTrack(network, fixes).flatMap(({ stretches }) => stretches));
    const onStreets = fixes.filter(({ lon, lat }) => edgesNear(network, lon, lat, 35).length > 0);
    expect(metersOf(covered)).toBeGreaterThan(ridden * 0.8 * (onStreets.length / fixes.length));
    expect(metersOf(covered)).toBeLessThan(ridden * 1.05);
  },
  60_000,
);
