/** Judges every city again and again, and at once when its weather has changed; and keeps alerts from expiring. */
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { startWatch } from '../kernel/watch.ts';
import { readLastSeq } from '../realtime/event-log.ts';
import { listCities } from '../cities/queries.ts';
import { findExpiring } from './cap-queries.ts';
import { renewAlert } from './cap-publish.ts';
import { renewAheadMinutes } from './cap-times.ts';
import { judgeCity } from './judging.ts';
import { hasWeatherAfter } from './queries.ts';

/** Time alone changes what is ahead, but not from one second to the next. */
const everyMs = 60_000;

export async function startJudging(db: Database, log: Log): Promise<{ stop(): Promise<void> }> {
  const judgedAt = new Map<string, number>();
  const judging = startWatch(
    log,
    'the rules of cold nights',
    async () => {
      const now = performance.now();
      const due = (await listCities(db.sql)).filter(
        ({ id }) => now - (judgedAt.get(id) ?? -Infinity) >= everyMs,
      );
      return due.map(({ id }) => ({ cityId: id }));
    },
    (cityId) => {
      judgedAt.set(cityId, performance.now());
      return judgeCity(db, cityId);
    },
  );
  const news = new WeatherNewsWatch(db, log);
  await news.start();
  const renewing = startWatch(
    log,
    'alerts that expire',
    () => findExpiring(db.sql, null, renewAheadMinutes),
    (cityId) => renewAlert(db, cityId),
  );
  return {
    stop: async () => {
      await news.stop();
      await judging.stop();
      await renewing.stop();
    },
  };
}

/** Whether the event that was just committed is about the weather, asked once for however many came. */
class WeatherNewsWatch {
  private readonly db: Database;
  private readonly log: Log;
  private readonly seen = new Map<string, number>();
  private readonly woken = new Set<string>();
  private running: Promise<void> | null = null;
  private unlisten: (() => Promise<void>) | null = null;

  constructor(db: Database, log: Log) {
    this.db = db;
    this.log = log;
  }

  async start(): Promise<void> {
    const { unlisten } = await this.db.listen('city_events', (cityId) => this.wake(cityId));
    this.unlisten = unlisten;
  }

  async stop(): Promise<void> {
    await this.unlisten?.().catch(() => undefined);
    this.woken.clear();
    await this.running;
  }

  private wake(cityId: string): void {
    this.woken.add(cityId);
    this.running ??= this.work().finally(() => (this.running = null));
  }

  private async work(): Promise<void> {
    for (const cityId of this.woken) {
      this.woken.delete(cityId);
      try {
        await this.look(cityId);
      } catch (error) {
        this.log('error', 'what the weather asks for could not be judged', { error, cityId });
      }
    }
  }

  private async look(cityId: string): Promise<void> {
    const { sql } = this.db;
    const seq = (await readLastSeq(sql, cityId)) ?? 0;
    const since = this.seen.get(cityId) ?? seq - 1;
    this.seen.set(cityId, seq);
    if (await hasWeatherAfter(sql, cityId, since)) await judgeCity(this.db, cityId);
  }
}
