/** One tablet's way to the server: a relay of its own, so that it can be cut in the middle of an answer. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export class Line {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #serverPort: () => number | null;
  isCut = false;

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
    const port = this.#serverPort();
    if (this.isCut || port === null) {
      near.destroy();
      return;
    }
    const far = connect(port, 'localhost');
    const end = () => {
      near.destroy();
      far.destroy();
      this.#open.delete(near);
    };
    this.#open.add(near);
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    near.pipe(far);
    far.pipe(near);
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.#open) socket.destroy();
  }
  join(): void {
    this.isCut = false;
  }
  stop(): void {
    this.cut();
    this.#server.close();
  }
}
