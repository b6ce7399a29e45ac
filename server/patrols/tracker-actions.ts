import { randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { TrackerDraft, TrackerView } from '../../shared/patrols/trackers.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readTeamView } from './queries.ts';
import { markTrackerRevoked, readTracker, readTrackers, upsertTracker } from './tracker-queries.ts';

/** 120 random bits: nobody finds one by trying. Letters, digits, - and _ alone, as it stands in an address. */
const newDeviceKey = (): string => randomBytes(15).toString('base64url');

/** Administrators see the keys, the others that there is one. */
export async function listTrackers(
  db: Database,
  { cityId, role }: Session,
): Promise<TrackerView[]> {
  const trackers = await readTrackers(db.sql, cityId);
  return role === 'administrator'
    ? trackers
    : trackers.map((tracker) => ({ ...tracker, deviceKey: null }));
}

/** @throws AppError not_found for a team that is not there, or a tracker that was revoked */
export function saveTracker(
  db: Database,
  { cityId, userId }: Session,
  draft: TrackerDraft,
): Promise<TrackerView> {
  return changeCity(db, cityId, async ({ tx }) => {
    const team = await readTeamView(tx, cityId, draft.teamId);
    if (!team || team.removed) throw new AppError('not_found', { field: 'teamId' });
    const before = await readTracker(tx, cityId, draft.id);
    if (before && before.revokedAt !== null) throw new AppError('not_found', { field: 'id' });
    await upsertTracker(tx, cityId, draft, newDeviceKey());
    const subject = draft.label;
    const details = { team: team.name };
    await recordAudit(tx, { cityId, userId, action: 'tracker.saved', subject, details });
    const saved = await readTracker(tx, cityId, draft.id);
    const { revokedAt: _, ...view } = saved!;
    return view;
  });
}

/** Its key opens nothing any more; what it reported stays. */
export function revokeTracker(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<void> {
  return changeCity(db, cityId, async ({ tx, now }) => {
    const tracker = await readTracker(tx, cityId, id);
    if (!tracker) throw new AppError('not_found', { field: 'id' });
    if (await markTrackerRevoked(tx, cityId, id, now))
      await recordAudit(tx, { cityId, userId, action: 'tracker.revoked', subject: tracker.label });
  });
}
