import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EnrolmentDraft } from '../../shared/accounts/enrolment.ts';
import { deviceCookie, sessionCookie } from '../kernel/context.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { contextOf, place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { reportSighting } from '../sightings/actions.ts';
import { deviceReportLimit } from '../sightings/device-limit.ts';
import { readAuditEntries } from './audit.ts';
import {
  createEnrolment,
  enrol,
  enrolmentLimits,
  readEnrolment,
  revokeDevice,
  revokeEnrolment,
} from './enrolment.ts';
import { listEnrolledDevices, listEnrolments } from './enrolment-queries.ts';
import { listUsers } from './queries.ts';
import { readSession } from './sessions.ts';

const test = testDatabase();
let city: SeededCity;
beforeAll(async () => {
  city = await seedCity(test.sql);
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const draftOf = (change: Partial<EnrolmentDraft> = {}): EnrolmentDraft => ({
  id: uuidv7(),
  label: '美团 海淀站',
  reporterKind: 'courier',
  mostDevices: 2,
  accountDays: 90,
  expiresAt: inDays(30),
  ...change,
});
const admin = () => {
  const session = city.people.administrator;
  return { ...contextOf(test.db, session), session };
};
const makeCode = (change: Partial<EnrolmentDraft> = {}) =>
  createEnrolment(admin(), draftOf(change));
/** A phone with or without a cookie of its own; each comes from another address unless told. */
let phones = 0;
function phone(deviceId: string | null = uuidv7()) {
  phones += 1;
  return contextOf(test.db, null, { deviceId, address: `198.51.100.${phones}` });
}
type Phone = ReturnType<typeof phone>;
const sessionOf = (ctx: Phone) => readSession(test.sql, ctx.cookies.get(sessionCookie)![0]);
const sightingOf = (id = uuidv7()) => ({
  id,
  position: place(0, 0),
  system: 'wgs84' as const,
  accuracyMeters: 10,
  positionSource: 'gps' as const,
  addressText: '',
  seenAt: new Date().toISOString(),
  headcount: 1,
  flags: [],
  needs: [],
  note: '',
  contactPhone: '',
});

describe('a printed code', () => {
  it('is kept as a hash, and tells who holds it what it is for', async () => {
    const { enrolment, token } = await makeCode();
    expect(enrolment).toMatchObject({ label: '美团 海淀站', mostDevices: 2, devices: 0 });
    const stored = await test.sql<{ text: string }[]>`
      select encode(token_hash, 'escape') as text from enrolment_codes where id = ${enrolment.id}`;
    expect(stored[0]!.text).not.toContain(token);
    const ctx = phone(null);
    expect(await readEnrolment(ctx, { token })).toEqual({
      cityId: city.cityId,
      label: '美团 海淀站',
      reporterKind: 'courier',
      accountDays: 90,
    });
    expect(ctx.cookies.has(deviceCookie)).toBe(true);
  });

  it('makes a reporter of its kind who is signed in as long as the account lasts', async () => {
    const { enrolment, token } = await makeCode({ accountDays: 200 });
    const ctx = phone();
    const view = await enrol(ctx, { token });
    expect(view).toMatchObject({
      cityId: city.cityId,
      user: { role: 'reporter', reporterKind: 'courier', displayName: '美团 海淀站 1' },
    });
    expect(await sessionOf(ctx)).toMatchObject({ userId: view.user.id, enrolmentId: enrolment.id });
    const [, seconds] = ctx.cookies.get(sessionCookie)!;
    expect(seconds / 86_400).toBeCloseTo(200, 2);
    const [row] = await test.sql<{ days: number }[]>`
      select (extract(epoch from expires_at - now()) / 86400)::float8 as days from sessions where user_id = ${view.user.id}`;
    expect(row!.days).toBeCloseTo(200, 2);
    expect((await listUsers(test.sql, city.cityId)).map(({ id }) => id)).not.toContain(
      view.user.id,
    );
  });

  it('answers the same account to the same device, with what the person adds later', async () => {
    const { enrolment, token } = await makeCode();
    const deviceId = uuidv7();
    const first = await enrol(phone(deviceId), { token, displayName: '小李', phone: '138' });
    const again = phone(deviceId);
    const second = await enrol(again, { token });
    expect(second.user).toMatchObject({ id: first.user.id, displayName: '小李' });
    expect(await sessionOf(again)).toMatchObject({ userId: first.user.id });
    const devices = await listEnrolledDevices(test.sql, city.cityId, enrolment.id);
    expect(devices).toMatchObject([{ userId: first.user.id, phone: '138', revoked: false }]);
    expect(devices[0]!.lastUsedAt).not.toBeNull();
  });

  it('lets in as many devices as it says, also when they come at once', async () => {
    const { token } = await makeCode({ mostDevices: 3 });
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => enrol(phone(), { token })),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(3);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'code_used_up' });
  });

  it('gives the place of a revoked device to the next one, and never back to that device', async () => {
    const { token } = await makeCode({ mostDevices: 1 });
    const lost = uuidv7();
    const { user } = await enrol(phone(lost), { token });
    await revokeDevice(admin(), { userId: user.id });
    expect((await refusal(enrol(phone(lost), { token }))).code).toBe('code_revoked');
    await expect(enrol(phone(), { token })).resolves.toBeTruthy();
  });

  it('expires, is unknown or is revoked with its own words', async () => {
    const { enrolment, token } = await makeCode();
    await test.sql`update enrolment_codes set expires_at = now() - interval '1 second' where id = ${enrolment.id}`;
    expect((await refusal(enrol(phone(), { token }))).code).toBe('link_expired');
    expect((await refusal(readEnrolment(phone(), { token: 'x'.repeat(43) }))).code).toBe(
      'link_expired',
    );
    const other = await makeCode();
    await revokeEnrolment(admin(), { id: other.enrolment.id, endDevices: false });
    expect((await refusal(enrol(phone(), { token: other.token }))).code).toBe('code_revoked');
    expect((await refusal(makeCode({ expiresAt: inDays(-1) }))).details.field).toBe('expiresAt');
  });

  it('made twice by the same id works once: the later link, until somebody has used it', async () => {
    const draft = draftOf();
    const lost = await createEnrolment(admin(), draft);
    const { token } = await createEnrolment(admin(), draft);
    expect((await refusal(enrol(phone(), { token: lost.token }))).code).toBe('link_expired');
    await enrol(phone(), { token });
    expect((await refusal(createEnrolment(admin(), draft))).code).toBe('not_allowed');
  });

  it('can be tried only so often', async () => {
    const { token } = await makeCode({ mostDevices: 1 });
    await enrol(phone(), { token });
    const { limit } = enrolmentLimits.perAddress;
    await test.sql`update rate_counters set hits = ${limit} where key = 'enrol:203.0.113.9'`;
    await test.sql`
      insert into rate_counters (key, window_start, hits)
      select 'enrol:203.0.113.9', to_timestamp(floor(extract(epoch from now()) / 600) * 600), ${limit}`;
    const ctx = contextOf(test.db, null, { deviceId: uuidv7(), address: '203.0.113.9' });
    expect((await refusal(enrol(ctx, { token }))).code).toBe('too_many_attempts');
    await test.sql`update rate_counters set hits = ${enrolmentLimits.perCode.limit} where key like 'enrol:code:%'`;
    expect((await refusal(enrol(phone(), { token }))).code).toBe('too_many_attempts');
    await test.sql`delete from rate_counters`;
  });
});

describe('a device that joined', () => {
  it('is signed out at once when it is revoked', async () => {
    const { token } = await makeCode();
    const ctx = phone();
    const { user } = await enrol(ctx, { token });
    let forgotten = 0;
    await revokeDevice({ ...admin(), forgetSession: () => (forgotten += 1) }, { userId: user.id });
    expect(forgotten).toBe(1);
    expect(await sessionOf(ctx)).toBeNull();
  });

  it('goes on when its code is revoked, unless its devices are to end with it', async () => {
    const { enrolment, token } = await makeCode();
    const ctx = phone();
    await enrol(ctx, { token });
    await revokeEnrolment(admin(), { id: enrolment.id, endDevices: false });
    expect(await sessionOf(ctx)).not.toBeNull();
    await revokeEnrolment(admin(), { id: enrolment.id, endDevices: true });
    expect(await sessionOf(ctx)).toBeNull();
    const listed = await listEnrolments(test.sql, city.cityId);
    expect(listed.find(({ id }) => id === enrolment.id)).toMatchObject({ devices: 0 });
    const [sessions] = await test.sql<{ count: number }[]>`
      select count(*)::int as count from sessions s join users u on u.id = s.user_id where u.enrolment_id = ${enrolment.id}`;
    expect(sessions!.count).toBe(0);
  });

  it('ends with its account, and begins again while the code still holds', async () => {
    const { token } = await makeCode({ mostDevices: 1 });
    const deviceId = uuidv7();
    const ctx = phone(deviceId);
    const { user } = await enrol(ctx, { token });
    await test.sql`update users set ends_at = now() - interval '1 second' where id = ${user.id}`;
    expect(await sessionOf(ctx)).toBeNull();
    const later = phone(deviceId);
    expect((await enrol(later, { token })).user.id).toBe(user.id);
    expect(await sessionOf(later)).not.toBeNull();
  });

  it('reports only so often; what is here already can be sent again', async () => {
    const { token } = await makeCode();
    const ctx = phone();
    await enrol(ctx, { token });
    const session = (await sessionOf(ctx))!;
    const id = uuidv7();
    const first = await reportSighting(test.db, session, sightingOf(id));
    await test.sql`update rate_counters set hits = ${deviceReportLimit.limit} where key = ${`report:${city.cityId}:${session.userId}`}`;
    const refused = await refusal(reportSighting(test.db, session, sightingOf()));
    expect(refused.code).toBe('too_many_reports');
    expect(refused.details.params!['retryAfterSeconds']).toBeGreaterThan(0);
    expect(await reportSighting(test.db, session, sightingOf(id))).toMatchObject({
      receivedAt: first.receivedAt,
    });
    const officer = city.people.reporter;
    await expect(reportSighting(test.db, officer, sightingOf())).resolves.toBeTruthy();
  });

  it('and its code leave a trace of who did what', async () => {
    const here = await seedCity(test.sql);
    const session = here.people.administrator;
    const by = { ...contextOf(test.db, session), session };
    const { enrolment, token } = await createEnrolment(by, draftOf());
    const { user } = await enrol(phone(), { token });
    await revokeDevice(by, { userId: user.id });
    await revokeEnrolment(by, { id: enrolment.id, endDevices: true });
    const entries = await readAuditEntries(test.sql, here.cityId, null);
    expect(entries.map(({ action }) => action)).toEqual([
      'enrolment.revoked',
      'device.revoked',
      'device.enrolled',
      'enrolment.created',
    ]);
  });

  it('of another city is not there for an administrator here', async () => {
    const other = await seedCity(test.sql);
    const session = other.people.administrator;
    const stranger = { ...contextOf(test.db, session), session };
    const { enrolment, token } = await makeCode();
    const { user } = await enrol(phone(), { token });
    expect((await refusal(revokeDevice(stranger, { userId: user.id }))).code).toBe('not_found');
    expect(
      (await refusal(revokeEnrolment(stranger, { id: enrolment.id, endDevices: true }))).code,
    ).toBe('not_found');
    expect(await listEnrolledDevices(test.sql, other.cityId, enrolment.id)).toEqual([]);
    expect((await refusal(revokeDevice(admin(), { userId: city.people.patrol.userId }))).code).toBe(
      'not_found',
    );
  });
});
