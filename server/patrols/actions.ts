import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type {
  areaDraftSchema,
  AreaView,
  setDutySchema,
  teamDraftSchema,
  TeamPositionReport,
  TeamView,
} from '../../shared/patrols/schema.ts';
import type { setTeamDutySchema } from '../../shared/planning/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { requireValidPolygon } from '../zones/validity.ts';
import {
  markAreaRemoved,
  markTeamRemoved,
  notifyPosition,
  readAreaView,
  readTeamView,
  updateDuty,
  updateDutyTimes,
  updatePosition,
  upsertArea,
  upsertTeam,
} from './queries.ts';
import { isTeamBusy } from './busy.ts';
import type { DutyTimes } from './queries.ts';

async function announceTeam(change: CityChange, id: string): Promise<TeamView> {
  const team = await readTeamView(change.tx, change.cityId, id);
  if (!team) throw new AppError('not_found', { field: 'teamId' });
  change.emit({ kind: 'team.changed', team }, 'staff');
  return team;
}

export function saveTeam(
  db: Database,
  { cityId }: Session,
  draft: z.infer<typeof teamDraftSchema>,
): Promise<TeamView> {
  return changeCity(db, cityId, async (change) => {
    if (draft.areaId !== null) {
      const area = await readAreaView(change.tx, cityId, draft.areaId);
      if (!area || area.removed) throw new AppError('not_found', { field: 'areaId' });
    }
    await upsertTeam(change.tx, cityId, draft);
    return announceTeam(change, draft.id);
  });
}

/** @throws AppError team_busy while the team is bound to a dispatch */
export function removeTeam(
  db: Database,
  { cityId }: Session,
  { id }: { id: string },
): Promise<TeamView> {
  return changeCity(db, cityId, async (change) => {
    if (await isTeamBusy(change.tx, cityId, id)) throw new AppError('team_busy', { field: 'id' });
    await markTeamRemoved(change.tx, cityId, id, change.now);
    return announceTeam(change, id);
  });
}

/** Patrols say it of their own team, the desk of any. */
export async function setDuty(
  db: Database,
  session: Session,
  { teamId, onDuty }: z.infer<typeof setDutySchema>,
): Promise<TeamView> {
  if (session.role === 'patrol' && session.teamId !== teamId)
    throw new AppError('not_allowed', { field: 'teamId' });
  return changeCity(db, session.cityId, async (change) => {
    const team = await readTeamView(change.tx, session.cityId, teamId);
    if (!team || team.removed) throw new AppError('not_found', { field: 'teamId' });
    await updateDuty(change.tx, session.cityId, teamId, onDuty);
    return announceTeam(change, teamId);
  });
}

/** A shift that begins: when, when its crew means to be back, and whether it takes the place of another. */
interface ShiftBeginning {
  startsAt: string;
  plannedEndAt: string | null;
  follows: boolean;
}

/**
 * On or off duty as part of a larger change, told only when it is news.
 * @param begins what is known of the shift that runs from now on; without it its end and its break stay as they are
 */
export async function setTeamDuty(
  change: CityChange,
  teamId: string,
  onDuty: boolean,
  begins?: ShiftBeginning,
): Promise<void> {
  const { tx, cityId } = change;
  const team = await readTeamView(tx, cityId, teamId);
  if (!team || team.removed) return;
  const times = onDuty && begins ? timesOf(team, begins) : null;
  const { shiftEndsAt, breakFromAt } = team;
  const isSame =
    times === null || (times.shiftEndsAt === shiftEndsAt && times.breakFromAt === breakFromAt);
  if (team.onDuty === onDuty && isSame) return;
  await updateDuty(tx, cityId, teamId, onDuty);
  if (times) await updateDutyTimes(tx, cityId, teamId, times);
  await announceTeam(change, teamId);
}

/** What was said of this duty stays, as far as its crew doesn't say otherwise; what was said of another is over. */
function timesOf(team: TeamView, { startsAt, plannedEndAt, follows }: ShiftBeginning): DutyTimes {
  const stays = (at: string | null): at is string => !follows && at !== null && at > startsAt;
  const [breakFromAt, breakMinutes] = stays(team.breakFromAt)
    ? [team.breakFromAt, team.breakMinutes]
    : [null, 0];
  const shiftEndsAt = plannedEndAt ?? (stays(team.shiftEndsAt) ? team.shiftEndsAt : null);
  return { shiftEndsAt, breakFromAt, breakMinutes };
}

/**
 * When its shift ends and when it rests, for as long as it is on duty.
 * @throws AppError not_allowed for another team's patrol; team_off_duty
 */
export async function planTeamDuty(
  db: Database,
  session: Session,
  { teamId, ...times }: z.infer<typeof setTeamDutySchema>,
): Promise<TeamView> {
  if (session.role === 'patrol' && session.teamId !== teamId)
    throw new AppError('not_allowed', { field: 'teamId' });
  return changeCity(db, session.cityId, async (change) => {
    const team = await readTeamView(change.tx, session.cityId, teamId);
    if (!team || team.removed) throw new AppError('not_found', { field: 'teamId' });
    if (!team.onDuty) throw new AppError('team_off_duty', { field: 'teamId' });
    const breakMinutes = times.breakFromAt === null ? 0 : times.breakMinutes;
    await updateDutyTimes(change.tx, session.cityId, teamId, { ...times, breakMinutes });
    return announceTeam(change, teamId);
  });
}

async function announceArea(change: CityChange, id: string): Promise<AreaView> {
  const area = await readAreaView(change.tx, change.cityId, id);
  if (!area) throw new AppError('not_found', { field: 'id' });
  change.emit({ kind: 'area.changed', area }, 'staff');
  return area;
}

export function saveArea(
  db: Database,
  { cityId }: Session,
  draft: z.infer<typeof areaDraftSchema>,
): Promise<AreaView> {
  return changeCity(db, cityId, async (change) => {
    const boundary = await requireValidPolygon(change.tx, draft.boundary, 'boundary');
    await upsertArea(change.tx, cityId, { ...draft, boundary });
    return announceArea(change, draft.id);
  });
}

/** Its teams stay, without an area. */
export function removeArea(
  db: Database,
  { cityId }: Session,
  { id }: { id: string },
): Promise<AreaView> {
  return changeCity(db, cityId, async (change) => {
    const teams = await markAreaRemoved(change.tx, cityId, id, change.now);
    for (const teamId of teams) await announceTeam(change, teamId);
    return announceArea(change, id);
  });
}

/**
 * Where a team is, of the patrol signed in or of its tracker: outside of the city's lock and its event log, the latest wins.
 * An older report than the known one changes nothing.
 */
export async function storePosition(
  db: Database,
  { cityId, teamId }: Pick<Session, 'cityId' | 'teamId'>,
  report: TeamPositionReport,
): Promise<void> {
  if (teamId === null) throw new AppError('not_allowed', { field: 'teamId' });
  const { accuracyMeters, headingDegrees } = report;
  // To the tenth: finer numbers are none of a phone's, and single precision would make 360 of 359.999999.
  const stored = await updatePosition(db.sql, cityId, teamId, {
    ...report,
    accuracyMeters: toTenth(accuracyMeters),
    headingDegrees: headingDegrees === null ? null : toTenth(headingDegrees) % 360,
  });
  if (stored) await notifyPosition(db.sql, cityId, stored);
}

const toTenth = (value: number): number => Math.round(value * 10) / 10;
