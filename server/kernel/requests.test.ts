import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { readCookie } from './cookies.ts';
import type { Services, Session } from './context.ts';
import { addressOf, createContext, isSameOrigin, readDeviceId, SessionMemory } from './requests.ts';

const request = (headers: Record<string, string>, remoteAddress = '10.0.0.7'): IncomingMessage =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

describe('who is asking', () => {
  it('believes a proxy only when one is trusted, and then its last word', () => {
    const forwarded = request({ 'x-forwarded-for': '1.2.3.4, 5.6.7.8' });
    expect(addressOf(forwarded, false)).toBe('10.0.0.7');
    expect(addressOf(forwarded, true)).toBe('5.6.7.8');
  });

  it('refuses what a page of another site sends', () => {
    expect(isSameOrigin(request({ host: 'nuanxun.test' }))).toBe(true);
    expect(isSameOrigin(request({ host: 'nuanxun.test', origin: 'https://nuanxun.test' }))).toBe(
      true,
    );
    expect(isSameOrigin(request({ host: 'nuanxun.test', origin: 'https://evil.test' }))).toBe(
      false,
    );
    expect(isSameOrigin(request({ host: 'nuanxun.test', origin: 'null' }))).toBe(false);
  });

  it('reads one cookie among many and survives broken ones', () => {
    expect(readCookie(request({ cookie: 'a=1; b=x%20y; c=3' }), 'b')).toBe('x y');
    expect(readCookie(request({ cookie: 'b=%E0%A4%A' }), 'b')).toBeNull();
    expect(readCookie(request({}), 'b')).toBeNull();
  });

  it('takes only a UUID as a device', () => {
    expect(readDeviceId(request({ cookie: 'nuanxun_device=../../etc' }))).toBeNull();
    const id = '0198a0b2-7b1e-7c3d-8f00-0123456789ab';
    expect(readDeviceId(request({ cookie: `nuanxun_device=${id}` }))).toBe(id);
  });
});

describe('a call that says whose it is', () => {
  it('is not taken for the one who has signed in on that device since', async () => {
    const session = { userId: 'wang' } as Session;
    const sessions = new SessionMemory(async () => session);
    const services = { config: { trustProxy: false } } as Services;
    const asked = async (headers: Record<string, string>) => {
      const from = request({ cookie: 'nuanxun_session=t', ...headers });
      return (await createContext(services, sessions, from, {} as ServerResponse)).session;
    };
    expect(await asked({})).toBe(session);
    expect(await asked({ 'x-nuanxun-user': 'wang' })).toBe(session);
    expect(await asked({ 'x-nuanxun-user': 'li' })).toBeNull();
  });
});

describe('the memory of sessions', () => {
  const session = {
    cityId: 'a',
    userId: 'u',
    role: 'patrol',
    reporterKind: null,
    teamId: null,
    stationId: null,
    displayName: '',
  } as const;

  it('asks the database once for a burst', async () => {
    const read = vi.fn(async () => session);
    const memory = new SessionMemory(read);
    await Promise.all(Array.from({ length: 50 }, () => memory.get('token')));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('asks again after it was told to forget, and after a failure', async () => {
    const read = vi.fn(async () => session as typeof session | null);
    const memory = new SessionMemory(read);
    await memory.get('token');
    memory.forget('token');
    await memory.get('token');
    expect(read).toHaveBeenCalledTimes(2);
    read.mockRejectedValueOnce(new Error('no database'));
    memory.forget(null);
    await expect(memory.get('token')).rejects.toThrow('no database');
    expect(await memory.get('token')).toEqual(session);
  });
});
