/** The duty desk of the night, by its procedures: sends teams, calls them back, gives their places to others. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import type { Random } from '../../server/basemap/demo/random.ts';
import { Line } from './line.ts';
import type { Tablet } from './tablet.ts';

interface Going {
  id: string;
  teamId: string;
  clusterId: string;
  state: string;
}
interface City {
  id: string;
  center: { lon: number; lat: number };
}
const tickMs = 700;

export class Desk {
  readonly cityId: string;
  readonly center: City['center'];
  readonly sql: Sql;
  readonly #api: APIRequestContext;
  readonly #line: Line;
  #working: Promise<void> | null = null;
  #isOver = false;

  private constructor(city: City, api: APIRequestContext, line: Line, sql: Sql) {
    this.cityId = city.id;
    this.center = city.center;
    this.#api = api;
    this.#line = line;
    this.sql = sql;
  }

  static async open(serverPort: () => number | null, databaseUrl: string): Promise<Desk> {
    const line = new Line(serverPort);
    const api = await request.newContext({ baseURL: await line.start(), timeout: 5_000 });
    const listed = (await (await api.get('/api/cities.list')).json()) as {
      result: { data: City[] };
    };
    const city = listed.result.data[0];
    if (!city) throw new Error('the demo city is missing');
    const sql = postgres(databaseUrl, { max: 2, onnotice: () => undefined });
    const desk = new Desk(city, api, line, sql);
    await desk.must('accounts.enterDemo', { cityId: city.id, role: 'administrator' });
    return desk;
  }

  async must(procedure: string, data: object): Promise<void> {
    const answer = await this.#api.post(`/api/${procedure}`, { data });
    if (!answer.ok()) throw new Error(`${procedure}: ${await answer.text()}`);
  }

  /** May come to nothing: the server is dead, or the tablet was faster. */
  async #try(procedure: string, data: object): Promise<boolean> {
    try {
      return (await this.#api.post(`/api/${procedure}`, { data })).ok();
    } catch {
      return false;
    }
  }

  async userId(username: string): Promise<string> {
    const [row] = await this.sql<{ id: string }[]>`
      select id from users where city_id = ${this.cityId} and username = ${username}`;
    if (!row) throw new Error(`there is no ${username}`);
    return row.id;
  }

  work(tablets: readonly Tablet[], random: Random): void {
    this.#working = this.#work(tablets, random);
  }

  async #work(tablets: readonly Tablet[], random: Random): Promise<void> {
    while (!this.#isOver) {
      await this.#tick(tablets, random).catch(() => undefined);
      await wait(tickMs);
    }
  }

  async #tick(tablets: readonly Tablet[], random: Random): Promise<void> {
    const going = await this.sql<Going[]>`
      select id, team_id as "teamId", cluster_id as "clusterId", state from dispatches
      where city_id = ${this.cityId} and ended_at is null`;
    const teams = tablets.filter(({ holder }) => holder.teamId !== null);
    for (const { holder, line } of teams) {
      const own = going.find(({ teamId }) => teamId === holder.teamId);
      if (!own) await this.#send(holder.teamId ?? '', null, random);
      // A crew that cannot be reached is the one whose place is given away.
      else if (own.state !== 'on_scene' && random.chance(line.isCut ? 0.12 : 0.02)) {
        const others = teams.filter((other) => other.holder.teamId !== holder.teamId);
        const other = random.shuffled(others)[0]?.holder.teamId ?? '';
        await this.#try('dispatch.cancel', { id: own.id });
        await this.#send(other, own.clusterId, random);
      }
    }
    await this.#closeOne(tablets, random);
    await this.#answerAlarms();
  }

  async #send(teamId: string, clusterId: string | null, random: Random): Promise<void> {
    const free = await this.sql<{ id: string }[]>`
      select c.id from clusters c
      where c.city_id = ${this.cityId} and c.open and not exists (
        select from dispatches d
        where d.city_id = c.city_id and d.cluster_id = c.id and d.ended_at is null)
      order by c.id limit 40`;
    const chosen = clusterId ?? random.shuffled(free)[0]?.id;
    if (chosen === undefined) return;
    await this.#try('dispatch.send', { id: randomUUID(), clusterId: chosen, teamId, note: '' });
  }

  /** A reporter's report is closed while they perhaps change it. */
  async #closeOne(tablets: readonly Tablet[], random: Random): Promise<void> {
    const cut = tablets.find(({ holder, line }) => holder.crew === 'reporter' && line.isCut);
    if (!cut || !random.chance(0.15)) return;
    const [row] = await this.sql<{ id: string }[]>`
      select id from sightings where city_id = ${this.cityId}
        and reporter_id = ${cut.holder.userId} and state = 'live' order by received_at desc limit 1`;
    if (row) await this.#try('sightings.close', { id: row.id, closing: 'other' });
  }

  async #answerAlarms(): Promise<void> {
    const open = await this.sql<{ id: string; seen: boolean }[]>`
      select id, acknowledged_at is not null as seen from alarms
      where city_id = ${this.cityId} and ended_at is null`;
    for (const { id, seen } of open) {
      const done = seen
        ? this.#try('crew.end', { id, note: '' })
        : this.#try('crew.acknowledge', { id });
      await done;
    }
  }

  async goHome(): Promise<void> {
    this.#isOver = true;
    await this.#working;
  }
  async close(): Promise<void> {
    await this.goHome();
    await this.#api.dispose();
    await this.sql.end({ timeout: 1 });
    this.#line.stop();
  }
}
