/** A small city with somebody in each role, two teams and a station: the ground most database tests stand on. */
import { v7 as uuidv7 } from 'uuid';
import { roles } from '../../shared/accounts/schema.ts';
import type { Role } from '../../shared/accounts/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { noPassword } from '../accounts/passwords.ts';
import { createCity } from '../cities/queries.ts';
import type { Context, Session } from '../kernel/context.ts';
import { readConfig } from '../kernel/config.ts';
import type { Database, Sql } from '../kernel/sql.ts';
import { noRoads } from './roads.ts';

export const cityCenter: Position = { lon: 116.4, lat: 39.9 };

export interface SeededTeam {
  id: string;
  name: string;
}
export interface SeededCity {
  cityId: string;
  /** One person per role; the patrol belongs to the first team. */
  people: Record<Role, Session>;
  north: SeededTeam;
  south: SeededTeam;
  /** Of the southern team. */
  southPatrol: Session;
  station: { id: string; name: string; bedsTotal: number };
}

/** A position so many metres east and north of the city's centre. */
export function place(eastMeters: number, northMeters: number): Position {
  const metersPerDegree = 111_320;
  return {
    lon:
      cityCenter.lon + eastMeters / (metersPerDegree * Math.cos((cityCenter.lat * Math.PI) / 180)),
    lat: cityCenter.lat + northMeters / metersPerDegree,
  };
}

let cities = 0;

/** A city of its own for each call; both teams are on duty, the northern one stands 500 m north of the centre. */
export async function seedCity(sql: Sql, options: { demo?: boolean } = {}): Promise<SeededCity> {
  cities += 1;
  const cityId = `testcity-${process.pid}-${cities}`;
  const { lon, lat } = cityCenter;
  const ring = [
    [lon - 0.3, lat - 0.3],
    [lon + 0.3, lat - 0.3],
    [lon + 0.3, lat + 0.3],
    [lon - 0.3, lat + 0.3],
    [lon - 0.3, lat - 0.3],
  ];
  await createCity(sql, {
    id: cityId,
    nameZh: '暖河',
    nameEn: 'Nuanhe',
    timeZone: 'Asia/Shanghai',
    boundary: { type: 'Polygon', coordinates: [ring] },
    center: cityCenter,
    demo: options.demo ?? false,
  });
  const north = await seedTeam(sql, cityId, { name: '北队', callSign: 'N1', at: place(0, 500) });
  const south = await seedTeam(sql, cityId, { name: '南队', callSign: 'S1', at: place(0, -2000) });
  const station = await seedStation(sql, cityId);
  const people = {} as Record<Role, Session>;
  for (const role of roles) {
    const teamId = role === 'patrol' ? north.id : null;
    const stationId = role === 'station_manager' ? station.id : null;
    people[role] = await seedPerson(sql, cityId, { role, teamId, stationId });
  }
  const southPatrol = await seedPerson(sql, cityId, {
    role: 'patrol',
    teamId: south.id,
    stationId: null,
  });
  return { cityId, people, north, south, southPatrol, station };
}

async function seedTeam(
  sql: Sql,
  cityId: string,
  team: { name: string; callSign: string; at: Position },
): Promise<SeededTeam> {
  const id = uuidv7();
  await sql`
    insert into teams (city_id, id, name, call_sign, on_duty, position, position_accuracy_meters, positioned_at)
    values (${cityId}, ${id}, ${team.name}, ${team.callSign}, true,
            st_setsrid(st_makepoint(${team.at.lon}, ${team.at.lat}), 4326)::geography, 5, now() - interval '1 minute')`;
  return { id, name: team.name };
}

async function seedStation(sql: Sql, cityId: string): Promise<SeededCity['station']> {
  const station = { id: uuidv7(), name: '暖河救助站', bedsTotal: 2 };
  const at = place(1500, 0);
  await sql`
    insert into stations (city_id, id, name, address, phone, position)
    values (${cityId}, ${station.id}, ${station.name}, '河沿路 1 号', '010-1', st_setsrid(st_makepoint(${at.lon}, ${at.lat}), 4326)::geography)`;
  await sql`
    insert into station_places (city_id, station_id, kind, total)
    values (${cityId}, ${station.id}, 'general', ${station.bedsTotal})`;
  return station;
}

export async function seedPerson(
  sql: Sql,
  cityId: string,
  person: { role: Role; teamId: string | null; stationId: string | null },
): Promise<Session> {
  const userId = uuidv7();
  const username = `${person.role.replace('_', '-')}-${userId.slice(-6)}`;
  const reporterKind = person.role === 'reporter' ? ('courier' as const) : null;
  await sql`
    insert into users (city_id, id, username, display_name, role, reporter_kind, team_id, station_id, password_hash)
    values (${cityId}, ${userId}, ${username}, ${username}, ${person.role}, ${reporterKind}, ${person.teamId},
            ${person.stationId}, ${noPassword})`;
  return { cityId, userId, reporterKind, displayName: username, ...person };
}

/** A call's context without a network: cookies land in `cookies`, as [value, max age in seconds]. */
export function contextOf(
  db: Database,
  session: Session | null,
  extra: Partial<Context> = {},
): Context & { cookies: Map<string, [string, number]> } {
  const cookies = new Map<string, [string, number]>();
  return {
    db,
    config: readConfig({ LOG_LEVEL: 'silent' }),
    log: () => undefined,
    roads: noRoads,
    forgetSession: () => undefined,
    session,
    sessionToken: null,
    deviceId: null,
    address: '192.0.2.1',
    secure: false,
    setCookie: (name, value, maxAgeSeconds) => void cookies.set(name, [value, maxAgeSeconds]),
    clearCookie: (name) => void cookies.delete(name),
    cookies,
    ...extra,
  };
}
