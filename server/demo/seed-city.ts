/** Fills a demo city with what an administrator would set up: areas, teams, stations, zones, a declared night. */
import {
  bboxPolygon,
  featureCollection,
  intersect,
  area as areaOf,
  polygon as turfPolygon,
} from '@turf/turf';
import { v5 as uuidv5 } from 'uuid';
import type { Skill } from '../../shared/patrols/skills.ts';
import type { Polygon, Position } from '../../shared/geo/position.ts';
import { ensureDemoUsers } from '../accounts/demo-users.ts';
import { findUserByName, updateUser, viewOfUser } from '../accounts/queries.ts';
import type { Session } from '../kernel/context.ts';
import type { Db } from '../kernel/sql.ts';
import { saveArea, saveTeam, setDuty } from '../patrols/actions.ts';
import { saveZone } from '../zones/actions.ts';
import type { Hand, Seeding } from './seeding.ts';
import { offsetBy } from './plane.ts';
import { seedKeyPoints, seedShifts } from './seed-field.ts';
import { seedNight, seedResponseSettings } from './seed-response.ts';
import { seedStations } from './seed-stations.ts';
import { seedStores } from './seed-stores.ts';
import { seedWords } from './seeded-names.ts';

const namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

export async function seedCity(seeding: Seeding): Promise<void> {
  const { db, city, seed } = seeding;
  await ensureDemoUsers(db.sql, city.id);
  const hand: Hand = {
    ...seeding,
    session: await administratorOf(db.sql, city.id),
    words: seedWords(city.timeZone),
    idOf: (thing) => uuidv5(`nuanxun/${city.id}/${seed}/${thing}`, namespace),
  };
  await seedTeams(hand, await seedAreas(hand));
  await seedStations(hand);
  await seedStores(hand);
  await seedZones(hand);
  await seedResponseSettings(hand);
  await seedShifts(hand);
  await seedKeyPoints(hand);
  await ensureDemoUsers(db.sql, city.id);
  await assign(hand, 'demo-patrol', { teamId: hand.idOf('team 0') });
  await assign(hand, 'demo-station-manager', { stationId: hand.idOf('station 0') });
  // Last: a declared night says that all before it is there.
  await seedNight(hand);
}

/** The demo's patrol drives with the first team, its manager runs the main station. */
async function assign(
  { db, city }: Hand,
  username: string,
  post: { teamId: string } | { stationId: string },
): Promise<void> {
  const user = await findUserByName(db.sql, city.id, username);
  if (user) await updateUser(db.sql, city.id, { ...viewOfUser(user), ...post });
}

async function administratorOf(db: Db, cityId: string): Promise<Session> {
  const user = await findUserByName(db, cityId, 'demo-administrator');
  if (!user) throw new Error(`The demo users of ${cityId} are missing`);
  return {
    cityId,
    userId: user.id,
    role: 'administrator',
    reporterKind: null,
    teamId: null,
    stationId: null,
    displayName: user.display_name,
  };
}

/** Three columns by two rows of the city's box, clipped to its boundary. */
async function seedAreas({ db, city, session, words, idOf }: Hand): Promise<string[]> {
  const [west, south, east, north] = city.bounds;
  const boundary = await readBoundary(db.sql, city.id);
  const ids: string[] = [];
  for (const [index, name] of words.areas.entries()) {
    const column = index % 3;
    const row = index < 3 ? 1 : 0;
    const box = bboxPolygon([
      west + ((east - west) * column) / 3,
      south + ((north - south) * row) / 2,
      west + ((east - west) * (column + 1)) / 3,
      south + ((north - south) * (row + 1)) / 2,
    ]);
    const largest = boundary
      .flatMap((part) => {
        const shared = intersect(featureCollection([box, turfPolygon(part.coordinates)]));
        if (!shared) return [];
        return shared.geometry.type === 'Polygon'
          ? [shared.geometry.coordinates]
          : shared.geometry.coordinates;
      })
      .sort((a, b) => areaOf(turfPolygon(b)) - areaOf(turfPolygon(a)))[0];
    if (!largest || largest[0]!.length > 2_000) continue;
    const id = idOf(`area ${index}`);
    await saveArea(db, session, {
      id,
      name,
      boundary: { type: 'Polygon', coordinates: largest as Polygon['coordinates'] },
    });
    ids.push(id);
  }
  return ids;
}

async function readBoundary(db: Db, cityId: string): Promise<{ coordinates: number[][][] }[]> {
  const [row] = await db<{ boundary: { coordinates: number[][][][] } }[]>`
    select st_asgeojson(boundary)::jsonb as boundary from cities where id = ${cityId}`;
  return (row?.boundary.coordinates ?? []).map((coordinates) => ({ coordinates }));
}

/** By the team's place in the list; the others have nothing particular. */
const skillsOf: Record<number, readonly Skill[]> = {
  0: ['female_member'],
  3: ['female_member'],
  4: ['medical', 'female_member'],
  6: ['sign_language', 'minority_language'],
};

async function seedTeams(
  { db, session, words, idOf }: Hand,
  areas: readonly string[],
): Promise<void> {
  for (const [index, [name, callSign, vehicle]] of words.teams.entries()) {
    const id = idOf(`team ${index}`);
    const areaId = areas[index] ?? null;
    const skills = [...(skillsOf[index] ?? [])];
    await saveTeam(db, session, { id, name, callSign, vehicle, areaId, skills });
    await setDuty(db, session, { teamId: id, onDuty: true });
  }
}

async function seedZones({ db, session, words, idOf, places }: Hand): Promise<void> {
  const drawn = [
    { kind: 'station', name: words.zones.station, radius: 320, weight: 2, hours: [21, 7] },
    { kind: 'bridge', name: words.zones.bridges, radius: 260, weight: 2.5, hours: [20, 8] },
    { kind: 'hospital', name: words.zones.hospital, radius: 200, weight: 1.5, hours: [22, 6] },
    { kind: 'park', name: words.zones.park, radius: 240, weight: 1.5, hours: [0, 0] },
  ] as const;
  for (const [index, { kind, name, radius, weight, hours }] of drawn.entries()) {
    const place = places.find((candidate) => candidate.kind === kind);
    if (!place) continue;
    await saveZone(db, session, {
      id: idOf(`zone ${index}`),
      name,
      boundary: roundish(place.position, radius),
      weight,
      fromHour: hours[0],
      toHour: hours[1],
      note: words.zoneNote,
    });
  }
}

/** Twelve corners, counter-clockwise and closed. */
function roundish(center: Position, radiusMeters: number): Polygon {
  const ring = Array.from({ length: 12 }, (_, corner): [number, number] => {
    const angle = (corner * Math.PI) / 6;
    const { lon, lat } = offsetBy(
      center,
      Math.cos(angle) * radiusMeters,
      Math.sin(angle) * radiusMeters,
    );
    return [lon, lat];
  });
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
}
