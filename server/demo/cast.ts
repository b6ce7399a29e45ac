/** The people of the simulated night: accounts that nobody can sign in to, and sessions made for them here. */
import { v7 as uuidv7 } from 'uuid';
import { sessionSeconds } from '../../shared/accounts/rules.ts';
import type { Role } from '../../shared/accounts/schema.ts';
import type { ReporterKind } from '../../shared/sightings/schema.ts';
import { noPassword } from '../accounts/passwords.ts';
import {
  deleteSessionsOf,
  findUserByName,
  insertSession,
  insertUser,
  updateUser,
  viewOfUser,
} from '../accounts/queries.ts';
import { hashToken, newToken } from '../accounts/tokens.ts';
import type { Db } from '../kernel/sql.ts';
import { readTeamViews } from '../patrols/queries.ts';
import { readStationViews } from '../stations/queries.ts';
import { actThrough } from './acting.ts';
import type { Api } from './acting.ts';

export interface Actor {
  userId: string;
  displayName: string;
  kind: ReporterKind | null;
  api: Api;
  /** The cookie's value, for a socket. */
  signIn(): Promise<string>;
}
export interface Cast {
  /** by team id */
  crews: Map<string, Actor>;
  desk: Actor;
  /** sets up what an administrator would */
  office: Actor;
  /** the houses' own desks, by station id */
  houses: Map<string, Actor>;
  reporters: Actor[];
  passerBy: Api;
}

const reporters: readonly (readonly [string, ReporterKind, string])[] = [
  ['courier-1', 'courier', '骑手·林'],
  ['courier-2', 'courier', '快递员·周'],
  ['courier-3', 'courier', '骑手·何'],
  ['sanitation-1', 'sanitation', '环卫·王'],
  ['sanitation-2', 'sanitation', '环卫·赵'],
  ['sanitation-3', 'sanitation', '环卫·孙'],
  ['taxi-1', 'taxi', '出租车·刘'],
  ['taxi-2', 'taxi', '出租车·马'],
  ['volunteer-1', 'volunteer', '志愿者·陈'],
  ['volunteer-2', 'volunteer', '志愿者·Lily'],
  ['grid-1', 'grid_worker', '网格员·吴'],
  ['hotline-1', 'hotline', '热线坐席 07'],
];

interface Part {
  username: string;
  displayName: string;
  role: Role;
  kind: ReporterKind | null;
  teamId: string | null;
  stationId?: string;
}

const deskPart: Part = {
  username: 'sim-desk',
  displayName: '模拟值班台',
  role: 'dispatcher',
  kind: null,
  teamId: null,
};
const officePart: Part = {
  username: 'sim-office',
  displayName: '模拟管理员',
  role: 'administrator',
  kind: null,
  teamId: null,
};

export interface CastOptions {
  db: Db;
  cityId: string;
  baseUrl: string;
  signal: AbortSignal;
}

export async function gatherCast(options: CastOptions): Promise<Cast> {
  const { db, cityId, baseUrl, signal } = options;
  const teams = (await readTeamViews(db, cityId)).filter((team) => !team.removed);
  const crews = new Map<string, Actor>();
  for (const team of teams) {
    const username = `sim-team-${team.id.slice(0, 8)}`;
    const part = {
      username,
      displayName: team.name,
      role: 'patrol',
      kind: null,
      teamId: team.id,
    } as const;
    crews.set(team.id, await makeActor(options, part));
  }
  const houses = new Map<string, Actor>();
  for (const station of await readStationViews(db, cityId)) {
    const part = {
      username: `sim-house-${station.id.slice(0, 8)}`,
      displayName: station.name,
      role: 'station_manager',
      kind: null,
      teamId: null,
      stationId: station.id,
    } as const;
    houses.set(station.id, await makeActor(options, part));
  }
  const people: Actor[] = [];
  for (const [name, kind, displayName] of reporters) {
    const part = {
      username: `sim-${name}`,
      displayName,
      role: 'reporter',
      kind,
      teamId: null,
    } as const;
    people.push(await makeActor(options, part));
  }
  const desk = await makeActor(options, deskPart);
  const office = await makeActor(options, officePart);
  return {
    crews,
    desk,
    office,
    houses,
    reporters: people,
    passerBy: actThrough({ baseUrl, signIn: null, signal }),
  };
}

async function makeActor({ db, cityId, baseUrl, signal }: CastOptions, part: Part): Promise<Actor> {
  const userId = await ensureUser(db, cityId, part);
  await deleteSessionsOf(db, cityId, userId);
  const signIn = async (): Promise<string> => {
    const token = newToken();
    const tokenHash = hashToken(token);
    await insertSession(db, { tokenHash, cityId, userId, seconds: sessionSeconds(part.role) });
    return token;
  };
  return {
    userId,
    displayName: part.displayName,
    kind: part.kind,
    api: actThrough({ baseUrl, signIn, signal }),
    signIn,
  };
}

async function ensureUser(db: Db, cityId: string, part: Part): Promise<string> {
  await insertUser(db, {
    city_id: cityId,
    id: uuidv7(),
    username: part.username,
    display_name: part.displayName,
    role: part.role,
    reporter_kind: part.kind,
    team_id: part.teamId,
    station_id: part.stationId ?? null,
    password_hash: noPassword,
  });
  const user = (await findUserByName(db, cityId, part.username))!;
  const stationId = part.stationId ?? null;
  const elsewhere = user.team_id !== part.teamId || user.station_id !== stationId;
  if (user.role !== part.role || elsewhere || user.disabled) {
    await updateUser(db, cityId, {
      ...viewOfUser(user),
      role: part.role,
      teamId: part.teamId,
      stationId,
      disabled: false,
    });
  }
  return user.id;
}
