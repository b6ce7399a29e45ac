// PGlite is one session. Several postgres.js connections share it by taking
// turns: a connection keeps its turn until the session is idle again (not inside
// a transaction, not inside an unfinished extended query).
import { EngineLostError, type Engine } from './engine.ts';
import { SessionSocket } from './session-socket.ts';
import {
  BackendSplitter,
  closeStatements,
  greeting,
  simpleQuery,
  sync,
  type FrontendGroup,
} from './wire.ts';

export interface SessionOptions {
  serverVersion: string;
  /** A turn held so long without a query, while others wait, is ended. */
  idleTurnMs: number;
}

export class Session {
  readonly #engine: Engine;
  readonly #options: SessionOptions;
  readonly #sockets = new Set<SessionSocket>();
  #waiting: SessionSocket[] = [];
  #holder: SessionSocket | null = null;
  #busy = false;
  #idleTurn: NodeJS.Timeout | null = null;
  #processIds = 0;
  /** Why connections were dropped the last time. */
  latestLoss: Error | null = null;

  constructor(engine: Engine, options: SessionOptions) {
    this.#engine = engine;
    this.#options = options;
    engine.onLost = (reason) => this.#loseAll(reason);
  }

  /** What postgres.js calls for each connection (its `socket` option). */
  connect(): SessionSocket {
    const socket: SessionSocket = new SessionSocket({
      greeting: greeting(++this.#processIds, this.#options.serverVersion),
      onGroups: () => this.#enqueue(socket),
      onEnd: () => this.#leave(socket),
    });
    this.#sockets.add(socket);
    return socket;
  }

  #enqueue(socket: SessionSocket): void {
    if (socket !== this.#holder && !this.#waiting.includes(socket)) this.#waiting.push(socket);
    this.#pump();
  }

  #pump(): void {
    if (this.#busy) return;
    this.#holder ??= this.#waiting.shift() ?? null;
    const socket = this.#holder;
    if (!socket) return;
    const groups = socket.takeGroups();
    if (groups.length === 0) {
      if (socket.inTurn) this.#watchIdleTurn(socket);
      else this.#passOn();
      return;
    }
    this.#clearIdleTurn();
    this.#execute(socket, groups);
  }

  #execute(socket: SessionSocket, groups: FrontendGroup[]): void {
    const splitter = new BackendSplitter();
    this.#busy = true;
    socket.unsynced = groups.at(-1)?.synced === false;
    this.#engine
      .execute(groups, (bytes) => {
        const part = splitter.push(bytes);
        if (part.status) socket.status = part.status;
        if (part.reply.length > 0) socket.deliver(part.reply);
        for (const notification of part.notifications) {
          for (const listener of this.#sockets) listener.deliver(notification);
        }
      })
      .then(
        () => {
          this.#busy = false;
          if (!socket.inTurn) this.#passOn();
          else this.#pump();
        },
        (error: unknown) => {
          this.#busy = false;
          // A lost engine has already been told to every socket.
          socket.lose(error instanceof Error ? error : new Error(String(error)));
          if (this.#holder === socket) this.#holder = null;
          this.#pump();
        },
      );
  }

  #passOn(): void {
    const socket = this.#holder;
    this.#holder = null;
    this.#clearIdleTurn();
    if (socket?.hasGroups && !this.#waiting.includes(socket)) this.#waiting.push(socket);
    this.#pump();
  }

  /** A client went away: undo what it left open, forget its prepared statements. */
  #leave(socket: SessionSocket): void {
    if (!this.#sockets.delete(socket)) return;
    this.#waiting = this.#waiting.filter((other) => other !== socket);
    socket.discardGroups();
    const clean: FrontendGroup[] = [];
    if (this.#holder === socket) {
      clean.push(sync(), simpleQuery('rollback'));
    }
    if (socket.preparedNames.size > 0) clean.push(closeStatements(socket.preparedNames));
    if (clean.length === 0) return;
    socket.pushGroups(clean);
    socket.status = 'I';
    socket.unsynced = false;
    this.#enqueue(socket);
  }

  #watchIdleTurn(socket: SessionSocket): void {
    if (this.#waiting.length === 0 || this.#idleTurn) return;
    this.#idleTurn = setTimeout(() => {
      this.#idleTurn = null;
      if (this.#waiting.length === 0) return;
      const seconds = this.#options.idleTurnMs / 1000;
      this.latestLoss = Object.assign(
        new Error(
          `A transaction or cursor held the embedded database's only session for ${seconds} s ` +
            'without a query while others waited, and was rolled back. Code inside a ' +
            'transaction must use the transaction, never the pool.',
        ),
        { code: '25P03' },
      );
      socket.lose(this.latestLoss);
      this.#leave(socket);
    }, this.#options.idleTurnMs);
  }

  #clearIdleTurn(): void {
    if (this.#idleTurn) clearTimeout(this.#idleTurn);
    this.#idleTurn = null;
  }

  #loseAll(reason: string): void {
    this.#clearIdleTurn();
    this.latestLoss = new EngineLostError(reason);
    const sockets = [...this.#sockets];
    this.#sockets.clear();
    this.#waiting = [];
    this.#holder = null;
    for (const socket of sockets) {
      socket.discardGroups();
      // One error each: postgres.js writes the query it belongs to into it.
      socket.lose(new EngineLostError(reason));
    }
  }
}
