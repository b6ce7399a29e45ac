/** Takes up an answer, or that there was none, and tells of it if it makes a difference. */
import { endOf, floorToHour } from '../../shared/weather/hours.ts';
import { joinHours } from './stored-hours.ts';
import { pauseMs } from '../../shared/weather/source-state.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { announceWeather } from './announce.ts';
import type { Answer, AnswerError, ToldPoint, ToldWarnings } from './provider.ts';
import {
  deleteOtherPoints,
  deleteOtherWarnings,
  insertWithdrawn,
  readStoredHours,
  upsertPoints,
  upsertWarnings,
} from './told-records.ts';
import type { KeptPoint } from './told-records.ts';
import { finishAttempt } from './source-records.ts';
import type { Claim } from './source-records.ts';

/** @returns false when somebody else asks this source by now, or nobody is to: then nothing is written */
export function storeAnswer(db: Database, claim: Claim, answer: Answer): Promise<boolean> {
  return changeCity(db, claim.cityId, async (change) => {
    const pause = { failures: 0, retryAfterMs: answer.retryAfterMs };
    const isOurs = await finishAttempt(change.tx, claim, {
      answered: true,
      at: change.now,
      toldAt: toldAtOf(claim, answer, change.now),
      pauseMs: pauseMs(claim.kind, pause, Math.random()),
      faults: answer.changed ? answer.faults : null,
      memory: answer.memory,
    });
    if (!isOurs) return false;
    if (answer.changed) await storePoints(change, claim.id, answer);
    if (answer.warnings) await storeWarnings(change, claim.id, answer.warnings);
    await announceWeather(change);
    return true;
  });
}

export function storeFailure(db: Database, claim: Claim, error: AnswerError): Promise<boolean> {
  return changeCity(db, claim.cityId, async (change) => {
    const pause = { failures: claim.failures + 1, retryAfterMs: error.retryAfterMs };
    const isOurs = await finishAttempt(change.tx, claim, {
      answered: false,
      at: change.now,
      toldAt: null,
      pauseMs: pauseMs(claim.kind, pause, Math.random()),
      faults: [error.fault],
      memory: null,
    });
    if (isOurs) await announceWeather(change);
    return isOurs;
  });
}

/**
 * Hours are as old as their provider says; alerts that are listed still are of now. Null: nothing was told of what
 * counts, or of hours that are over alone.
 */
function toldAtOf({ kind }: Claim, { points }: Answer, now: string): string | null {
  if (kind === 'cap_feed') return now;
  const times = points
    .filter(({ hours }) => endOf(hours) > floorToHour(Date.parse(now)))
    .map(({ issuedAt }) => issuedAt ?? now);
  return times.length === 0 ? null : times.reduce((a, b) => (a > b ? a : b));
}

async function storePoints(change: CityChange, sourceId: string, answer: Answer): Promise<void> {
  const { tx, cityId, now } = change;
  if (answer.points.length === 0) return;
  const before = await readStoredHours(tx, cityId, sourceId);
  const points = answer.points.map((point) => joined(point, before.get(point.id), now));
  const byId = new Map(points.map((point) => [point.id, point]));
  await upsertPoints(tx, cityId, sourceId, [...byId.values()]);
  if (answer.complete) await deleteOtherPoints(tx, cityId, sourceId, [...byId.keys()]);
}

function joined(
  point: ToldPoint,
  old: Pick<KeptPoint, 'hours' | 'issuedAt'> | undefined,
  now: string,
): KeptPoint {
  const issuedAt = point.issuedAt ?? now;
  const told = { toldMs: Date.parse(issuedAt), nowMs: Date.parse(now) };
  return {
    ...point,
    issuedAt: old !== undefined && old.issuedAt > issuedAt ? old.issuedAt : issuedAt,
    hours: joinHours(old?.hours ?? null, point.hours, told),
  };
}

async function storeWarnings(
  change: CityChange,
  sourceId: string,
  told: ToldWarnings,
): Promise<void> {
  const { tx, cityId, now } = change;
  if (told.kind === 'list') {
    await upsertWarnings(tx, cityId, sourceId, told.inForce);
    await deleteOtherWarnings(
      tx,
      cityId,
      sourceId,
      told.inForce.map(({ id }) => id),
    );
    return;
  }
  await insertWithdrawn(tx, cityId, sourceId, told.withdrawn, now);
  await upsertWarnings(tx, cityId, sourceId, told.issued);
}
