// The embedded database's worker thread as the rest sees it: one execution at a
// time, a deadline for each, and a new worker on the same files when one is lost.
import type { Worker } from 'node:worker_threads';
import type { FrontendGroup } from './wire.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';
import { siblingEntry, spawnThread } from './entries.ts';

/** What every query gets whose fate was decided by the loss of the engine. */
export class EngineLostError extends Error {
  /** As PostgreSQL's own crash_shutdown, so that callers treat both alike. */
  readonly code = '57P02';
  constructor(reason: string) {
    super(
      `The embedded database ${reason}; it is being restarted. ` +
        'What was committed is kept, this query or transaction is not.',
    );
    this.name = 'EngineLostError';
  }
}

export interface EngineOptions {
  settings: WorkerSettings;
  /** Without a sign of life for so long, a query counts as hung. */
  deadlineMs: number;
  startDeadlineMs: number;
  onLog: (message: string) => void;
}

interface Task {
  onData: (bytes: Uint8Array) => void;
  resolve: () => void;
  reject: (error: Error) => void;
}

export class Engine {
  readonly #options: EngineOptions;
  #worker: Worker | null = null;
  #starting: Promise<void> = Promise.resolve();
  #task: Task | null = null;
  #deadline: NodeJS.Timeout | null = null;
  #closing = false;
  /** Called once per lost worker, before anything is executed on its successor. */
  onLost: (reason: string) => void = () => {};

  private constructor(options: EngineOptions) {
    this.#options = options;
  }

  static async start(options: EngineOptions): Promise<Engine> {
    const engine = new Engine(options);
    await engine.#startWorker(options.settings);
    return engine;
  }

  /** For tests: the thread that runs now. */
  get worker(): Worker | null {
    return this.#worker;
  }

  async execute(groups: FrontendGroup[], onData: (bytes: Uint8Array) => void): Promise<void> {
    await this.#started();
    return this.#run({ kind: 'execute', groups: groups.map((group) => group.bytes) }, onData);
  }

  /** Writes the data directory as tar.gz. */
  async dump(path: string): Promise<void> {
    await this.#started();
    return this.#run({ kind: 'dump', path }, () => {});
  }

  async close(): Promise<void> {
    await this.#starting.catch(() => {});
    this.#closing = true;
    const worker = this.#worker;
    if (!worker) return;
    await this.#run({ kind: 'close' }, () => {}).catch(() => {});
    this.#worker = null;
    await worker.terminate();
  }

  /** A restart that failed is tried again by whoever needs the database next. */
  async #started(): Promise<void> {
    try {
      await this.#starting;
    } catch {
      if (this.#worker === null && !this.#closing) this.#restart(Promise.resolve());
      await this.#starting;
    }
  }

  #run(message: ToWorker, onData: (bytes: Uint8Array) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#worker) return reject(new EngineLostError('is closed'));
      if (this.#task) return reject(new Error('The embedded database runs one task at a time'));
      this.#task = { onData, resolve, reject };
      this.#watch();
      this.#worker.postMessage(message);
    });
  }

  #watch(): void {
    if (this.#deadline) clearTimeout(this.#deadline);
    const seconds = this.#options.deadlineMs / 1000;
    this.#deadline = setTimeout(
      () => this.#replace(`gave no answer for ${seconds} s`),
      this.#options.deadlineMs,
    );
  }

  #finish(settle: (task: Task) => void): void {
    if (this.#deadline) clearTimeout(this.#deadline);
    this.#deadline = null;
    const task = this.#task;
    this.#task = null;
    if (task) settle(task);
  }

  #startWorker(settings: WorkerSettings): Promise<void> {
    const worker = spawnThread(siblingEntry('worker'), settings);
    this.#worker = worker;
    let isReady = false;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('The embedded database did not start in time'));
        void worker.terminate();
      }, this.#options.startDeadlineMs);
      worker.on('message', (message: FromWorker) => {
        if (worker !== this.#worker) return;
        if (message.kind === 'ready') {
          clearTimeout(timer);
          isReady = true;
          resolve();
        } else this.#onMessage(message);
      });
      let failure = 'stopped unexpectedly';
      worker.on('error', (error) => {
        failure = `failed (${error instanceof Error ? error.message : String(error)})`;
      });
      worker.on('exit', () => {
        clearTimeout(timer);
        reject(new Error(`The embedded database ${failure}`));
        if (worker !== this.#worker) return;
        if (isReady) this.#replace(failure);
        else this.#worker = null;
      });
    });
  }

  #onMessage(message: FromWorker): void {
    if (message.kind === 'data') {
      this.#watch();
      this.#task?.onData(message.bytes);
    } else if (message.kind === 'failed') {
      this.#replace(`failed (${message.message})`);
    } else {
      this.#finish((task) => task.resolve());
    }
  }

  /** Gives the worker up and starts another on the same files. */
  #replace(reason: string): void {
    const worker = this.#worker;
    this.#worker = null;
    const error = new EngineLostError(reason);
    if (this.#closing) {
      this.#finish((task) => task.reject(error));
      return;
    }
    this.#options.onLog(error.message);
    this.#restart(worker ? worker.terminate() : Promise.resolve());
    this.#finish((task) => task.reject(error));
    this.onLost(reason);
  }

  #restart(stopped: Promise<unknown>): void {
    // A database in memory starts anew from its snapshot; one on disk recovers what was committed.
    const { settings } = this.#options;
    const again = settings.dataDir === null ? settings : { ...settings, snapshotPath: null };
    const startedAt = performance.now();
    this.#starting = stopped.then(() => this.#startWorker(again));
    this.#starting.then(
      () => this.#options.onLog(`The embedded database is back after ${elapsed(startedAt)} s.`),
      (cause: unknown) => this.#options.onLog(`It could not be restarted: ${String(cause)}`),
    );
  }
}

function elapsed(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
