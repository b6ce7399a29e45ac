// Other people's DBSCAN on the same points. Files of reference data lie beside the repository; where
// they don't, these tests are skipped and say so.
import { existsSync, readFileSync } from 'node:fs';
import { clustersDbscan } from '@turf/clusters-dbscan';
import { featureCollection, point } from '@turf/turf';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chordMeters, MEAN_SPHERE, toEcef, WGS84 } from '../geo/ellipsoid.ts';
import { groupPoints } from './grouping.ts';
import type { Surface } from './point-columns.ts';

const DATA = new URL('../../../shared/data/clustering/', import.meta.url);
const missing = !existsSync(DATA);
if (missing) console.warn(`skipped: no reference data at ${DATA.pathname}`);

interface SklearnCase {
  file: string;
  eps: number;
  min_samples: number;
  metric: 'euclidean' | 'haversine';
  core: number;
}

interface Reference {
  x: Float64Array;
  y: Float64Array;
  label: number[];
  core: boolean[];
}

function readReference(file: string): Reference {
  const rows: Record<string, string>[] = parse(
    readFileSync(new URL(`sklearn_reference/${file}`, DATA)),
    { columns: true },
  );
  return {
    x: Float64Array.from(rows, (row) => Number(row['x'])),
    y: Float64Array.from(rows, (row) => Number(row['y'])),
    label: rows.map((row) => Number(row['label'])),
    core: rows.map((row) => row['core'] === '1'),
  };
}

/** Places where the two differ: core flags, a core point's group, a border or noise point's label. */
function differences(reference: Reference, surface: Surface, eps: number, minPoints: number) {
  const { x, y, label, core } = reference;
  const ours = groupPoints({ x, y }, { epsMeters: eps, minPoints, surface });
  const earth = surface === 'ellipsoid' ? WGS84 : MEAN_SPHERE;
  const places = label.map((_, i) =>
    surface === 'plane' ? { x: x[i]!, y: y[i]!, z: 0 } : toEcef({ lon: x[i]!, lat: y[i]! }, earth),
  );
  const near = (i: number, j: number) => {
    const p = places[i]!;
    const q = places[j]!;
    if (Math.abs(p.x - q.x) > eps) return false;
    return (p.x - q.x) ** 2 + (p.y - q.y) ** 2 + (p.z - q.z) ** 2 <= eps * eps;
  };
  const coreFlags = label.flatMap((_, i) => (Boolean(ours.core[i]) === core[i] ? [] : [i]));
  const coreIndexes = label.flatMap((_, i) => (core[i] === true ? [i] : []));
  const theirsOf = new Map<number, number>();
  const oursOf = new Map<number, number>();
  const coreGroups: number[] = [];
  const others: number[] = [];
  label.forEach((theirs, i) => {
    if (!core[i]) return;
    const group = ours.labels[i]!;
    if (!theirsOf.has(group)) theirsOf.set(group, theirs);
    if (!oursOf.has(theirs)) oursOf.set(theirs, group);
    if (theirsOf.get(group) !== theirs || oursOf.get(theirs) !== group) coreGroups.push(i);
  });
  label.forEach((theirs, i) => {
    if (core[i]) return;
    const adjacent = new Set(coreIndexes.filter((j) => near(i, j)).map((j) => label[j]!));
    const group = ours.labels[i]!;
    const fits =
      group === -1 ? theirs === -1 && adjacent.size === 0 : adjacent.has(theirsOf.get(group) ?? -1);
    if (!fits) others.push(i);
  });
  return { coreFlags, coreGroups, others };
}

const NONE = { coreFlags: [], coreGroups: [], others: [] };

describe.skipIf(missing)('scikit-learn', { timeout: 60_000 }, () => {
  const { cases }: { cases: SklearnCase[] } = missing
    ? { cases: [] }
    : JSON.parse(readFileSync(new URL('sklearn_reference/index.json', DATA), 'utf8'));

  it.each(cases)('groups $file the same', ({ file, eps, min_samples, metric }) => {
    const surface = metric === 'euclidean' ? 'plane' : 'sphere';
    expect(differences(readReference(file), surface, eps, min_samples)).toEqual(NONE);
  });

  it('differs on the ellipsoid only where its sphere puts a pair on the other side of eps', () => {
    const close = readReference('seattle_2019-12_lonlat_m_dbscan_eps100_min5.csv');
    expect(differences(close, 'ellipsoid', 100, 5)).toEqual(NONE);
    const wide = readReference('seattle_2019-12_lonlat_m_dbscan_eps250_min10.csv');
    // Point 381 has its tenth neighbour at 250.11 m on the ellipsoid, within 250 m on the sphere; it is
    // still in its group, while 1676 hung on it alone.
    expect(differences(wide, 'ellipsoid', 250, 10)).toEqual({
      coreFlags: [381],
      coreGroups: [],
      others: [1676],
    });
  });
});

describe.skipIf(missing)("PostGIS's own regression cases", () => {
  const { points, cases }: PostgisCases = missing
    ? { points: {}, cases: [] }
    : JSON.parse(readFileSync(new URL('postgis_dbscan_cases.json', DATA), 'utf8'));
  const ids = Object.keys(points);

  it.each(cases)('$id', ({ eps, minpoints, labels }) => {
    const ours = groupPoints(
      {
        x: Float64Array.from(ids, (id) => points[id]![0]),
        y: Float64Array.from(ids, (id) => points[id]![1]),
      },
      { epsMeters: eps, minPoints: minpoints, surface: 'plane' },
    );
    expect([...ours.labels]).toEqual(ids.map((id) => labels[id] ?? -1));
  });
});

interface PostgisCases {
  points: Record<string, [number, number]>;
  cases: { id: string; eps: number; minpoints: number; labels: Record<string, number | null> }[];
}

describe('Turf', { timeout: 60_000 }, () => {
  /** Turf measures on a sphere: a pair this near to eps may fall on either side. */
  const BLUR = 0.006;
  const cloud = fc.array(
    fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 })),
    { minLength: 2, maxLength: 120 },
  );

  it('groups the same points the same, where no pair lies on the edge of eps', () => {
    fc.assert(
      fc.property(
        cloud,
        fc.constantFrom(-33.9, 0, 39.9, 60.2, 69),
        fc.constantFrom(1, 3, 5),
        (steps, lat, minPoints) => {
          const eps = 60;
          const perLon = 111_320 * Math.cos((lat * Math.PI) / 180);
          const positions: { lon: number; lat: number }[] = [];
          for (const [east, north] of steps) {
            const position = { lon: 24.9 + east / perLon, lat: lat + north / 111_320 };
            const clear = positions.every(
              (other) => Math.abs(chordMeters(position, other) / eps - 1) > BLUR,
            );
            if (clear) positions.push(position);
          }
          const ours = groupPoints(
            {
              x: Float64Array.from(positions, (p) => p.lon),
              y: Float64Array.from(positions, (p) => p.lat),
            },
            { epsMeters: eps, minPoints },
          );
          const theirs = clustersDbscan(
            featureCollection(positions.map((p) => point([p.lon, p.lat]))),
            eps,
            { units: 'meters', minPoints },
          ).features.map(({ properties }) => properties);
          const pairOf = new Map<number, number>();
          theirs.forEach(({ dbscan, cluster }, i) => {
            expect(ours.labels[i] === -1).toBe(dbscan === 'noise');
            // What Turf calls core includes border points that it met from a core point.
            if (ours.core[i] !== 1) return;
            const pair = pairOf.get(cluster!) ?? ours.labels[i]!;
            pairOf.set(cluster!, pair);
            expect(ours.labels[i]).toBe(pair);
          });
          expect(new Set(pairOf.values()).size).toBe(pairOf.size);
        },
      ),
    );
  });
});
