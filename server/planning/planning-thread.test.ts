import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { Night } from '../../shared/planning/night.ts';
import { planningSettingsSchema } from '../../shared/planning/schema.ts';
import { PlanningThread, ThreadLost } from './planning-thread.ts';
import type { Question } from './thread-messages.ts';

const night: Night = {
  now: Date.UTC(2026, 0, 5, 18),
  teams: [],
  spareTeamIds: [],
  jobs: [],
  stations: [],
  travel: {},
  settings: planningSettingsSchema.parse({}),
};
const question = (revision: number): Question => ({
  kind: 'repair',
  night,
  previous: null,
  budgetMs: 20,
  revision,
});
/** Answers its revision; 13 kills it, 99 keeps it busy for ever, 50 it can't. */
const moody = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ revision }) => {
    if (revision === 13) throw new Error('unlucky');
    if (revision === 99) for (;;);
    if (revision === 50) parentPort.postMessage({ kind: 'failed', message: 'no idea' });
    else parentPort.postMessage({ kind: 'made', made: { plan: null, view: { revision }, problems: [] } });
  });`;

let threads: PlanningThread[] = [];
afterEach(async () => {
  await Promise.all(threads.map((thread) => thread.close()));
  threads = [];
});
function start(options: ConstructorParameters<typeof PlanningThread>[1]) {
  const lines: string[] = [];
  const thread = new PlanningThread((_level, message) => void lines.push(message), options);
  threads.push(thread);
  return { thread, lines };
}
const moodyThread = (patience = 60_000) =>
  start({ spawn: () => new Worker(moody, { eval: true }), patience });
const revisionOf = async (thread: PlanningThread, revision: number): Promise<number> => {
  const answer = await thread.ask(question(revision));
  if (answer.kind !== 'made') throw new Error(answer.kind);
  return answer.made.view.revision;
};

describe('the planning thread', () => {
  it('plans, from the sources as they are', async () => {
    const { thread } = start({});
    const answer = await thread.ask(question(7));
    expect(answer).toMatchObject({
      kind: 'made',
      made: { plan: { lanes: [], unserved: [] }, view: { revision: 7 }, problems: [] },
    });
  });

  it('answers each who asked, in their order', async () => {
    const { thread } = moodyThread();
    const asked = [1, 2, 3, 4].map((revision) => revisionOf(thread, revision));
    expect(await Promise.all(asked)).toEqual([1, 2, 3, 4]);
  });

  it('is replaced when it crashes: that question fails, the next are answered', async () => {
    const { thread, lines } = moodyThread();
    const fatal = thread.ask(question(13));
    const next = revisionOf(thread, 2);
    await expect(fatal).rejects.toThrow(ThreadLost);
    expect(await next).toBe(2);
    expect(lines).toEqual(['the planning thread was lost; the last plan stays']);
  });

  it('is replaced when it gives no answer', async () => {
    const { thread, lines } = moodyThread(200);
    const endless = thread.ask(question(99));
    const next = revisionOf(thread, 2);
    await expect(endless).rejects.toThrow('gave no answer');
    expect(await next).toBe(2);
    expect(lines).toHaveLength(1);
  });

  it('stays when it only cannot answer one question', async () => {
    const { thread, lines } = moodyThread();
    await expect(thread.ask(question(50))).rejects.toThrow('no idea');
    expect(await revisionOf(thread, 3)).toBe(3);
    expect(lines).toEqual([]);
  });

  it('lets nobody wait once it is closed', async () => {
    const { thread } = moodyThread();
    const asked = [thread.ask(question(99)), thread.ask(question(1))];
    const settled = Promise.allSettled(asked);
    await thread.close();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(thread.ask(question(1))).rejects.toThrow(ThreadLost);
  });
});
