/** The server of the chaos nights, on a database that outlives it; and the people of a night. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { startPrivateCluster } from '../../server/testing/private-cluster.ts';
import type { PrivateCluster } from '../../server/testing/private-cluster.ts';
import { startServer } from '../harness.ts';
import type { RunningServer } from '../harness.ts';
import { Desk } from './desk.ts';
import type { Crew } from './plan.ts';
import type { Holder } from './tablet.ts';

const repo = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const password = 'warm-tea-at-three-o-clock';
const pointsPerTeam = 16;

/** What is built may be built anew while the nights run: they have a copy of their own. */
function copyBuilt(): string {
  const folder = path.join(repo, '.cache', `chaos-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['dist', 'migrations', 'package.json'])
    cpSync(path.join(repo, name), path.join(folder, name), { recursive: true });
  return folder;
}

export class Town {
  readonly #cluster: PrivateCluster;
  readonly #admin: Sql;
  readonly #root = copyBuilt();
  readonly #dataDir: string;
  #database = 'fresh';
  #server: RunningServer | null = null;
  #starting: Promise<void> | null = null;
  #logs: string[] = [];

  private constructor(cluster: PrivateCluster, dataDir: string) {
    this.#cluster = cluster;
    this.#dataDir = dataDir;
    this.#admin = postgres(cluster.url, { max: 1, onnotice: () => undefined });
  }

  /** Null where no PostgreSQL is installed: what a killed server has kept must be read from outside. */
  static async found(): Promise<Town | null> {
    const cluster = await startPrivateCluster();
    if (!cluster) return null;
    const town = new Town(cluster, await mkdtemp(path.join(tmpdir(), 'nuanxun-chaos-')));
    await town.#admin`create database fresh`;
    // The demo city is made once; each night has a copy.
    await town.start();
    await town.die('SIGTERM');
    return town;
  }

  get databaseUrl(): string {
    const url = new URL(this.#cluster.url);
    url.pathname = `/${this.#database}`;
    return url.href;
  }

  async beginNight(seed: number): Promise<void> {
    await this.die();
    const before = this.#database;
    this.#database = `night_${seed}`;
    this.#logs = [];
    if (before !== 'fresh')
      await this.#admin.unsafe(`drop database if exists ${before} with (force)`);
    await this.#admin.unsafe(`drop database if exists ${this.#database} with (force)`);
    await this.#admin.unsafe(`create database ${this.#database} template fresh`);
    await this.start();
  }

  /** Where the server listens; null while it is dead. */
  readonly port = (): number | null =>
    this.#server === null ? null : Number(new URL(this.#server.url).port);

  /** Resolves when it answers; asking twice starts it once. */
  start(): Promise<void> {
    this.#starting ??= this.#begin();
    return this.#starting;
  }

  async #begin(): Promise<void> {
    this.#server = await startServer({
      root: this.#root,
      dataDir: this.#dataDir,
      env: {
        DATABASE_URL: this.databaseUrl,
        NUANXUN_DEMO: 'on',
        NUANXUN_DEMO_SPEED: '0',
      },
    });
  }

  async die(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    await this.#starting?.catch(() => undefined);
    this.#starting = null;
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    await (signal === 'SIGKILL' ? server.kill() : server.stop());
    this.#logs.push(server.logs());
  }

  /** What this night's servers printed. */
  logs(): string {
    return [...this.#logs, this.#server?.logs() ?? ''].join('\n--- killed ---\n');
  }

  /** A desk, and accounts, teams and key points of their own for every tablet of a night. */
  async hire(seed: number, crews: readonly Crew[]): Promise<{ desk: Desk; holders: Holder[] }> {
    const desk = await Desk.open(this.port, this.databaseUrl);
    const { center, cityId } = desk;
    const holders: Holder[] = [];
    for (const [index, crew] of crews.entries()) {
      const name = `夜${seed}-${index}`;
      const at = { longitude: center.lon + (index - 2) * 0.006, latitude: center.lat };
      const teamId = crew === 'patrol' ? randomUUID() : null;
      if (teamId !== null) await equip(desk, { teamId, name, at });
      const username = `night-${seed}-${index}`;
      await desk.must('accounts.createUser', {
        username,
        password,
        displayName: name,
        role: crew,
        reporterKind: crew === 'reporter' ? 'volunteer' : null,
        teamId,
        stationId: null,
      });
      const userId = await desk.userId(username);
      holders.push({ crew, cityId, userId, teamId, username, password, at });
    }
    return { desk, holders };
  }

  async stop(): Promise<void> {
    await this.die();
    await this.#admin.end();
    await this.#cluster.stop();
    for (const folder of [this.#root, this.#dataDir])
      rmSync(folder, { recursive: true, force: true });
  }
}

async function equip(
  desk: Desk,
  team: { teamId: string; name: string; at: Holder['at'] },
): Promise<void> {
  const { teamId, name, at } = team;
  await desk.must('patrols.saveTeam', {
    id: teamId,
    name: `${name}队`,
    callSign: name,
    vehicle: '',
    areaId: null,
    skills: [],
  });
  const keyPoints = Array.from({ length: pointsPerTeam }, (_, index) => ({
    id: randomUUID(),
    sourceRef: `${name}-${index}`,
    name: `夜间点位${name}-${index}`,
    kind: 'underpass',
    position: {
      lon: at.longitude + 0.0004 * (index % 4),
      lat: at.latitude + 0.004 + 0.0004 * Math.floor(index / 4),
    },
    radiusMeters: 20,
    fromHour: 0,
    toHour: 0,
    normalEveryMinutes: 10,
    coldEveryMinutes: 10,
    note: '',
  }));
  await desk.must('keyPoints.import', { source: 'imported', keyPoints });
}
