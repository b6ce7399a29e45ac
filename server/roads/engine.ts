/** The road engine in a process of its own: started at the first question, started again when it ends, never waited for in vain. */
import type { ChildProcess } from 'node:child_process';
import { spawnProcess } from '../kernel/embedded/entries.ts';
import type { Log } from '../kernel/log.ts';
import type { EngineQuestion, EngineReply } from './engine-messages.ts';
import { engineError } from './road-engine.ts';
import type { EngineAction, RoadEngine } from './road-engine.ts';
import { WorkQueue } from './work-queue.ts';

const pairsAtOnce = 40_000;
const smallPairs = 2_500;
const slots = 3;
/** No question of this size takes so long: whoever hasn't answered then hangs. */
const patienceMs = 30_000;
/** After it ended by itself it rests this long, so that a broken file does not keep a core busy. */
const restMs = 5_000;

interface Pending {
  resolve(text: string): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export class EngineProcess {
  private readonly log: Log;
  private readonly queue = new WorkQueue(slots);
  private readonly pending = new Map<number, Pending>();
  private child: ChildProcess | null = null;
  private restUntil = 0;
  private lastId = 0;
  private closed = false;

  constructor(log: Log) {
    this.log = log;
  }

  /** The engine on these tiles; other content is another address, such as with `?version` after the name. */
  on(tilesFile: string): RoadEngine {
    return {
      pairsAtOnce,
      locates: true,
      ask: (action, question) => this.ask(tilesFile, action, question),
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    const { child } = this;
    if (!child) return;
    hold(child, true);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  private async ask(tilesFile: string, action: EngineAction, question: object): Promise<unknown> {
    const text = JSON.stringify(question);
    const answer = await this.queue.run(sizeOf(question) > smallPairs, () =>
      this.send({ tilesFile, action, text }),
    );
    return JSON.parse(answer) as unknown;
  }

  private send(question: Omit<EngineQuestion, 'id'>): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = this.running();
      if (!child) {
        reject(new Error('the road engine is not running'));
        return;
      }
      const id = ++this.lastId;
      const timer = setTimeout(() => {
        this.log('warn', 'the road engine does not answer and is started anew');
        child.kill('SIGKILL');
      }, patienceMs);
      if (this.pending.size === 0) hold(child, true);
      this.pending.set(id, { resolve, reject, timer });
      child.send({ ...question, id } satisfies EngineQuestion, (error) => {
        if (error) this.settle(id, (waiting) => waiting.reject(error));
      });
    });
  }

  private settle(id: number, how: (waiting: Pending) => void): void {
    const waiting = this.pending.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.pending.delete(id);
    if (this.pending.size === 0 && this.child) hold(this.child, false);
    how(waiting);
  }

  private running(): ChildProcess | null {
    if (this.closed || Date.now() < this.restUntil) return null;
    return (this.child ??= this.start());
  }

  private start(): ChildProcess {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const entry = new URL(`./engine-process.${extension}`, import.meta.url);
    const child = spawnProcess(entry, [], { talks: true });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2_000);
    });
    child.on('message', (reply: EngineReply) =>
      this.settle(reply.id, ({ resolve, reject }) =>
        'text' in reply ? resolve(reply.text) : reject(engineError(reply.complaint)),
      ),
    );
    const ended = (reason: unknown): void => {
      if (this.child !== child) return;
      this.child = null;
      this.restUntil = Date.now() + restMs;
      if (!this.closed)
        this.log('warn', 'the road engine ended', { reason, complaint: complaint.trim() });
      for (const id of this.pending.keys())
        this.settle(id, ({ reject }) => reject(new Error('the road engine ended')));
    };
    child.on('exit', (code, signal) => ended(code ?? signal));
    child.on('error', ended);
    return child;
  }
}

function sizeOf(question: object): number {
  const { sources, targets } = question as { sources?: unknown[]; targets?: unknown[] };
  return (sources?.length ?? 1) * (targets?.length ?? 1);
}

/** Only a question that is being answered keeps this process from ending. */
function hold(child: ChildProcess, held: boolean): void {
  const parts = [child, child.channel, child.stderr] as ({ ref?(): void; unref?(): void } | null)[];
  for (const part of parts)
    if (held) part?.ref?.();
    else part?.unref?.();
}
