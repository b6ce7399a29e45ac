import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Context, Session } from './context.ts';
import { allow, router } from './trpc.ts';
import { handleProcedure, maxBodyBytes } from './trpc-mount.ts';

const testRouter = router({
  double: allow('public')
    .input(z.object({ n: z.number() }))
    .query(({ input }) => input.n * 2),
  send: allow('dispatcher')
    .input(z.object({ note: z.string() }))
    .mutation(({ ctx, input }) => `${ctx.session.displayName}: ${input.note}`),
  refuse: allow('public').mutation(() => {
    throw new AppError('cluster_taken', { params: { teamName: '一队' } });
  }),
  away: allow('public').query(() => {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.5'), { code: 'ECONNREFUSED' });
  }),
  fail: allow('public').query(() => {
    throw new Error('secret detail');
  }),
});
const dispatcher: Session = {
  cityId: 'c',
  userId: 'u',
  role: 'dispatcher',
  reporterKind: null,
  teamId: null,
  stationId: null,
  displayName: 'Lin',
};

let server: http.Server;
let base: string;
let session: Session | null = null;
const logged: string[] = [];
beforeAll(async () => {
  const services = {
    log: (_level: string, message: string) => void logged.push(message),
  } as unknown as Context;
  server = http.createServer((request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    void handleProcedure(
      { router: testRouter, services, createContext: async () => ({ ...services, session }) },
      url.pathname.slice('/api/'.length),
      url,
      request,
      response,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(() => void server.close());

const client = () => createTRPCClient<typeof testRouter>({ links: [httpLink({ url: base })] });
const fault = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: TRPCClientError<typeof testRouter>) =>
      error.data as unknown as { app: { code: string }; httpStatus: number },
  );

describe('procedures over HTTP', () => {
  it('answers the stock client', async () => {
    expect(await client().double.query({ n: 21 })).toBe(42);
    session = dispatcher;
    expect(await client().send.mutate({ note: '去桥下看看' })).toBe('Lin: 去桥下看看');
  });

  it('says which role is missing, and tells a stranger from the wrong role', async () => {
    session = null;
    expect(await fault(client().send.mutate({ note: '' }))).toMatchObject({
      app: { code: 'not_signed_in' },
      httpStatus: 401,
    });
    session = { ...dispatcher, role: 'reporter' };
    expect(await fault(client().send.mutate({ note: '' }))).toMatchObject({
      app: { code: 'not_allowed' },
      httpStatus: 403,
    });
  });

  it('carries our own codes and the field of a wrong input', async () => {
    expect(await fault(client().refuse.mutate())).toMatchObject({
      app: { code: 'cluster_taken', params: { teamName: '一队' } },
      httpStatus: 409,
    });
    expect(await fault(client().double.query({ n: 'x' as unknown as number }))).toMatchObject({
      app: { code: 'invalid_input', field: 'n' },
      httpStatus: 400,
    });
  });

  it('answers opaquely when something unexpected happens, and logs it once', async () => {
    const answer = await fetch(`${base}/fail`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(logged).toEqual(['procedure fail failed']);
  });

  it('tells a database that is away from a failure of its own, in a word', async () => {
    logged.length = 0;
    const answer = await fetch(`${base}/away`);
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).toContain('database_unavailable');
    expect(text).not.toContain('10.0.0.5');
    expect(logged).toEqual(['procedure away failed']);
  });

  it('lets in no text that a database can’t hold', async () => {
    session = dispatcher;
    const body = String.raw`{"note":"桥\u0000下 \ud83d \ud83d\ude00 \\u0000"}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${base}/send`, { method: 'POST', headers, body });
    const { result } = (await answer.json()) as { result: { data: string } };
    expect(result.data).toBe('Lin: 桥下 \ufffd 😀 \\u0000');
  });

  it('logs nothing when somebody hangs up in the middle of a body', async () => {
    logged.length = 0;
    const { port } = server.address() as AddressInfo;
    const request = http.request({
      port,
      path: '/api/send',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 100 },
    });
    request.on('error', () => undefined);
    request.write('{"no');
    await new Promise((resolve) => setTimeout(resolve, 50));
    request.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(logged).toEqual([]);
  });

  it('refuses bodies that are too large, broken, or not JSON', async () => {
    const post = (body: string, type = 'application/json') =>
      fetch(`${base}/refuse`, { method: 'POST', headers: { 'content-type': type }, body }).then(
        (answer) => answer.status,
      );
    expect(await post(JSON.stringify('x'.repeat(maxBodyBytes)))).toBe(413);
    expect(await post('{')).toBe(400);
    expect(await post('a=1', 'application/x-www-form-urlencoded')).toBe(400);
    expect(await fetch(`${base}/nothing`).then((answer) => answer.status)).toBe(404);
  });
});
