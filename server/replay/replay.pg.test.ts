/** Records of a file through the real intake: each once, refused ones counted, clusters as the batch rule says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupPoints, rankIds } from '../../shared/clusters/grouping.ts';
import { testDatabase } from '../testing/database.ts';
import { cityCenter, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { gatherCandidates } from './gather.ts';
import { openSource } from './records.ts';
import { Rejects } from './rejects.ts';
import { runReplay } from './replay.ts';
import { dueSeconds } from './schedule.ts';
import { Intake } from './sender.ts';
import type { Sent } from './sender.ts';

const test = testDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'nuanxun-replay-pg-'));
const file = path.join(folder, 'records.csv');
let served: Served;
let city: SeededCity;

beforeAll(async () => {
  city = await seedCity(test.sql, { demo: true });
  served = await serve(test.db);
  const rows = Array.from({ length: 150 }, (_, i) => {
    const lon = cityCenter.lon + Math.floor(i / 10) / 100 + (i % 3) * 0.0004;
    const lat = cityCenter.lat + (i % 7) * 0.0003;
    return `r${i},2020-01-${String(1 + (i % 28)).padStart(2, '0')} 10:00:00,${lon},${lat}`;
  });
  writeFileSync(file, ['id,created,lon,lat', ...rows, 'far,2020-01-01 10:00:00,10,50'].join('\n'));
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

async function replay(): Promise<Sent[]> {
  const source = await openSource(file);
  const { candidates } = await gatherCandidates(
    source,
    {},
    new Map(),
    new Rejects(null, source.header),
  );
  const intake = new Intake(served.baseUrl, 16);
  await intake.signIn(city.cityId, null);
  const sent: Sent[] = [];
  await runReplay({
    candidates,
    due: dueSeconds(
      candidates.map(({ atMs }) => atMs),
      { speed: Infinity, maxGapSeconds: 5 },
    ),
    parallel: 16,
    accuracyMeters: 30,
    signal: new AbortController().signal,
    send: (draft) => intake.report(draft),
    onSent: (_candidate, answer) => void sent.push(answer),
  });
  intake.close();
  return sent;
}

const live = () =>
  test.sql<{ id: string; lon: number; lat: number; clusterId: string }[]>`
    select id, st_x(position::geometry) as lon, st_y(position::geometry) as lat, cluster_id as "clusterId"
    from sightings where city_id = ${city.cityId} and state = 'live' order by id`;

describe('a replay', () => {
  it('brings every record in once, and the server refuses what lies outside', async () => {
    const sent = await replay();
    expect(sent.filter(({ verdict }) => verdict === 'acknowledged')).toHaveLength(150);
    expect(sent.filter(({ verdict }) => verdict === 'refused')).toEqual([
      { verdict: 'refused', reason: 'outside_city' },
    ]);
    expect(await live()).toHaveLength(150);
  });

  it('run again sends the same ids, which changes nothing', async () => {
    const before = await live();
    const sent = await replay();
    expect(sent.filter((one) => one.verdict === 'acknowledged')).toHaveLength(150);
    expect(await live()).toEqual(before);
  });

  it('leaves the clusters that the batch grouping of the same points gives', async () => {
    const rows = await live();
    const { labels } = groupPoints(
      {
        x: Float64Array.from(rows, ({ lon }) => lon),
        y: Float64Array.from(rows, ({ lat }) => lat),
        rank: rankIds(rows.map(({ id }) => id)),
      },
      { epsMeters: 80, minPoints: 1, maxDiameterMeters: 250 },
    );
    const together = (keyOf: (i: number) => string | number): string[] => {
      const groups = new Map<string | number, string[]>();
      rows.forEach(({ id }, i) => groups.set(keyOf(i), [...(groups.get(keyOf(i)) ?? []), id]));
      return [...groups.values()].map((ids) => ids.sort().join()).sort();
    };
    expect(together((i) => rows[i]!.clusterId)).toEqual(together((i) => labels[i]!));
  });

  it('is refused without an account where the city is no demo', async () => {
    const real = await seedCity(test.sql);
    const intake = new Intake(served.baseUrl, 1);
    await expect(intake.signIn(real.cityId, null)).rejects.toThrow(/not a demo city/);
    await expect(intake.signIn(real.cityId, { user: 'nobody', password: 'x' })).rejects.toThrow(
      /refused \(wrong_credentials\)/,
    );
    intake.close();
  });
});
