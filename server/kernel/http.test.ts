import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import type http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from './context.ts';
import { createHttpServer } from './http.ts';
import { router } from './trpc.ts';

let server: http.Server;
let dataDir: string;
let readiness: () => Promise<string | null> = async () => null;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'nuanxun-http-'));
  const city = path.join(dataDir, 'cities/nuanhe');
  await mkdir(city, { recursive: true });
  await writeFile(path.join(city, 'basemap.pmtiles'), Buffer.alloc(4 * 1024 * 1024));
  await writeFile(path.join(city, 'city.json'), '{}');
  const services = { log: () => undefined } as unknown as Context;
  server = createHttpServer({
    routes: [],
    mount: { router: router({}), services, createContext: async () => services },
    dataDir,
    mapOrigins: () => [],
    readiness: () => readiness(),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dataDir, { recursive: true });
});

const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The status of a request line sent as it is, which no client library would do. */
async function statusOf(target: string, more = ''): Promise<number> {
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n${more}Connection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return Number(answer.split(' ')[1]);
}

describe('the HTTP server', () => {
  it.each(['//', '///', 'http://[', '/%', '/%E0%A4%A', '/cities/%2e%2e/basemap.pmtiles'])(
    'outlives a request for %s',
    async (target) => {
      expect(await statusOf(target)).toBeLessThan(500);
      expect(await statusOf('/healthz')).toBe(200);
    },
  );

  it('takes no time over any address', async () => {
    const began = performance.now();
    expect(await statusOf(`/${'a.a'.repeat(2_000)}!`)).toBe(404);
    expect(await statusOf(`/${'a.a'.repeat(2_000)}/%21/-`)).toBeLessThan(500);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it.each(['/api/__proto__', '/api/constructor.name', '/api/', '/api/a.b.c'])(
    'knows no procedure at %s',
    async (target) => {
      expect(await statusOf(target)).toBe(404);
    },
  );

  it.each([
    '/cities/nuanhe/city.json',
    '/cities/../db.lock',
    '/cities/nuanhe/..%2f..%2fdb.lock',
    '/cities/nuanhe/basemap.pmtiles/../city.json',
  ])('gives nothing else of a city than its map: %s', async (target) => {
    expect(await statusOf(target)).toBe(404);
  });

  it.each(['bytes=5-2', 'bytes=-5', 'bytes=a-b', 'bytes=0-1,3-4', 'bytes=1e400-', 'lines=1-2'])(
    'answers a range it can make nothing of with the whole file: %s',
    async (range) => {
      expect(await statusOf('/cities/nuanhe/basemap.pmtiles', `Range: ${range}\r\n`)).toBe(200);
    },
  );

  it('sends parts of a map', async () => {
    const at = (range: string) =>
      fetch(`${base()}/cities/nuanhe/basemap.pmtiles`, { headers: { range } });
    const part = await at('bytes=2-4');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 2-4/4194304']);
    expect((await part.arrayBuffer()).byteLength).toBe(3);
    expect((await at('bytes=9999999-')).status).toBe(416);
  });

  it.skipIf(!existsSync('/proc/self/fd'))('closes the file when the reader goes away', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    for (let count = 0; count < 20; count += 1) {
      const { port } = server.address() as AddressInfo;
      const socket = net.connect(port, '127.0.0.1');
      socket.write('GET /cities/nuanhe/basemap.pmtiles HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await once(socket, 'readable');
      socket.destroy();
    }
    await expect.poll(open).toBeLessThan(before + 5);
  });

  it('says that the database is unreachable, and not where it is', async () => {
    readiness = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.5:5432'));
    const answer = await fetch(`${base()}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe('database unreachable');
  });
});
