/** The door of the public: no account, a tracking code instead, and limits by device and address. */
import { v5 as uuidv5 } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { tipDraftSchema, TipStatus, trackingCodeSchema } from '../../shared/tips/schema.ts';
import { deviceCookie } from '../kernel/context.ts';
import type { Context } from '../kernel/context.ts';
import { hitLimit, networkOf } from '../kernel/rate-limit.ts';
import { report } from '../sightings/intake.ts';
import type { Origin, ReportAnswer } from '../sightings/intake.ts';
import { findByTrackingCode } from '../sightings/queries.ts';
import { readKnownReports } from '../sightings/records.ts';
import { newTrackingCode } from './tracking-code.ts';

const windowSeconds = 10 * 60;
const deviceCookieSeconds = 365 * 24 * 3600;
/** Enough for a screen that asks now and then, too few to try out codes. */
const trackLimit = { limit: 200, windowSeconds };

export interface TipAnswer {
  id: string;
  trackingCode: string;
  receivedAt: string;
}

/** Any UUID, as long as it stays the same: a device's id is made of it and of the id of its first tip. */
const firstTips = '5b0f2a52-6d0e-4c1b-9b39-2f8a4c7d1e60';

/**
 * The caller's browser, known by a cookie of its own. A new one is given it here, made of the tip's id: where the
 * answer with the cookie was lost on the way, the same tip sent again is still the same browser's.
 */
function deviceOf(ctx: Context, tipId: string): string {
  if (ctx.deviceId !== null) return ctx.deviceId;
  const deviceId = uuidv5(tipId, firstTips);
  ctx.setCookie(deviceCookie, deviceId, deviceCookieSeconds);
  return deviceId;
}

/**
 * Takes a tip. A resend from the same browser answers the same and counts against no limit.
 * @throws AppError too_many_attempts, and what the intake of sightings refuses
 */
export async function reportTip(
  ctx: Context,
  { cityId, sighting }: z.infer<typeof tipDraftSchema>,
): Promise<TipAnswer> {
  const known = (await readKnownReports(ctx.db.sql, cityId, [sighting.id])).get(sighting.id);
  const deviceId = deviceOf(ctx, sighting.id);
  if (known?.trackingCode && known.deviceId === deviceId) {
    return { id: known.id, trackingCode: known.trackingCode, receivedAt: known.receivedAt };
  }
  const { perAddress, perDevice } = ctx.config.tipLimits;
  await hitLimit(ctx.db.sql, `tip:address:${networkOf(ctx.address)}`, {
    limit: perAddress,
    windowSeconds,
  });
  await hitLimit(ctx.db.sql, `tip:device:${deviceId}`, { limit: perDevice, windowSeconds });
  return withFreshCode((trackingCode) =>
    report(ctx.db, cityId, sighting, {
      kind: 'public',
      userId: null,
      deviceId,
      trackingCode,
    } satisfies Origin),
  );
}

const codeTries = 3;
/** The intake answers `unexpected` when the code is in use; in 2⁴⁰ codes a second try will do. */
async function withFreshCode(take: (code: string) => Promise<ReportAnswer>): Promise<TipAnswer> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { id, trackingCode, receivedAt } = await take(newTrackingCode());
      // Only a report that was not a tip has no code: its id isn't this caller's.
      if (trackingCode === null) throw new AppError('not_allowed');
      return { id, trackingCode, receivedAt };
    } catch (error) {
      const inUse = error instanceof AppError && error.code === 'unexpected';
      if (!inUse || tries === codeTries) throw error;
    }
  }
}

/** What became of a tip. @throws AppError not_found */
export async function trackTip(
  ctx: Context,
  { cityId, code }: z.infer<typeof trackingCodeSchema>,
): Promise<TipStatus> {
  await hitLimit(ctx.db.sql, `track:${networkOf(ctx.address)}`, trackLimit);
  const found = await findByTrackingCode(ctx.db.sql, cityId, code);
  if (!found) throw new AppError('not_found', { field: 'code' });
  return { code, ...found };
}
