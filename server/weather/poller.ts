/** Asks the sources of all cities when they are due, each by one of the servers, and lets time itself be told of. */
import { v7 as uuidv7 } from 'uuid';
import type { SourceKind } from '../../shared/weather/schema.ts';
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { startWatch } from '../kernel/watch.ts';
import { announceIfDue } from './announce.ts';
import { capFeed } from './cap-feed.ts';
import { openMeteo } from './open-meteo.ts';
import { AnswerError, malformed } from './provider.ts';
import type { Answer, WeatherProvider } from './provider.ts';
import { qweather } from './qweather.ts';
import {
  claimDueSources,
  claimSource,
  readCitiesWithWeather,
  readDueCities,
  readGround,
  releaseSources,
} from './source-records.ts';
import type { Claim } from './source-records.ts';
import { storeAnswer, storeFailure } from './store-answer.ts';

const providers: Record<Exclude<SourceKind, 'hand'>, WeatherProvider> = {
  open_meteo: openMeteo,
  qweather,
  cap_feed: capFeed,
};

/** Of one server; a slow source holds up no other. */
const askedAtOnce = 8;
/** All questions of one source together; less than a claim lasts. */
const sourceMs = 90_000;
/** How often time itself is looked at: an hour begins, a source grows old. */
const lookMs = 60_000;

export interface WeatherOptions {
  db: Database;
  log: Log;
  openMeteoUrl: string;
}

export function startWeather(options: WeatherOptions): { stop(): Promise<void> } {
  const poller = new WeatherPoller(options);
  const watch = startWatch(
    options.log,
    'weather',
    () => poller.findDue(),
    (cityId) => poller.settle(cityId),
  );
  return {
    stop: async () => {
      const watched = watch.stop();
      await poller.stop();
      await watched;
    },
  };
}

export class WeatherPoller {
  private readonly options: WeatherOptions;
  private readonly holder = uuidv7();
  private readonly ending = new AbortController();
  private readonly asking = new Set<Promise<void>>();
  private lookedMs = 0;

  constructor(options: WeatherOptions) {
    this.options = options;
  }

  async findDue(): Promise<{ cityId: string }[]> {
    const { sql } = this.options.db;
    if (Date.now() - this.lookedMs < lookMs) return readDueCities(sql);
    this.lookedMs = Date.now();
    return readCitiesWithWeather(sql);
  }

  /** Returns as soon as the questions are under way. */
  async settle(cityId: string): Promise<void> {
    const { db } = this.options;
    const free = askedAtOnce - this.asking.size;
    const claims = free > 0 ? await claimDueSources(db.sql, cityId, this.holder, free) : [];
    for (const claim of claims) {
      const asked = this.pollAndLog(claim).finally(() => this.asking.delete(asked));
      this.asking.add(asked);
    }
    await announceIfDue(db, cityId);
  }

  /** Waits for the questions that are under way. */
  async answered(): Promise<void> {
    await Promise.all(this.asking);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.answered();
    await releaseSources(this.options.db.sql, this.holder).catch(() => undefined);
  }

  private async pollAndLog(claim: Claim): Promise<void> {
    const { log } = this.options;
    try {
      const fault = await poll(this.options, claim, this.ending.signal);
      const details = { city: claim.cityId, source: claim.name };
      // One line when it begins and one when it is over: an office without a network is no fault of the server.
      if (fault && claim.failures === 0)
        log('info', 'a weather source does not answer', { ...details, fault });
      if (!fault && claim.failures > 0) log('info', 'a weather source answers again', details);
    } catch (error) {
      if (!this.ending.signal.aborted)
        log('error', 'an answer about the weather was lost', { error });
    }
  }
}

/** @returns what was wrong; null when it answered */
async function poll(
  { db, log, openMeteoUrl }: WeatherOptions,
  claim: Claim,
  ending: AbortSignal,
): Promise<AnswerError['fault'] | null> {
  const provider = providers[claim.kind as Exclude<SourceKind, 'hand'>];
  const source = { ...claim, address: claim.address || openMeteoUrl };
  const signal = AbortSignal.any([ending, AbortSignal.timeout(sourceMs)]);
  let answer: Answer;
  try {
    const ground = await readGround(db.sql, claim.cityId);
    answer = await provider.fetch(source, ground, { signal, now: Date.now });
  } catch (error) {
    if (ending.aborted) return null;
    // What nobody thought of is a fault too, and waits as long as any other.
    const known = error instanceof AnswerError ? error : malformed('unexpected');
    if (known !== error) log('error', 'an answer about the weather could not be read', { error });
    await storeFailure(db, claim, known);
    return known.fault;
  }
  await storeAnswer(db, claim, answer);
  return null;
}

/**
 * Asks one source at once, whoever else is at it, and waits for what comes.
 * @returns false when there is no such source
 */
export async function pollNow(
  options: WeatherOptions,
  cityId: string,
  id: string,
): Promise<boolean> {
  const claim = await claimSource(options.db.sql, cityId, id, uuidv7());
  if (!claim) return false;
  await poll(options, claim, new AbortController().signal);
  return true;
}
