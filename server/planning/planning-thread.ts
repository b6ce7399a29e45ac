/**
 * The thread that plans, as the server sees it: one question at a time, a deadline for each, and a new thread when
 * one is lost. What a lost thread was asked fails; the plan there was stays.
 */
import type { Worker } from 'node:worker_threads';
import { spawnThread } from '../kernel/embedded/entries.ts';
import type { Log } from '../kernel/log.ts';
import type { Answer, Question } from './thread-messages.ts';

/** On top of what a question may take by its own budget: a busy machine is no hung thread. */
const patienceMs = 20_000;

interface Asked {
  question: Question;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class ThreadLost extends Error {}

export class PlanningThread {
  private readonly log: Log;
  private readonly spawn: () => Worker;
  private readonly patience: number;
  private worker: Worker | null = null;
  private waiting: Asked[] = [];
  private current: Asked | null = null;
  private deadline: NodeJS.Timeout | undefined;
  private closed = false;

  /** @param spawn for tests: what to plan with */
  constructor(log: Log, { spawn = spawnPlanner, patience = patienceMs } = {}) {
    this.log = log;
    this.spawn = spawn;
    this.patience = patience;
  }

  /** @throws ThreadLost when the thread crashed, gave no answer in time, or failed over this question */
  ask(question: Question): Promise<Answer> {
    if (this.closed) return Promise.reject(new ThreadLost('the planning thread is closed'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    const { worker } = this;
    this.lose('is closed');
    for (const { reject } of this.waiting.splice(0)) reject(new ThreadLost('it was closed'));
    await worker?.terminate();
  }

  private next(): void {
    if (this.current || this.closed) return;
    const asked = this.waiting.shift();
    if (!asked) return;
    this.current = asked;
    const worker = (this.worker ??= this.start());
    const { question } = asked;
    const budget = 'budgetMs' in question ? question.budgetMs : 0;
    this.deadline = setTimeout(() => {
      this.lose(`gave no answer in ${Math.round((budget + this.patience) / 1000)} s`);
      void worker.terminate();
      this.next();
    }, budget + this.patience);
    worker.postMessage(question, buffersOf(question));
  }

  private start(): Worker {
    const worker = this.spawn();
    worker.unref();
    worker.on('message', (answer: Answer) => {
      if (worker !== this.worker) return;
      const asked = this.settle();
      if (answer.kind === 'failed') asked?.reject(new ThreadLost(answer.message));
      else asked?.resolve(answer);
      this.next();
    });
    let failure = 'stopped';
    worker.on('error', (error) => {
      failure = `failed: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => {
      if (worker !== this.worker) return;
      this.lose(failure);
      this.next();
    });
    return worker;
  }

  private settle(): Asked | null {
    clearTimeout(this.deadline);
    const asked = this.current;
    this.current = null;
    return asked;
  }

  private lose(reason: string): void {
    this.worker = null;
    const asked = this.settle();
    if (!this.closed)
      this.log('error', 'the planning thread was lost; the last plan stays', { reason });
    asked?.reject(new ThreadLost(`the planning thread ${reason}`));
  }
}

/** The thread as it is in the product. */
export function spawnPlanner(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return spawnThread(new URL(`./planning-worker.${extension}`, import.meta.url), null);
}

/** The travel tables are megabytes and made for this question alone: they are handed over, not copied. */
function buffersOf({ night }: Question): ArrayBuffer[] {
  return Object.values(night.travel).flatMap(({ seconds, meters, estimated }) => [
    seconds.buffer as ArrayBuffer,
    meters.buffer as ArrayBuffer,
    estimated.buffer as ArrayBuffer,
  ]);
}
