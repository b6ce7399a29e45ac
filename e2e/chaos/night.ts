/** Plays one night and judges it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { Random } from '../../server/basemap/demo/random.ts';
import type { Act, Beat, Plan } from './plan.ts';
import { edit, report, withdraw } from './report-acts.ts';
import { Tablet } from './tablet.ts';
import type { Town } from './town.ts';

const drivers: Record<Act, (page: Page, draw: (below: number) => number) => Promise<boolean>> = {
  report,
  edit,
  withdraw,
};

export interface Verdict {
  seed: number;
  acts: number;
  kills: number;
  cuts: number;
  deaths: number;
  /** kept on a tablet, and not at the server */
  lost: string[];
  /** at the server, and never kept on a tablet */
  unknown: string[];
  /** more than once at the server */
  doubled: string[];
  /** still on a tablet after everything has come back */
  stuck: string[];
  /** tablets that show something else than a new one does */
  differing: number[];
  seconds: number;
}

export const isGood = (verdict: Verdict): boolean =>
  [verdict.lost, verdict.unknown, verdict.doubled, verdict.stuck, verdict.differing].every(
    (list) => list.length === 0,
  );

const drainMs = 90_000;

export async function playNight(browser: Browser, town: Town, plan: Plan): Promise<Verdict> {
  const began = Date.now();
  await town.start();
  const holders = await town.hire(plan.seed, plan.crews.length);
  const tablets: Tablet[] = [];
  for (const holder of holders) tablets.push(await Tablet.handOut(browser, holder, town.port)); // oxlint-disable-line no-await-in-loop -- one by one, the machine is small
  const night = new Night(town, tablets, new Random(plan.seed + 1));
  for (const beat of plan.beats) await night.play(beat); // oxlint-disable-line no-await-in-loop -- in order
  for (const tablet of tablets) tablet.line.join();
  await town.start();
  const stuck = await night.drained();
  const kept = new Set(tablets.flatMap((tablet) => [...tablet.kept.ids]));
  const there = await town.remembered(holders.map(({ username }) => username));
  const differing: number[] = [];
  for (const [index, tablet] of tablets.entries())
    if (!(await night.agrees(browser, tablet))) differing.push(index); // oxlint-disable-line no-await-in-loop -- one by one
  for (const tablet of tablets) await tablet.putAway(); // oxlint-disable-line no-await-in-loop -- one by one
  return {
    seed: plan.seed,
    ...night.counts,
    lost: [...kept].filter((id) => !there.has(id) && !stuck.includes(id)),
    unknown: [...there.keys()].filter((id) => !kept.has(id)),
    doubled: [...there].filter(([, times]) => times > 1).map(([id]) => id),
    stuck,
    differing,
    seconds: Math.round((Date.now() - began) / 1000),
  };
}

class Night {
  readonly counts = { acts: 0, kills: 0, cuts: 0, deaths: 0 };
  readonly #town: Town;
  readonly #tablets: Tablet[];
  readonly #random: Random;
  constructor(town: Town, tablets: Tablet[], random: Random) {
    this.#town = town;
    this.#tablets = tablets;
    this.#random = random;
  }

  async play(beat: Beat): Promise<void> {
    if ('tablet' in beat) {
      const tablet = this.#tablets[beat.tablet];
      if (!tablet) return;
      if ('act' in beat) await this.#act(tablet, beat.act);
      else if (beat.trouble === 'cut') {
        this.counts.cuts += 1;
        tablet.line.cut();
      } else if (beat.trouble === 'join') tablet.line.join();
      else await this.#kill(tablet);
    } else if (beat.trouble === 'serverDies') {
      this.counts.deaths += 1;
      await this.#town.die();
    } else void this.#town.start().catch(() => undefined); // asked for again at the end
  }

  /** At any moment: also while what was just done is being written or sent. */
  async #kill(tablet: Tablet): Promise<void> {
    this.counts.kills += 1;
    await wait(this.#random.between(0, 120));
    await tablet.kill();
  }

  async #act(tablet: Tablet, act: Act): Promise<void> {
    const draw = (below: number) => Math.floor(this.#random.next() * below);
    const page = await tablet.page();
    const isDone = await drivers[act](page, draw);
    // Nothing there to change: the person reports somebody instead.
    if (!isDone) await report(page, draw);
    this.counts.acts += 1;
  }

  async drained(): Promise<string[]> {
    const deadline = Date.now() + drainMs;
    for (;;) {
      const waiting = (await Promise.all(this.#tablets.map((tablet) => tablet.waiting()))) // oxlint-disable-line no-await-in-loop -- asked again
        .flat();
      if (waiting.length === 0 || Date.now() > deadline) return waiting;
      await wait(500); // oxlint-disable-line no-await-in-loop -- asked again
    }
  }

  async agrees(browser: Browser, tablet: Tablet): Promise<boolean> {
    const fresh = await tablet.asNew(browser, this.#town.port);
    try {
      const deadline = Date.now() + 15_000;
      for (;;) {
        const [shown, real] = [await tablet.shown(), await fresh.shown()]; // oxlint-disable-line no-await-in-loop -- asked again
        if (shown === real) return true;
        if (Date.now() > deadline) return false;
        await wait(500); // oxlint-disable-line no-await-in-loop -- asked again
      }
    } finally {
      await fresh.putAway();
    }
  }
}
