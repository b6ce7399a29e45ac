/** The houses of a demo city: places by kind, people in them for hours and days, and two shelters that are only prepared. */
import type { Position } from '../../shared/geo/position.ts';
import type { StreetsFile } from '../../shared/basemap/schema.ts';
import type { BedKind, StationPlaces } from '../../shared/stations/schema.ts';
import { changeCity } from '../realtime/change-city.ts';
import { saveStation } from '../stations/actions.ts';
import { announceBeds } from '../stations/announce.ts';
import { shiftPlaces } from '../stations/place-queries.ts';
import { countInside, insertStay } from '../stations/stay-queries.ts';
import { metersBetween, offsetBy } from './plane.ts';
import type { SeedStation } from './seeded-names.ts';
import type { Hand } from './seeding.ts';

const hourMs = 3_600_000;
/** Of those in a house, so many came tonight, so many have been there for longer than is usual. */
const cameTonight = 0.4;
const longStays = 0.06;
const nightHours = 5;

export async function seedStations(hand: Hand): Promise<void> {
  const { db, session, words, idOf, city, places, streets, dice } = hand;
  const [west, south, east, north] = city.bounds;
  const at = (x: number, y: number): Position => ({
    lon: west + (east - west) * x,
    lat: south + (north - south) * y,
  });
  const railway = places.find((place) => place.kind === 'station')?.position ?? city.center;
  const wished = [city.center, at(0.78, 0.55), at(0.22, 0.5), railway, at(0.4, 0.7), at(0.6, 0.3)];
  const language = words.teams[0]![1] === '民政1' ? 'zh' : 'en';
  for (const [index, station] of words.stations.entries()) {
    const street = streets && nearestNamedStreet(streets, wished[index]!);
    const id = idOf(`station ${index}`);
    const { name, phone, prepared } = station;
    await saveStation(db, session, {
      id,
      kind: prepared ? 'shelter' : 'station',
      name,
      address: street ? words.address(street.name[language], dice.whole(3, 180)) : '',
      phone,
      position: street?.position ?? wished[index]!,
      places: totalsOf(station),
      open: !prepared,
      fromHour: 0,
      toHour: 0,
      contact: prepared?.contact ?? '',
      setUpMinutes: prepared?.setUpMinutes ?? null,
    });
    if (!prepared) await seedStays(hand, id, station);
  }
}

const totalsOf = ({ places }: SeedStation): Pick<StationPlaces, 'kind' | 'total'>[] =>
  (Object.entries(places) as [BedKind, number][]).map(([kind, total]) => ({ kind, total }));

/** They came before tonight's book was opened: written as it would stand in it. Once. */
async function seedStays(
  { db, city, session, words, dice, idOf }: Hand,
  stationId: string,
  station: SeedStation,
): Promise<void> {
  await changeCity(db, city.id, async (change) => {
    const { tx } = change;
    if ((await countInside(tx, city.id, stationId)) > 0) return;
    for (const { kind, total } of totalsOf(station)) {
      const people = Math.round(total * dice.between(0.35, 0.75));
      for (let bed = 1; bed <= people; bed++) {
        if (!(await shiftPlaces(tx, city.id, { stationId, kind }, { taken: 1 }))) break;
        const arrivedAt = new Date(Date.parse(change.now) - hoursInside(dice) * hourMs);
        const stay = {
          id: idOf(`stay ${stationId} ${kind} ${bed}`),
          stationId,
          kind,
          withinPlaces: true,
          how: dice.chance(0.6) ? ('escorted' as const) : ('walk_in' as const),
          holdId: null,
          encounterId: null,
          label: `${words.beds[kind]}${String(bed).padStart(2, '0')}`,
          note: '',
          arrivedAt: arrivedAt.toISOString(),
        };
        await insertStay(tx, city.id, stay, session.userId);
      }
    }
    await announceBeds(change, stationId);
  });
}

function hoursInside(dice: Hand['dice']): number {
  if (dice.chance(cameTonight)) return dice.between(0.3, nightHours);
  return dice.chance(longStays) ? dice.between(10, 16) * 24 : dice.between(12, 9 * 24);
}

/** A corner of a street that has a name, as near as there is one. */
function nearestNamedStreet(
  streets: StreetsFile,
  wished: Position,
): { position: Position; name: { zh: string; en: string } } | null {
  let best: { position: Position; name: { zh: string; en: string } } | null = null;
  let bestMeters = Infinity;
  for (let edge = 0; edge < streets.edgeNames.length; edge++) {
    const name = streets.names[streets.edgeNames[edge]!];
    const junction = streets.edges[6 * edge]!;
    const position = {
      lon: streets.nodes[2 * junction]! / 1e6,
      lat: streets.nodes[2 * junction + 1]! / 1e6,
    };
    if (!name?.zh) continue;
    const meters = metersBetween(wished, position);
    if (meters < bestMeters)
      [best, bestMeters] = [{ position: offsetBy(position, 12, 8), name }, meters];
  }
  return best;
}
