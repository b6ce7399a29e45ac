/** The server of the chaos night, on a database that outlives it, and what is there at the end. */
import { request } from '@playwright/test';
import postgres from 'postgres';
import { startPrivateCluster } from '../../server/testing/private-cluster.ts';
import type { PrivateCluster } from '../../server/testing/private-cluster.ts';
import { startServer } from '../harness.ts';
import type { RunningServer } from '../harness.ts';
import type { Holder } from './tablet.ts';

const password = 'warm-tea-at-three-o-clock';

export class Town {
  readonly #cluster: PrivateCluster;
  readonly #databaseUrl: string;
  #server: RunningServer | null = null;
  #dataDir: string | null = null;
  #starting: Promise<void> | null = null;
  cityId = '';

  private constructor(cluster: PrivateCluster, databaseUrl: string) {
    this.#cluster = cluster;
    this.#databaseUrl = databaseUrl;
  }

  /** Null where no PostgreSQL is installed: what a killed server has kept must be read from outside. */
  static async found(): Promise<Town | null> {
    const cluster = await startPrivateCluster();
    if (!cluster) return null;
    const admin = postgres(cluster.url, { max: 1 });
    await admin`create database chaos`;
    await admin.end();
    const url = new URL(cluster.url);
    url.pathname = '/chaos';
    return new Town(cluster, url.href);
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
    const server = await startServer({
      env: {
        DATABASE_URL: this.#databaseUrl,
        NUANXUN_DEMO: 'on',
        NUANXUN_DEMO_SPEED: '0',
      },
      ...(this.#dataDir === null ? {} : { dataDir: this.#dataDir }),
    });
    this.#dataDir = server.dataDir;
    this.#server = server;
  }

  /** kill -9 */
  async die(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    this.#starting = null;
    const server = this.#server;
    this.#server = null;
    await server?.kill();
  }

  /** Accounts of their own for every tablet of a night. */
  async hire(seed: number, count: number): Promise<Holder[]> {
    const office = await request.newContext({ baseURL: this.#server?.url ?? '' });
    const ask = async (procedure: string, data: object): Promise<void> => {
      const answer = await office.post(`/api/${procedure}`, { data });
      if (!answer.ok()) throw new Error(`${procedure}: ${await answer.text()}`);
    };
    const listed = (await (await office.get('/api/cities.list')).json()) as {
      result: { data: { id: string; center: { lon: number; lat: number } }[] };
    };
    const city = listed.result.data[0];
    if (!city) throw new Error('the demo city is missing');
    this.cityId = city.id;
    await ask('accounts.enterDemo', { cityId: city.id, role: 'administrator' });
    const holders: Holder[] = [];
    for (let index = 0; index < count; index += 1) {
      const username = `chaos-${seed}-${index}`;
      const name = `夜${seed}-${index}`;
      const account = { username, password, displayName: name, role: 'reporter' };
      // oxlint-disable-next-line no-await-in-loop -- a handful
      await ask('accounts.createUser', {
        ...account,
        reporterKind: 'volunteer',
        teamId: null,
        stationId: null,
      });
      const { lon, lat } = city.center;
      const at = { longitude: lon + index * 0.004, latitude: lat };
      holders.push({ cityId: city.id, username, password, home: '/report', at });
    }
    await office.dispose();
    return holders;
  }

  /** Ids of all actions the server remembers of these people, and how often each is there. */
  async remembered(usernames: readonly string[]): Promise<Map<string, number>> {
    const sql = postgres(this.#databaseUrl, { max: 1 });
    const rows = await sql<{ id: string; times: number }[]>`
      select a.id, count(*)::int as times
      from field_actions a join users u on u.city_id = a.city_id and u.id = a.user_id
      where u.username = any(${[...usernames]}) group by a.id`;
    await sql.end();
    return new Map(rows.map(({ id, times }) => [id, times]));
  }

  async stop(): Promise<void> {
    await this.die();
    await this.#cluster.stop();
  }
}
