/** One tablet of the night: a browser of its own, its line, the person who holds it. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { KeptActions } from './kept.ts';
import { Line } from './line.ts';

export interface Holder {
  cityId: string;
  username: string;
  password: string;
  /** where it works, e.g. `/report` */
  home: string;
  at: { longitude: number; latitude: number };
}

const patienceMs = 30_000;

export class Tablet {
  readonly line: Line;
  readonly kept = new KeptActions();
  readonly holder: Holder;
  readonly #context: BrowserContext;
  #page: Page | null = null;
  readonly #url: string;

  private constructor(holder: Holder, context: BrowserContext, line: Line, url: string) {
    this.holder = holder;
    this.#context = context;
    this.line = line;
    this.#url = url;
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
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      permissions: ['geolocation'],
      geolocation: holder.at,
    });
    context.setDefaultTimeout(patienceMs);
    const tablet = new Tablet(holder, context, line, url);
    await tablet.kept.watch(context);
    const { cityId, username, password } = holder;
    const answer = await context.request.post(`${url}/api/accounts.login`, {
      data: { cityId, username, password },
    });
    if (!answer.ok()) throw new Error(`${username} cannot sign in: ${await answer.text()}`);
    const page = await tablet.page();
    // From here on it must open without a network.
    await page.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration?.active?.state === 'activated';
    });
    return tablet;
  }

  /** The page, opened anew where it was killed. */
  async page(): Promise<Page> {
    if (this.#page === null || this.#page.isClosed()) {
      this.#page = await this.#context.newPage();
      await this.#page.goto(this.#url + this.holder.home);
    }
    return this.#page;
  }

  /** As the system kills it: no goodbye, no last write. */
  async kill(): Promise<void> {
    const page = this.#page;
    this.#page = null;
    if (page === null) return;
    const session = await this.#context.newCDPSession(page);
    void session.send('Page.crash').catch(() => undefined); // never answers
    await page.waitForEvent('crash', { timeout: patienceMs }).catch(() => undefined);
    await page.close().catch(() => undefined);
  }

  async waiting(): Promise<string[]> {
    return this.kept.read(await this.page());
  }

  /** What its main part says, without what ages. */
  async shown(): Promise<string> {
    const page = await this.page();
    await page.reload();
    const text = await page.getByRole('main').innerText();
    return text.replaceAll(/刚刚|\d+ ?(秒|分钟|小时)前/g, '…');
  }

  /** A browser that was never there before, signed in as the same person: what the server's state looks like. */
  async asNew(browser: Browser, serverPort: () => number | null): Promise<Tablet> {
    return Tablet.handOut(browser, this.holder, serverPort);
  }

  async putAway(): Promise<void> {
    await this.#context.close();
    this.line.stop();
  }
}
