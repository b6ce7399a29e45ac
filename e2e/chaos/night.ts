/** Plays one night and judges it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { Random } from '../../server/basemap/demo/random.ts';
import type { Desk } from './desk.ts';
import { judge } from './judge.ts';
import type { Judged } from './judge.ts';
import { readOutbox } from './kept.ts';
import { doPatrolAct } from './patrol-acts.ts';
import type { Beat, PatrolAct, Plan, ReportAct } from './plan.ts';
import { doReportAct } from './report-acts.ts';
import { differencesOf } from './shown.ts';
import { Tablet, within } from './tablet.ts';
import type { Town } from './town.ts';

export interface Verdict extends Judged {
  seed: number;
  acts: number;
  kills: number;
  cuts: number;
  /** requests and answers lost in the middle */
  losses: number;
  deaths: number;
  /** still on a tablet after everything has come back */
  stuck: string[];
  /** refused by the server, with its reason */
  refused: string[];
  /** what a tablet shows or knows otherwise than the server */
  differing: string[];
  /** the play itself did not go as it should */
  broken: string[];
  seconds: number;
  /** what happened when, for the trace */
  log: string[];
}

const faults = ['lost', 'unknown', 'effects', 'stuck', 'refused', 'differing', 'broken'] as const;
export const faultsOf = (verdict: Verdict): string[] =>
  faults.flatMap((key) => verdict[key].map((what) => `${key}: ${what}`));

const drainMs = 90_000;
const settleMs = 40_000;
const readMs = 30_000;
/** How long an act may take to be on the disk, once its last button was pressed. */
const keepMs = 10_000;
/** The longest that one act can take, the page opened anew and given up included. */
const beatMs = 100_000;
/** A screen that cannot be worked is broken; one act that a notice or a redrawn list spoilt is not. */
const mostFailures = 8;

/** @param onNote hears of what happens as it does */
export async function playNight(
  browser: Browser,
  town: Town,
  plan: Plan,
  onNote: (line: string) => void = () => undefined,
): Promise<Verdict> {
  const began = Date.now();
  await town.beginNight(plan.seed);
  const { desk, holders } = await town.hire(plan.seed, plan.crews);
  const night = new Night(town, desk, plan, { began, onNote });
  try {
    const handedOut = holders.map((holder) => Tablet.handOut(browser, holder, town.port));
    night.tablets.push(...(await Promise.all(handedOut)));
    night.note('all', 'handed out');
    await night.play();
    await night.heal();
    const stuck = await night.drained();
    const differing = await night.differing();
    const judged = await judge(desk.sql, desk.cityId, night.tablets);
    return {
      seed: plan.seed,
      ...judged,
      ...night.counts,
      acts: night.acts(),
      losses: night.tablets.reduce((sum, { line }) => sum + line.lost, 0),
      stuck,
      refused: night.refused(),
      differing,
      broken: night.broken,
      seconds: Math.round((Date.now() - began) / 1000),
      log: night.log,
    };
  } finally {
    await desk.close();
    await Promise.all(night.tablets.map((tablet) => tablet.putAway()));
  }
}

class Night {
  readonly counts = { kills: 0, cuts: 0, deaths: 0 };
  readonly tablets: Tablet[] = [];
  readonly broken: string[] = [];
  readonly log: string[] = [];
  readonly #town: Town;
  readonly #desk: Desk;
  readonly #plan: Plan;
  readonly #began: number;
  readonly #onNote: (line: string) => void;
  #isOver = false;

  constructor(
    town: Town,
    desk: Desk,
    plan: Plan,
    { began, onNote }: { began: number; onNote: (line: string) => void },
  ) {
    this.#town = town;
    this.#desk = desk;
    this.#plan = plan;
    this.#began = began;
    this.#onNote = onNote;
  }

  note(who: string, what: string): void {
    const line = `${((Date.now() - this.#began) / 1000).toFixed(2)} ${who}: ${what}`;
    this.log.push(line);
    this.#onNote(line);
  }

  /** What was done by hand and is safely kept. */
  acts(): number {
    return this.tablets.reduce((sum, { kept }) => sum + kept.acts().length, 0);
  }

  async play(): Promise<void> {
    this.#desk.work(this.tablets, new Random(this.#plan.seed * 31 + 7));
    const deaths = this.#killServers();
    await Promise.all(this.tablets.map((tablet, index) => this.#playTablet(tablet, index)));
    this.#isOver = true;
    await deaths;
    await this.#desk.goHome();
  }

  async #killServers(): Promise<void> {
    for (const { atAct, forMs } of this.#plan.deaths) {
      while (this.acts() < atAct && !this.#isOver) await wait(50);
      if (this.#isOver) return;
      this.counts.deaths += 1;
      this.note('server', 'killed');
      await this.#town.die();
      await wait(forMs);
      await this.#town.start();
      this.note('server', 'back');
    }
  }

  async #playTablet(tablet: Tablet, index: number): Promise<void> {
    const random = new Random(this.#plan.seed * 131 + index);
    const draw = (below: number) => Math.floor(random.next() * below);
    const quota = Math.ceil(this.#plan.acts / this.tablets.length);
    let failures = 0;
    for (const beat of this.#plan.beats[index] ?? []) {
      if (tablet.kept.acts().length >= quota) return;
      const played = this.#beat(tablet, beat, draw).then((why) => ({ why }));
      const failed = (await within(played, beatMs)) ?? { why: 'it hangs' };
      if (failed.why === null) continue;
      failures += 1;
      this.note(tablet.holder.username, `FAILED ${beat.act}: ${failed.why}`);
      // Whatever it is, a person would close the page and open it again.
      await tablet.kill();
      if (failures <= mostFailures) continue;
      this.broken.push(`${tablet.holder.username}: ${failed.why.split('\n')[0]}`);
      return;
    }
  }

  /** @returns why it could not be done; null also when the page was killed over it */
  async #beat(tablet: Tablet, beat: Beat, draw: (below: number) => number): Promise<string | null> {
    const { act, trouble, afterMs } = beat;
    const who = tablet.holder.username;
    if (trouble !== null) this.note(who, trouble);
    await this.#disturb(tablet, trouble);
    let isKilled = false;
    const kill =
      trouble === 'kill'
        ? wait(afterMs).then(() => {
            isKilled = true;
            this.counts.kills += 1;
            return tablet.kill();
          })
        : null;
    try {
      if (draw(4) === 0) await tablet.walk(draw);
      const before = tablet.kept.acts().length;
      const page = await tablet.page();
      const done =
        tablet.holder.crew === 'patrol'
          ? await doPatrolAct(page, act as PatrolAct, draw)
          : await doReportAct(page, act as ReportAct, draw);
      if (!(await tablet.kept.more(before, isKilled ? 100 : keepMs)) && !isKilled)
        return `${done} was not kept`;
      this.note(who, `${act} → ${done}`);
      return null;
    } catch (error) {
      return isKilled ? null : String(error);
    } finally {
      await kill;
    }
  }

  async #disturb(tablet: Tablet, trouble: Beat['trouble']): Promise<void> {
    if (trouble === 'cut' || trouble === 'offline') {
      this.counts.cuts += 1;
      await tablet.cut(trouble === 'offline');
    } else if (trouble === 'join') await tablet.join();
    else if (trouble === 'loseRequest') tablet.line.lose('request');
    else if (trouble === 'loseAnswer') tablet.line.lose('answer');
  }

  async heal(): Promise<void> {
    await this.#town.start();
    await Promise.all(this.tablets.map((tablet) => tablet.join()));
    this.note('all', 'healed');
  }

  async drained(): Promise<string[]> {
    const deadline = Date.now() + drainMs;
    for (;;) {
      const lists = await Promise.all(
        this.tablets.map(async (tablet) => {
          const items = await within(tablet.page().then(readOutbox), readMs);
          if (items === null) return [`${tablet.holder.username}: its outbox cannot be read`];
          return items
            .filter(({ state }) => state !== 'refused')
            .map(({ id, kind }) => `${tablet.holder.username} ${kind} ${id}`);
        }),
      );
      const waiting = lists.flat();
      if (waiting.length === 0 || Date.now() > deadline) {
        this.note('all', 'drained');
        return waiting;
      }
      await wait(300);
    }
  }

  refused(): string[] {
    return this.tablets.flatMap(({ kept, holder }) =>
      [...kept.items.values()].flatMap(({ id, kind, refused }) =>
        refused === null ? [] : [`${holder.username} ${kind} ${id}: ${refused}`],
      ),
    );
  }

  async differing(): Promise<string[]> {
    const lists = await Promise.all(
      this.tablets.map(async (tablet) => {
        const compared = within(differencesOf(tablet, settleMs), settleMs + readMs);
        const wrong = (await compared) ?? ['it cannot be compared'];
        return wrong.map((what) => `${tablet.holder.username}: ${what}`);
      }),
    );
    this.note('all', 'compared');
    return lists.flat();
  }
}
