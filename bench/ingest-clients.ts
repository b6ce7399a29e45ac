/** A child process of people: keep-alive connections that report as fast as they are answered, or at a steady pace beside screens that watch. */
import http from 'node:http';
import net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { v7 as newId } from 'uuid';
import { createLiveCity } from '../client/realtime/live-city.ts';
import type { ClientToServer, ServerToClient } from '../shared/realtime/events.ts';
import { place } from '../server/testing/seed.ts';

export type Order =
  | { kind: 'flood'; port: number; connections: number; seconds: number }
  | {
      kind: 'pace';
      port: number;
      cityId: string;
      sockets: number;
      perSecond: number;
      seconds: number;
    };
export type Report =
  | { kind: 'flooded'; acknowledged: number; refused: number; seconds: number }
  | { kind: 'paced'; millis: number[]; lost: number };

const cookie = 'nuanxun_session=bench';

function draft(id: string): string {
  const position = place((Math.random() - 0.5) * 30_000, (Math.random() - 0.5) * 30_000);
  return JSON.stringify({
    id,
    position,
    system: 'wgs84',
    accuracyMeters: 12,
    positionSource: 'gps',
    addressText: '',
    seenAt: new Date().toISOString(),
    headcount: 1,
    flags: ['thinly_dressed'],
    needs: ['quilt'],
    note: '桥下东侧第二个桥墩旁',
    contactPhone: '',
  });
}

function send(agent: http.Agent, port: number, id: string): Promise<number> {
  const body = draft(id);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: '/api/sightings.report',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          cookie,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Answers a call of this server on a connection of one's own; only what a small answer with a length needs. */
const answerPattern = /^HTTP\/1\.1 (\d{3})[^]*?\r\ncontent-length: (\d+)[^]*?\r\n\r\n/i;

/**
 * One keep-alive connection that reports as fast as it is answered. It writes and reads HTTP by itself: a
 * hundred phones have a hundred processors, and here they share the server's.
 */
function person(port: number, until: number, count: (status: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const wire = net.connect({ port, host: '127.0.0.1', noDelay: true });
    const next = (): void => {
      if (performance.now() >= until) return void wire.end();
      const body = draft(newId());
      wire.write(
        `POST /api/sightings.report HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n` +
          `cookie: ${cookie}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    };
    let text = '';
    wire.setEncoding('latin1');
    wire.on('connect', next);
    wire.on('data', (part) => {
      text += String(part);
      const head = answerPattern.exec(text);
      if (!head || text.length < head[0].length + Number(head[2])) return;
      text = '';
      count(Number(head[1]));
      next();
    });
    wire.on('close', () => resolve());
    wire.on('error', reject);
  });
}

async function flood(order: Extract<Order, { kind: 'flood' }>): Promise<Report> {
  const began = performance.now();
  const until = began + order.seconds * 1000;
  let acknowledged = 0;
  let refused = 0;
  const count = (status: number): void => {
    if (status === 200) acknowledged += 1;
    else refused += 1;
  };
  await Promise.all(
    Array.from({ length: order.connections }, () => person(order.port, until, count)),
  );
  const seconds = (performance.now() - began) / 1000;
  return { kind: 'flooded', acknowledged, refused, seconds };
}

type Wire = Socket<ServerToClient, ClientToServer>;
const dial = (port: number): Wire =>
  io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
  });

async function pace(order: Extract<Order, { kind: 'pace' }>): Promise<Report> {
  const { port, cityId } = order;
  const sentAt = new Map<string, number>();
  const millis: number[] = [];
  const wires = Array.from({ length: order.sockets }, () => dial(port));
  const [screen, ...others] = wires;
  for (const wire of others)
    wire.on('connect', () =>
      wire.emit('follow', { cityId, since: null, cells: null }, () => undefined),
    );
  const live = createLiveCity(
    {
      onOpen: (handler) => screen!.on('connect', handler),
      onClose: (handler) => screen!.on('disconnect', handler),
      onEvents: (handler) => screen!.on('events', handler),
      onPositions: () => undefined,
      follow: (follow, answer) => screen!.emit('follow', follow, answer),
      sendPosition: () => undefined,
      close: () => screen!.close(),
    },
    cityId,
    {
      onState: (state) => {
        for (const [id, at] of sentAt)
          if (state.sightings.has(id)) {
            millis.push(performance.now() - at);
            sentAt.delete(id);
          }
      },
      onPositions: () => undefined,
      onLink: () => undefined,
      onRefused: (code) => {
        throw new Error(code);
      },
      // as a browser's next frame
      schedule: (work) => void setTimeout(work, 16),
    },
  );
  await wait(3_000);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const total = order.perSecond * order.seconds;
  const began = performance.now();
  const answers: Promise<number>[] = [];
  for (let i = 0; i < total; i += 1) {
    const due = began + (i * 1000) / order.perSecond;
    if (due > performance.now()) await wait(due - performance.now());
    const id = newId();
    sentAt.set(id, performance.now());
    answers.push(send(agent, port, id));
  }
  await Promise.all(answers);
  await wait(2_000);
  live.stop();
  for (const wire of others) wire.close();
  agent.destroy();
  return { kind: 'paced', millis, lost: sentAt.size };
}

process.on('message', (order: Order) => {
  void (order.kind === 'flood' ? flood(order) : pace(order)).then((report) =>
    process.send!(report),
  );
});
process.on('disconnect', () => process.exit(0));
