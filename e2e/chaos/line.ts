/** One tablet's way to the server: a relay of its own, so that it can be cut at any byte. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** `request`: the server never hears of the next action. `answer`: it does, and the tablet never hears back. */
export type Loss = 'request' | 'answer';

const actionPath = '/api/field.submit';

export class Line {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #serverPort: () => number | null;
  #toLose: Loss | null = null;
  isCut = false;
  /** how many requests and answers were lost in the middle */
  lost = 0;

  /** @param serverPort where the server listens this moment; null = it is dead */
  constructor(serverPort: () => number | null) {
    this.#serverPort = serverPort;
    this.#server = createServer((near) => this.#relay(near));
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  #relay(near: Socket): void {
    near.on('error', () => near.destroy());
    const port = this.#serverPort();
    if (this.isCut || port === null) {
      near.destroy();
      return;
    }
    const far = connect(port, 'localhost');
    let losing: Loss | null = null;
    const end = () => {
      near.destroy();
      far.destroy();
      this.#open.delete(near);
    };
    this.#open.add(near);
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    near.on('data', (chunk) => {
      if (this.#toLose !== null && chunk.includes(actionPath)) {
        losing = this.#toLose;
        this.#toLose = null;
        this.lost += 1;
      }
      if (losing === 'request') end();
      else far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (losing === 'answer') end();
      else near.write(chunk);
    });
  }

  /** The next action sent over this line is lost. */
  lose(what: Loss): void {
    this.#toLose = what;
  }
  cut(): void {
    this.isCut = true;
    for (const socket of this.#open) socket.destroy();
  }
  join(): void {
    this.isCut = false;
    this.#toLose = null;
  }
  stop(): void {
    this.cut();
    this.#server.close();
  }
}
