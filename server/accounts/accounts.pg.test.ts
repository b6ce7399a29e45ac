import { describe, expect, it } from 'vitest';
import type { Role } from '../../shared/accounts/schema.ts';
import { sessionCookie } from '../kernel/context.ts';
import type { Context, Session } from '../kernel/context.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { contextOf, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import {
  changeOwnPassword,
  changeUser,
  createUser,
  login,
  readSession,
  setPassword,
} from './actions.ts';
import { readAuditEntries } from './audit.ts';
import { readCityView } from '../cities/actions.ts';
import { readConfig } from '../kernel/config.ts';
import { enterDemo, ensureDemoUsers } from './demo-users.ts';
import { findUser, listUsers, viewOfUser } from './queries.ts';
import { logout, readSessionView } from './sessions.ts';
import {
  createFirstCityLink,
  createSetupLink,
  hasAdministrator,
  setupAdministrator,
} from './setup.ts';

const test = testDatabase();
const password = 'correct horse battery';

type SignedIn = Context & { session: Session; cookies: Map<string, [string, number]> };
const as = (city: SeededCity, role: Role, extra: Partial<Context> = {}) =>
  contextOf(test.db, city.people[role], extra) as SignedIn;

async function withDispatcher(city: SeededCity, username = 'duty.desk') {
  return createUser(as(city, 'administrator'), {
    username,
    displayName: '值班员',
    role: 'dispatcher',
    reporterKind: null,
    teamId: null,
    stationId: null,
    password,
  });
}
const tokenIn = (ctx: { cookies: Map<string, [string, number]> }) =>
  ctx.cookies.get(sessionCookie)![0];

describe('signing in', () => {
  it('gives a cookie whose session knows who it is, until it is signed out', async () => {
    const city = await seedCity(test.sql);
    const user = await withDispatcher(city);
    const ctx = contextOf(test.db, null);
    const view = await login(ctx, { cityId: city.cityId, username: 'duty.desk', password });
    expect(view).toEqual({ cityId: city.cityId, user });
    const session = await readSession(test.sql, tokenIn(ctx));
    expect(session).toMatchObject({ cityId: city.cityId, userId: user.id, role: 'dispatcher' });
    const later = contextOf(test.db, session, { sessionToken: tokenIn(ctx) });
    expect(await readSessionView(later)).toEqual(view);
    await logout(later);
    expect(await readSession(test.sql, tokenIn(ctx))).toBeNull();
  });

  it('keeps only the hash of the token', async () => {
    const city = await seedCity(test.sql, { demo: true });
    const ctx = contextOf(test.db, null);
    await enterDemo(ctx, { cityId: city.cityId, role: 'auditor' });
    const stored = await test.sql<{ text: string }[]>`
      select encode(token_hash, 'escape') as text from sessions where city_id = ${city.cityId}`;
    expect(stored).toHaveLength(1);
    expect(stored[0]!.text).not.toContain(tokenIn(ctx));
    expect(tokenIn(ctx)).toHaveLength(43);
  });

  it('answers an unknown name, a wrong password and a disabled account alike', async () => {
    const city = await seedCity(test.sql);
    const user = await withDispatcher(city);
    const attempt = (username: string, given: string) =>
      refusal(login(contextOf(test.db, null), { cityId: city.cityId, username, password: given }));
    const unknown = await attempt('nobody', password);
    const wrong = await attempt('duty.desk', 'wrong horse battery');
    await changeUser(as(city, 'administrator'), { ...user, disabled: true });
    const disabled = await attempt('duty.desk', password);
    for (const error of [unknown, wrong, disabled]) {
      expect([error.code, error.details]).toEqual(['wrong_credentials', { field: 'password' }]);
    }
  });

  it('stops guessing one name from one address, and says for how long', async () => {
    const city = await seedCity(test.sql);
    const attempt = () =>
      refusal(
        login(contextOf(test.db, null, { address: '192.0.2.77' }), {
          cityId: city.cityId,
          username: 'guessed',
          password,
        }),
      );
    const codes: string[] = [];
    for (let count = 0; count < 11; count += 1) codes.push((await attempt()).code);
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'wrong_credentials'));
    expect(codes[10]).toBe('too_many_attempts');
    const { params } = (await attempt()).details;
    expect(params!['retryAfterSeconds']).toBeGreaterThan(0);
    expect(params!['retryAfterSeconds']).toBeLessThanOrEqual(900);
  });

  it('slides with use and ends after its time without', async () => {
    const city = await seedCity(test.sql, { demo: true });
    const ctx = contextOf(test.db, null);
    await enterDemo(ctx, { cityId: city.cityId, role: 'dispatcher' });
    await test.sql`update sessions set expires_at = now() + interval '6 hours' where city_id = ${city.cityId}`;
    await readSession(test.sql, tokenIn(ctx));
    const [slid] = await test.sql<{ hours: number }[]>`
      select extract(epoch from expires_at - now()) / 3600 as hours from sessions where city_id = ${city.cityId}`;
    expect(slid!.hours).toBeGreaterThan(11.9);
    await test.sql`update sessions set expires_at = now() - interval '1 second' where city_id = ${city.cityId}`;
    expect(await readSession(test.sql, tokenIn(ctx))).toBeNull();
  });
});

describe('accounts', () => {
  it('ends the sessions of whoever is disabled, gets another role or another password', async () => {
    const city = await seedCity(test.sql);
    const user = await withDispatcher(city);
    const signIn = async (given = password) => {
      const ctx = contextOf(test.db, null);
      await login(ctx, { cityId: city.cityId, username: 'duty.desk', password: given });
      return tokenIn(ctx);
    };
    const alive = async (token: string) => (await readSession(test.sql, token)) !== null;
    const first = await signIn();
    await changeUser(as(city, 'administrator'), {
      ...user,
      displayName: '新名字',
      disabled: false,
    });
    expect(await alive(first)).toBe(true);
    await changeUser(as(city, 'administrator'), { ...user, role: 'auditor', disabled: false });
    expect(await alive(first)).toBe(false);
    const second = await signIn();
    await setPassword(as(city, 'administrator'), { userId: user.id, password: 'another long one' });
    expect(await alive(second)).toBe(false);
    const third = await signIn('another long one');
    await changeUser(as(city, 'administrator'), { ...user, disabled: true });
    expect(await alive(third)).toBe(false);
  });

  it('lets people change their own password and keeps the session they do it in', async () => {
    const city = await seedCity(test.sql);
    await withDispatcher(city);
    const here = contextOf(test.db, null);
    const elsewhere = contextOf(test.db, null);
    for (const ctx of [here, elsewhere]) {
      await login(ctx, { cityId: city.cityId, username: 'duty.desk', password });
    }
    const session = (await readSession(test.sql, tokenIn(here)))!;
    const ctx = contextOf(test.db, session, { sessionToken: tokenIn(here) }) as SignedIn;
    const wrong = await refusal(
      changeOwnPassword(ctx, { current: 'not the one', next: 'a new long one' }),
    );
    expect(wrong.details.field).toBe('current');
    await changeOwnPassword(ctx, { current: password, next: 'a new long one' });
    expect(await readSession(test.sql, tokenIn(here))).not.toBeNull();
    expect(await readSession(test.sql, tokenIn(elsewhere))).toBeNull();
  });

  it('never loses the last administrator, not even when two disable each other at once', async () => {
    const city = await seedCity(test.sql);
    const admin = (await findUser(test.sql, city.cityId, city.people.administrator.userId))!;
    const alone = await refusal(
      changeUser(as(city, 'administrator'), { ...viewOfUser(admin), disabled: true }),
    );
    expect(alone.code).toBe('not_allowed');
    const second = await createUser(as(city, 'administrator'), {
      ...viewOfUser(admin),
      username: 'second.admin',
      password,
    });
    const elsewhere = await test.db.another();
    const outcomes = await Promise.allSettled([
      changeUser(as(city, 'administrator'), { ...second, disabled: true }),
      changeUser(as(city, 'administrator', { db: elsewhere }), {
        ...viewOfUser(admin),
        role: 'auditor',
      }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const left = (await listUsers(test.sql, city.cityId)).filter(
      ({ role, disabled }) => role === 'administrator' && !disabled,
    );
    expect(left).toHaveLength(1);
    await setPassword(as(city, 'administrator'), { userId: left[0]!.id, password });
    expect(await hasAdministrator(test.sql, city.cityId)).toBe(true);
  });

  it('refuses a name that is taken and a team that is not there', async () => {
    const city = await seedCity(test.sql);
    const user = await withDispatcher(city);
    expect((await refusal(withDispatcher(city))).code).toBe('username_taken');
    const noTeam = await refusal(
      changeUser(as(city, 'administrator'), { ...user, teamId: crypto.randomUUID() }),
    );
    expect([noTeam.code, noTeam.details.field]).toEqual(['not_found', 'teamId']);
    expect((await listUsers(test.sql, city.cityId)).map(({ id }) => id)).toContain(user.id);
  });

  it('keeps a record of what was done to accounts, newest first', async () => {
    const city = await seedCity(test.sql);
    const user = await withDispatcher(city);
    await changeUser(as(city, 'administrator'), { ...user, role: 'auditor' });
    await login(contextOf(test.db, null), { cityId: city.cityId, username: 'duty.desk', password });
    const entries = await readAuditEntries(test.sql, city.cityId, null);
    expect(entries.map(({ action }) => action)).toEqual([
      'login.ok',
      'user.changed',
      'user.created',
    ]);
    expect(entries[1]!.details).toEqual({ role: 'dispatcher → auditor' });
    expect(entries[1]!.userId).toBe(city.people.administrator.userId);
    const older = await readAuditEntries(test.sql, city.cityId, entries[1]!.at);
    expect(older.map(({ action }) => action)).toEqual(['user.created']);
  });
});

describe('ways in without a password', () => {
  it('sets up the first administrator through a link that works once', async () => {
    const city = await seedCity(test.sql);
    const old = await createSetupLink(test.sql, city.cityId);
    const token = await createSetupLink(test.sql, city.cityId);
    const ctx = contextOf(test.db, null);
    const input = { token, username: 'first.admin', displayName: '管理员', password };
    const view = await setupAdministrator(ctx, input);
    expect(view.user.role).toBe('administrator');
    expect((await readSession(test.sql, tokenIn(ctx)))!.userId).toBe(view.user.id);
    for (const used of [token, old, 'made up by somebody']) {
      const again = await refusal(
        setupAdministrator(ctx, { ...input, token: used, username: 'x.y' }),
      );
      expect(again.code).toBe('link_expired');
    }
  });

  it('makes the first city with its administrator where there is no map yet', async () => {
    const token = await createFirstCityLink(test.sql);
    const person = { token, username: 'first.admin', displayName: '管理员', password };
    const ctx = contextOf(test.db, null);
    const without = await refusal(setupAdministrator(ctx, person));
    expect([without.code, without.details.field]).toEqual(['invalid_input', 'city']);
    const city = {
      id: `first-${process.pid}`,
      nameZh: '新城',
      nameEn: 'Newtown',
      timeZone: 'Asia/Shanghai',
      hotline: '110',
      lon: 116.4,
      lat: 39.9,
      radiusKm: 10,
    };
    const noClock = { ...city, timeZone: 'Nowhere/At-All' };
    const wrong = await refusal(setupAdministrator(ctx, { ...person, city: noClock }));
    expect(wrong.details.field).toBe('city.timeZone');
    const view = await setupAdministrator(ctx, { ...person, city });
    expect([view.cityId, view.user.role]).toEqual([city.id, 'administrator']);
  });

  it('enters a demo city as each role, and no other city', async () => {
    const demo = await seedCity(test.sql, { demo: true });
    await ensureDemoUsers(test.sql, demo.cityId);
    const before = await listUsers(test.sql, demo.cityId);
    for (const role of ['reporter', 'patrol', 'station_manager'] as const) {
      const ctx = contextOf(test.db, null);
      const { user } = await enterDemo(ctx, { cityId: demo.cityId, role });
      expect(user.role).toBe(role);
      if (role === 'patrol') expect(user.teamId).not.toBeNull();
      if (role === 'station_manager') expect(user.stationId).toBe(demo.station.id);
    }
    expect(await listUsers(test.sql, demo.cityId)).toEqual(before);
    const real = await seedCity(test.sql);
    const refused = await refusal(
      enterDemo(contextOf(test.db, null), { cityId: real.cityId, role: 'administrator' }),
    );
    expect(refused.code).toBe('not_allowed');
  });

  it('enters no city where the demo was switched off, and leaves it to a real administrator', async () => {
    const demo = await seedCity(test.sql, { demo: true });
    await ensureDemoUsers(test.sql, demo.cityId);
    const config = readConfig({ NUANXUN_DEMO: 'off' });
    const refused = await refusal(
      enterDemo(contextOf(test.db, null, { config }), { cityId: demo.cityId, role: 'auditor' }),
    );
    expect(refused.code).toBe('not_allowed');
    expect(await hasAdministrator(test.sql, demo.cityId)).toBe(false);
    expect((await readCityView(test.sql, demo.cityId, false)).demo).toBe(false);
    expect((await readCityView(test.sql, demo.cityId)).demo).toBe(true);
  });
});
