import { getResolution } from 'h3-js';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { trackingCodeSchema } from '../../shared/tips/schema.ts';
import { deviceCookie } from '../kernel/context.ts';
import { saveStation } from '../stations/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { contextOf, place, seedCity } from '../testing/seed.ts';
import { declareNight } from '../response/actions.ts';
import { reportTip, trackTip } from './actions.ts';
import { readPublicPlaces } from './queries.ts';

const test = testDatabase();
let addresses = 0;
/** Somebody without an account, each from another address. */
const anyone = (deviceId: string | null = null) => {
  addresses += 1;
  return contextOf(test.db, null, {
    deviceId,
    address: `2001:db8:${(process.pid % 65_536).toString(16)}:${addresses}::1`,
  });
};
const draft = (change: Partial<SightingDraft> = {}): SightingDraft => ({
  id: uuidv7(),
  position: place(0, 0),
  system: 'wgs84',
  accuracyMeters: 20,
  positionSource: 'gps',
  addressText: '桥下',
  seenAt: new Date().toISOString(),
  headcount: 1,
  flags: [],
  needs: [],
  note: '',
  contactPhone: '',
  ...change,
});

describe('a tip of the public', () => {
  it('gets a tracking code, and its browser a cookie', async () => {
    const { cityId } = await seedCity(test.sql);
    const ctx = anyone();
    const answer = await reportTip(ctx, { cityId, sighting: draft() });
    expect(answer.trackingCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    const [deviceId, seconds] = ctx.cookies.get(deviceCookie)!;
    expect(seconds).toBe(365 * 24 * 3600);
    const [row] = await test.sql<
      { device_id: string; reporter_kind: string; reporter_id: string | null }[]
    >`
      select device_id, reporter_kind, reporter_id from sightings where city_id = ${cityId}`;
    expect(row).toEqual({ device_id: deviceId, reporter_kind: 'public', reporter_id: null });
  });

  it('is tracked by its code as people write it, without a word about the person', async () => {
    const { cityId } = await seedCity(test.sql);
    const { trackingCode, receivedAt } = await reportTip(anyone(), { cityId, sighting: draft() });
    const written = `${trackingCode.slice(0, 4).toLowerCase()}-${trackingCode.slice(4)}`.replaceAll(
      '0',
      'o',
    );
    const status = await trackTip(anyone(), trackingCodeSchema.parse({ cityId, code: written }));
    expect(status).toEqual({
      code: trackingCode,
      progress: 'received',
      receivedAt,
      progressAt: receivedAt,
    });
    const unknown = await refusal(trackTip(anyone(), { cityId, code: '00000000' }));
    expect(unknown.code).toBe('not_found');
  });

  it('sent again by the same browser answers the same, by another is refused', async () => {
    const { cityId } = await seedCity(test.sql);
    const deviceId = uuidv7();
    const sighting = draft();
    const first = await reportTip(anyone(deviceId), { cityId, sighting });
    expect(await reportTip(anyone(deviceId), { cityId, sighting })).toEqual(first);
    const other = await refusal(reportTip(anyone(uuidv7()), { cityId, sighting }));
    expect(other.code).toBe('not_allowed');
  });

  it('sent again because the answer, and the cookie with it, was lost answers the same', async () => {
    const { cityId } = await seedCity(test.sql);
    const sighting = draft();
    const first = await reportTip(anyone(), { cityId, sighting });
    const again = anyone();
    expect(await reportTip(again, { cityId, sighting })).toEqual(first);
    const [deviceId] = again.cookies.get(deviceCookie)!;
    const later = draft();
    await reportTip(anyone(deviceId), { cityId, sighting: later });
    expect(await reportTip(anyone(deviceId), { cityId, sighting })).toEqual(first);
  });

  it('is limited by device and by address, and a resend counts against neither', async () => {
    const { cityId } = await seedCity(test.sql);
    const { perDevice, perAddress } = anyone().config.tipLimits;
    const deviceId = uuidv7();
    const sighting = draft();
    for (let count = 0; count < perDevice; count += 1) {
      await reportTip(anyone(deviceId), { cityId, sighting: count === 0 ? sighting : draft() });
    }
    const sameDevice = await refusal(reportTip(anyone(deviceId), { cityId, sighting: draft() }));
    expect(sameDevice.code).toBe('too_many_attempts');
    await reportTip(anyone(deviceId), { cityId, sighting });
    let last = 0;
    const from = () => {
      last += 1;
      return contextOf(test.db, null, { address: `2001:db8:99:99::${last}` });
    };
    for (let count = 0; count < perAddress; count += 1) {
      await reportTip(from(), { cityId, sighting: draft() });
    }
    const sameAddress = await refusal(reportTip(from(), { cityId, sighting: draft() }));
    expect(sameAddress.details.params!['retryAfterSeconds']).toBeLessThanOrEqual(600);
  });

  it('with a fault says which, and can be sent again mended', async () => {
    const { cityId } = await seedCity(test.sql);
    const faulty = draft({ headcount: 0 });
    const refused = await refusal(reportTip(anyone(), { cityId, sighting: faulty }));
    expect(refused.details.field).toContain('headcount');
    await reportTip(anyone(), { cityId, sighting: { ...faulty, headcount: 2 } });
  });
});

describe('the public page of a city', () => {
  it('has stations, hotline and level, and cells no finer than resolution 7', async () => {
    const { cityId, people, station } = await seedCity(test.sql);
    expect(await readPublicPlaces(test.sql, cityId)).toMatchObject({
      night: null,
      cells: [],
      hotline: '110',
    });
    await saveStation(test.db, people.administrator, {
      id: uuidv7(),
      kind: 'station',
      name: '东站',
      address: '',
      phone: '',
      position: place(0, 900),
      places: [{ kind: 'general', total: 5 }],
      open: false,
      fromHour: 0,
      toHour: 0,
      contact: '',
      setUpMinutes: null,
    });
    const night = { level: 'red', temperatureCelsius: -20, windKmh: 30, note: '只给值班' } as const;
    await declareNight(test.db, people.dispatcher, night);
    await reportTip(anyone(), { cityId, sighting: draft({ headcount: 3 }) });
    const places = await readPublicPlaces(test.sql, cityId);
    expect(places.night).toMatchObject({ level: 'red', feltCelsius: expect.closeTo(-32.57, 1) });
    expect(places.stations.map(({ name, open }) => [name, open])).toEqual(
      expect.arrayContaining([
        [station.name, true],
        ['东站', false],
      ]),
    );
    expect(places.stations.find(({ name }) => name === '东站')?.light).toBe('shut');
    expect(places.cells).toEqual([{ cell: expect.any(String), step: 4 }]);
    expect(getResolution(places.cells[0]!.cell)).toBe(7);
    const text = JSON.stringify(places);
    for (const secret of ['beds', 'livePeople', '只给值班', 'lastSighting'])
      expect(text).not.toContain(secret);
    expect((await refusal(readPublicPlaces(test.sql, 'nowhere'))).code).toBe('not_found');
  });
});
