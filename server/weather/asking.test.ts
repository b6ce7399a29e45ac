import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { says, weatherServer } from '../testing/weather-server.ts';
import type { Behaviour, WeatherServer } from '../testing/weather-server.ts';
import { ask } from './asking.ts';
import type { Question } from './asking.ts';
import { AnswerError } from './provider.ts';

const servers: WeatherServer[] = [];
const serving = async (behaviour: Behaviour): Promise<WeatherServer> => {
  const server = await weatherServer(behaviour);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const asking = {
  signal: new AbortController().signal,
  now: Date.now,
  waitMs: 700,
  maxBytes: 100_000,
};
const asked = (url: string, more: Partial<Question> = {}) =>
  ask({ url, trustedHost: '127.0.0.1', ...more }, asking);
async function answerOf(url: string, more: Partial<Question> = {}): Promise<unknown> {
  try {
    const reply = await asked(url, more);
    return reply.changed ? reply.text : 'unchanged';
  } catch (error) {
    if (error instanceof AnswerError) return { ...error.fault, retryAfterMs: error.retryAfterMs };
    throw error;
  }
}
const unreachable = { code: 'unreachable', retryAfterMs: null };
const malformed = (at: string) => ({ code: 'malformed', at, retryAfterMs: null });

describe('a question over the network', () => {
  it('is answered in the letters that the answer, or its document, is written in', async () => {
    const server = await serving(
      says(Buffer.from([0xe9]), { 'content-type': 'text/plain; charset=ISO-8859-1' }),
    );
    expect(await answerOf(server.baseUrl)).toBe('é');
    server.behave(
      says(
        Buffer.concat([
          Buffer.from('<?xml version="1.0" encoding="gb2312"?>'),
          Buffer.from([0xba, 0xae]),
        ]),
      ),
    );
    expect(await answerOf(server.baseUrl)).toContain('寒');
    server.behave(says(Buffer.from('寒'), { 'content-type': 'text/xml; charset=klingon' }));
    expect(await answerOf(server.baseUrl)).toBe('寒');
  });

  it('unpacks what comes packed, also without saying so', async () => {
    const server = await serving(says(gzipSync('{"a":1}'), { 'content-encoding': 'gzip' }));
    expect(await answerOf(server.baseUrl)).toBe('{"a":1}');
    server.behave(says(gzipSync('{"a":1}')));
    expect(await answerOf(server.baseUrl)).toBe('{"a":1}');
    server.behave(says(gzipSync('{"a":1}').subarray(0, 12)));
    expect(await answerOf(server.baseUrl)).toEqual(malformed('encoding'));
    server.behave(says('no gzip', { 'content-encoding': 'gzip' }));
    expect(await answerOf(server.baseUrl)).toEqual(malformed('encoding'));
  });

  it('takes no more than it can hold, packed or not, however long it goes on', async () => {
    const server = await serving(
      says(gzipSync(Buffer.alloc(5_000_000)), { 'content-encoding': 'gzip' }),
    );
    expect(await answerOf(server.baseUrl)).toEqual(malformed('too_large'));
    server.behave(says(gzipSync(Buffer.alloc(5_000_000))));
    expect(await answerOf(server.baseUrl)).toEqual(malformed('encoding'));
    server.behave((_asked, response) => {
      const timer = setInterval(() => response.write('x'.repeat(9_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect(await answerOf(server.baseUrl)).toEqual(malformed('too_large'));
  });

  it('waits only so long: for a word, and for the end of one', async () => {
    const server = await serving(() => undefined);
    expect(await answerOf(server.baseUrl)).toEqual(unreachable);
    server.behave((_asked, response) => void response.write('{"latitude": '));
    expect(await answerOf(server.baseUrl)).toEqual(unreachable);
    server.behave((_asked, response) => response.destroy());
    expect(await answerOf(server.baseUrl)).toEqual(unreachable);
    server.behave((_asked, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('short', () => response.destroy());
    });
    expect(await answerOf(server.baseUrl)).toEqual(unreachable);
  });

  it('nobody answers where nobody is', async () => {
    const server = await serving(says('x'));
    await server.close();
    servers.splice(0);
    expect(await answerOf(server.baseUrl)).toEqual(unreachable);
    expect(await answerOf('http://nowhere.invalid/')).toEqual(unreachable);
  });

  it.each([
    [500, {}, null],
    [404, {}, null],
    [429, { 'retry-after': '120' }, 120_000],
    [503, { 'retry-after': 'soon' }, null],
    [503, { 'retry-after': '999999999' }, 86_400_000],
  ])('that is refused with %i says so', async (status, headers, retryAfterMs) => {
    const server = await serving(says('<html>secret</html>', headers, status));
    expect(await answerOf(server.baseUrl)).toEqual({ code: 'refused', status, retryAfterMs });
  });

  it('that is refused until a moment waits for it', async () => {
    const until = new Date(Date.now() + 600_000).toUTCString();
    const server = await serving(says('', { 'retry-after': until }, 429));
    const { retryAfterMs } = (await answerOf(server.baseUrl)) as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(590_000);
    expect(retryAfterMs).toBeLessThanOrEqual(600_000);
  });

  it('that says nothing says so', async () => {
    const server = await serving(says(''));
    expect(await answerOf(server.baseUrl)).toEqual(malformed('empty'));
  });

  it('asked again says what it had, and hears that nothing is new', async () => {
    const server = await serving((one, response) => {
      response.writeHead(one.headers['if-none-match'] === '"v1"' ? 304 : 200, { etag: '"v1"' });
      response.end(one.headers['if-none-match'] === '"v1"' ? '' : 'new');
    });
    const reply = await asked(server.baseUrl);
    expect(reply).toEqual({ changed: true, text: 'new', validators: { etag: '"v1"' } });
    expect(await answerOf(server.baseUrl, { validators: { etag: '"v1"' } })).toBe('unchanged');
  });

  it('follows a few detours, and gives the key to nobody else', async () => {
    const other = await serving(says('found'));
    const server = await serving((one, response) => {
      const to = one.path === '/' ? '/next' : `${other.baseUrl}/there`;
      response.writeHead(302, { location: to }).end();
    });
    expect(await answerOf(server.baseUrl, { headers: { 'x-qw-api-key': 'secret' } })).toBe('found');
    expect(server.asked.map(({ headers }) => headers['x-qw-api-key'])).toEqual([
      'secret',
      'secret',
    ]);
    expect(other.asked.map(({ headers }) => headers['x-qw-api-key'])).toEqual([undefined]);
  });

  it.each([
    '/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'http://',
    'http://localhost:1/',
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/latest',
  ])(
    'doesn’t go round in circles nor where an answer from outside has no say: %s',
    async (location) => {
      const server = await serving((_asked, response) =>
        response.writeHead(301, { location }).end(),
      );
      expect(await answerOf(server.baseUrl)).toEqual(unreachable);
      expect(server.asked.length).toBeLessThanOrEqual(4);
    },
  );
});
