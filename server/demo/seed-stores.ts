/** What teams drive and what lies where: vehicles with their seats, a depot, stock in it, in the main house and aboard. */
import type { TravelMode } from '../../shared/roads/schema.ts';
import type { Store, SupplyItem } from '../../shared/supplies/schema.ts';
import { recordMovement, saveDepot } from '../supplies/actions.ts';
import { saveVehicle } from '../vehicles/actions.ts';
import { offsetBy } from './plane.ts';
import type { Hand } from './seeding.ts';

type Load = Partial<Record<SupplyItem, number>>;

/** By the team's place in the list: seats beside the crew, and room for wheelchairs among them. */
const vehicles: readonly { mode: TravelMode; seats: number; wheelchairs: number }[] = [
  { mode: 'van', seats: 4, wheelchairs: 0 },
  { mode: 'van', seats: 4, wheelchairs: 0 },
  { mode: 'van', seats: 4, wheelchairs: 0 },
  { mode: 'van', seats: 8, wheelchairs: 1 },
  { mode: 'van', seats: 3, wheelchairs: 1 },
  { mode: 'car', seats: 5, wheelchairs: 0 },
  { mode: 'van', seats: 6, wheelchairs: 0 },
];

export const usualLoad = {
  coat: 8,
  quilt: 6,
  food: 20,
  hot_water: 20,
  contact_card: 60,
  medicine: 4,
  heat_pack: 40,
} as const satisfies Load;
/** The depot has enough for so many vehicles. */
const depotLoads = 30;
const houseLoads = 2;

export async function seedStores(hand: Hand): Promise<void> {
  const { db, city, session, words, idOf, dice } = hand;
  const depotId = idOf('depot 0');
  const position = offsetBy(city.center, 900, -500);
  await saveDepot(db, session, { id: depotId, name: words.depot, position });
  const depot: Store = { kind: 'depot', id: depotId };
  await move(hand, { from: null, to: depot, load: times(usualLoad, depotLoads) });
  const house: Store = { kind: 'station', id: idOf('station 0') };
  await move(hand, { from: depot, to: house, load: times(usualLoad, houseLoads) });
  for (const [index, [, , name]] of words.teams.entries()) {
    const teamId = idOf(`team ${index}`);
    const kind = vehicles[index % vehicles.length]!;
    await saveVehicle(db, session, {
      id: idOf(`vehicle ${index}`),
      name,
      plate: `NX-${String(index + 1).padStart(3, '0')}`,
      ...kind,
      teamId,
    });
    // Four hours into the night nobody has all any more.
    await move(hand, {
      from: depot,
      to: { kind: 'team', id: teamId },
      load: times(usualLoad, dice.between(0.35, 1)),
    });
  }
}

const times = (load: Load, factor: number): Load =>
  Object.fromEntries(
    Object.entries(load).map(([item, quantity]) => [item, Math.round(quantity * factor)]),
  );

async function move(
  { db, session, idOf }: Hand,
  { from, to, load }: { from: Store | null; to: Store; load: Load },
): Promise<void> {
  for (const [item, quantity] of Object.entries(load) as [SupplyItem, number][])
    if (quantity > 0)
      await recordMovement(db, session, {
        id: idOf(`load ${to.kind} ${to.id} ${item}`),
        kind: from === null ? 'receive' : 'load',
        item,
        quantity,
        from,
        to,
        note: '',
        at: new Date().toISOString(),
      });
}
