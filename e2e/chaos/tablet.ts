/** One tablet of the night: a browser of its own, its line, the person who holds it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { KeptActions } from './kept.ts';
import { Line } from './line.ts';
import { patrolIsOpen } from './patrol-acts.ts';
import type { Crew } from './plan.ts';
import { reportIsOpen } from './report-acts.ts';

export interface Holder {
  crew: Crew;
  cityId: string;
  userId: string;
  teamId: string | null;
  username: string;
  password: string;
  at: { longitude: number; latitude: number };
}

/** For opening the app; a button that is not there is given up sooner. */
const patienceMs = 45_000;
const actMs = 12_000;
/** The app's files come one after the other from a busy machine. */
const firstVisitMs = 120_000;
const homeOf: Record<Crew, string> = { patrol: '/patrol', reporter: '/report' };
/** A file of the part of the app that this crew works with: when it is there, the worker has all of the part. */
const partOf: Record<Crew, string[]> = {
  patrol: ['patrol-screen', 'live-room'],
  reporter: ['live-room'],
};

/** A browser may never say that a page which has crashed is closed. Null = it failed, or didn't come. */
const closeMs = 8_000;
/** Nor does it always answer what is asked of all its pages while one has crashed; the next page has it anyhow. */
const emulateMs = 3_000;
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | null> {
  const stop = new AbortController();
  const late = wait(milliseconds, null, { signal: stop.signal }).catch(() => null);
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    stop.abort();
  }
}

/** In the page: the worker holds the app, and the city's last state is kept. */
async function isReadyToGo(wanted: { key: string; names: string[] }): Promise<boolean> {
  if (navigator.serviceWorker.controller?.state !== 'activated') return false;
  const parts = await caches.open('nuanxun-parts');
  const files = (await parts.keys()).map(({ url }) => url);
  if (!wanted.names.every((name) => files.some((url) => url.includes(name)))) return false;
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === 'nuanxun-city')) return false;
  return new Promise((resolve) => {
    const opening = indexedDB.open('nuanxun-city');
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const asked = opening.result.transaction('kept').objectStore('kept').getKey(wanted.key);
      asked.onsuccess = () => {
        opening.result.close();
        resolve(asked.result !== undefined);
      };
    };
  });
}

export class Tablet {
  readonly line: Line;
  readonly kept = new KeptActions();
  readonly holder: Holder;
  readonly context: BrowserContext;
  readonly url: string;
  #page: Page | null = null;
  #opening: Promise<Page> | null = null;

  private constructor(holder: Holder, context: BrowserContext, line: Line, url: string) {
    this.holder = holder;
    this.context = context;
    this.line = line;
    this.url = url;
  }

  /** Signs in while there is a network, as a shift begins. */
  static async handOut(
    browser: Browser,
    holder: Holder,
    serverPort: () => number | null,
  ): Promise<Tablet> {
    const line = new Line(serverPort);
    const url = await line.start();
    const context = await browser.newContext({
      viewport: { width: 960, height: 720 },
      hasTouch: true,
      reducedMotion: 'reduce',
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      permissions: ['geolocation'],
      geolocation: holder.at,
    });
    context.setDefaultTimeout(actMs);
    const tablet = new Tablet(holder, context, line, url);
    await tablet.kept.watch(context);
    const { cityId, username, password } = holder;
    const answer = await context.request.post(`${url}/api/accounts.login`, {
      data: { cityId, username, password },
    });
    if (!answer.ok()) throw new Error(`${username} cannot sign in: ${await answer.text()}`);
    await tablet.#readyToGo();
    return tablet;
  }

  /** From here on it must open without a network. */
  async #readyToGo(): Promise<void> {
    const page = await this.page(firstVisitMs);
    const deadline = Date.now() + firstVisitMs;
    const question = { key: `city ${this.holder.userId}`, names: partOf[this.holder.crew] };
    while (!(await page.evaluate(isReadyToGo, question))) {
      if (Date.now() > deadline) throw new Error('the app is not on the tablet in time');
      await wait(300);
    }
  }

  /** The page, opened anew where it was killed; whoever asks meanwhile waits for the same one. */
  page(timeout = patienceMs): Promise<Page> {
    if (this.#page !== null && !this.#page.isClosed()) return Promise.resolve(this.#page);
    this.#opening ??= this.#open(timeout).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(timeout: number): Promise<Page> {
    const page = await this.context.newPage();
    this.#page = page;
    try {
      await page.goto(this.url + homeOf[this.holder.crew], { timeout, waitUntil: 'commit' });
      await (this.holder.crew === 'patrol'
        ? patrolIsOpen(page, timeout)
        : reportIsOpen(page, timeout));
      return page;
    } catch (error) {
      const says = await page
        .locator('body')
        .innerText({ timeout: 1_000 })
        .catch(() => 'nothing');
      await page.close().catch(() => undefined);
      throw new Error(`does not open; the page says: ${says.slice(0, 300)}`, { cause: error });
    }
  }

  /** As the system kills it: no goodbye, no last write. */
  async kill(): Promise<void> {
    const page = this.#page;
    this.#page = null;
    if (page === null || page.isClosed()) return;
    const crashed = page.waitForEvent('crash', { timeout: 5_000 }).catch(() => undefined);
    const session = await within(this.context.newCDPSession(page), closeMs);
    void session?.send('Page.crash').catch(() => undefined); // never answers
    await crashed;
    await within(page.close(), closeMs);
  }

  async cut(known: boolean): Promise<void> {
    this.line.cut();
    if (known) await within(this.context.setOffline(true), emulateMs);
  }
  async join(): Promise<void> {
    this.line.join();
    await within(this.context.setOffline(false), emulateMs);
  }

  /** Goes a few steps, so that there is a track and the next report is of another place. */
  async walk(draw: (below: number) => number): Promise<void> {
    const { longitude, latitude } = this.holder.at;
    const step = () => (draw(200) - 100) * 0.00003;
    const moved = this.context.setGeolocation({
      longitude: longitude + step(),
      latitude: latitude + step(),
      accuracy: 12,
    });
    await within(moved, emulateMs);
  }

  async putAway(): Promise<void> {
    await within(this.context.close(), closeMs);
    this.line.stop();
  }
}
