import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../id.ts';
import { lineOf } from './item.ts';
import type { OutboxItem } from './item.ts';
import { SimulatedDevice, checkIn, moment, untilQuiet } from './simulated-device.ts';
import type { Fate, Tab } from './simulated-device.ts';

type Step =
  | { do: 'enqueue'; subject: number }
  | { do: 'wait'; turns: number }
  | { do: 'reconnect' }
  | { do: 'kill' }
  | { do: 'takeOver' }
  | { do: 'mend' };
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('enqueue' as const), subject: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.nat(25) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'reconnect' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'kill' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'takeOver' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'mend' as const }) },
);
const aFate = fc.constantFrom<Fate>(
  'answer',
  'conflict',
  'unreachable',
  'lost',
  'refused',
  'signed-out',
  'slow',
);

let disks = 0;
const freshDevice = () => new SimulatedDevice(`disk-${(disks += 1)}`);
const isEmpty = (tab: Tab) => () => tab.state().items.length === 0;

class Night {
  readonly device = freshDevice();
  /** what the caller was told is kept */
  readonly kept: OutboxItem[] = [];
  #tab: Tab | null = null;
  readonly #others: Tab[] = [];
  async tab(): Promise<Tab> {
    this.#tab ??= await this.device.open();
    return this.#tab;
  }
  async run(step: Step): Promise<void> {
    const tab = await this.tab();
    if (step.do === 'enqueue') {
      const under = tab.engine.enqueue(checkIn(newId(), `s${step.subject}`));
      under.then(
        (item) => this.kept.push(item),
        () => undefined,
      );
      await moment();
    } else if (step.do === 'wait') {
      for (let turn = 0; turn < step.turns; turn += 1) await moment();
    } else if (step.do === 'reconnect') tab.engine.sender.retryNow();
    else if (step.do === 'kill') {
      tab.kill();
      this.#tab = null;
    } else if (step.do === 'takeOver') {
      tab.engine.sender.setMaySend(false);
      this.#others.push(tab);
      this.#tab = await this.device.open();
    } else {
      const refused = tab.state().items.find((item) => item.state === 'refused');
      if (refused) await tab.engine.mend(refused.id, { id: refused.id, mended: true });
    }
  }
  /** All that was begun before is over: what the disk holds now is what counts. */
  async settle(): Promise<Tab> {
    for (let turn = 0; turn < 60; turn += 1) await moment();
    for (const other of this.#others) other.kill();
    this.#tab?.kill();
    this.#tab = await this.device.open();
    return this.#tab;
  }
}

describe('whatever happens to page, network and server', () => {
  it('each action is delivered, in order within its subject, and none after its answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aStep, { minLength: 5, maxLength: 40 }),
        fc.array(aFate, { maxLength: 40 }),
        async (steps, fates) => {
          const night = new Night();
          night.device.fates = [...fates];
          for (const step of steps) await night.run(step);
          let tab = await night.settle();
          night.device.fates = [];
          await untilQuiet(tab, isEmpty(tab));

          // What is still there is refused, or waits behind something refused of its own subject.
          const left = tab.state().items;
          const stuck = new Set(left.filter((item) => item.state === 'refused').map(lineOf));
          for (const item of left) expect(stuck).toContain(lineOf(item));

          tab = await night.settle();
          for (const item of tab.state().items)
            if (item.state === 'refused') {
              const mended = await tab.engine.mend(item.id, { id: item.id, mended: true });
              expect(mended).toBe(true);
            }
          await untilQuiet(tab, isEmpty(tab));
          expect(tab.state().items).toEqual([]);

          const { taken, sentAfterAnswer } = night.device;
          for (const item of night.kept) expect(taken).toContain(item.id);
          for (const line of new Set(night.kept.map(lineOf))) {
            const made = night.kept
              .filter((item) => lineOf(item) === line)
              .sort((a, b) => a.order - b.order)
              .map((item) => item.id);
            expect(taken.filter((id) => made.includes(id))).toEqual(made);
          }
          expect(sentAfterAnswer).toEqual([]);
          tab.kill();
        },
      ),
      { numRuns: 120 },
    );
  });
});
