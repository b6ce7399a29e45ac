// What postgres.js takes for a network socket: an emitter of data, error and close.
import { EventEmitter } from 'node:events';
import {
  CANCEL_REQUEST,
  FrontendSplitter,
  SSL_REQUEST,
  type FrontendGroup,
  type TransactionStatus,
} from './wire.ts';

export interface SocketHooks {
  greeting: Buffer;
  onGroups: () => void;
  onEnd: () => void;
}

export class SessionSocket extends EventEmitter {
  readyState: 'open' | 'closed' = 'open';
  status: TransactionStatus = 'I';
  unsynced = false;
  readonly #hooks: SocketHooks;
  readonly #splitter = new FrontendSplitter();
  #started = false;
  #groups: FrontendGroup[] = [];
  #lost = false;

  constructor(hooks: SocketHooks) {
    super();
    this.#hooks = hooks;
  }

  /** True while no other connection may use the session. */
  get inTurn(): boolean {
    return this.status !== 'I' || this.unsynced;
  }

  get hasGroups(): boolean {
    return this.#groups.length > 0;
  }

  get preparedNames(): Set<string> {
    return this.#splitter.preparedNames;
  }

  takeGroups(): FrontendGroup[] {
    const groups = this.#groups;
    this.#groups = [];
    return groups;
  }

  pushGroups(groups: FrontendGroup[]): void {
    this.#groups.push(...groups);
  }

  discardGroups(): void {
    this.#groups = [];
  }

  deliver(bytes: Buffer): void {
    if (this.readyState === 'open' && !this.#lost) this.emit('data', bytes);
  }

  write(chunk: Uint8Array, callback?: () => void): boolean {
    if (callback) setImmediate(callback);
    if (this.readyState === 'closed' || this.#lost) return true;
    if (!this.#started) return this.#start(Buffer.from(chunk));
    const groups = this.#splitter.push(chunk);
    if (groups.length > 0) {
      this.#groups.push(...groups);
      this.#hooks.onGroups();
    }
    return true;
  }

  #start(packet: Buffer): boolean {
    const code = packet.readUInt32BE(4);
    if (code === CANCEL_REQUEST) {
      // The engine's thread can't be interrupted: the query runs on.
      setImmediate(() => this.destroy());
    } else if (code === SSL_REQUEST) {
      setImmediate(() => this.deliver(Buffer.from('N')));
    } else {
      this.#started = true;
      setImmediate(() => this.deliver(this.#hooks.greeting));
    }
    return true;
  }

  /** Fails everything this connection has under way, and ends it. */
  lose(error: Error): void {
    if (this.#lost || this.readyState === 'closed') return;
    this.#lost = true;
    this.status = 'I';
    this.unsynced = false;
    setImmediate(() => {
      if (this.listenerCount('error') > 0) this.emit('error', error);
      this.destroy();
    });
  }

  end(chunk?: Uint8Array): void {
    void chunk;
    setImmediate(() => this.destroy());
  }

  destroy(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.#hooks.onEnd();
    this.emit('close', false);
  }

  pause(): this {
    return this;
  }

  resume(): this {
    return this;
  }
}
