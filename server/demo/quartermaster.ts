/** Behind the simulated crews: vehicles are loaded again from the depot, and who is at the end of a shift is relieved. */
import { v7 as uuidv7 } from 'uuid';
import { storeKey } from '../../shared/supplies/store-key.ts';
import type { Store, SupplyItem } from '../../shared/supplies/schema.ts';
import { usualLoad } from './seed-stores.ts';
import type { World } from './world.ts';

const lookEverySeconds = 20 * 60;
/** Of what a vehicle usually has. */
const low = 0.25;
/** What the depot is sent when it has less than a vehicle needs. */
const deliveries = 20;
const reliefMinutes = 45;
const shiftHours = 7;

export class Quartermaster {
  private readonly world: World;
  private nextLook = 0;

  constructor(world: World) {
    this.world = world;
    this.nextLook = world.now + lookEverySeconds;
  }

  async step(): Promise<void> {
    const { world } = this;
    if (world.now < this.nextLook) return;
    this.nextLook = world.now + lookEverySeconds;
    const depot = [...world.mirror.stocks.values()].find(({ store }) => store.kind === 'depot');
    for (const team of world.mirror.teams.values()) {
      // What somebody plays with is theirs to count and to load.
      if (world.presence.playedTeams.has(team.id)) continue;
      if (depot) await this.load(depot.store, { kind: 'team', id: team.id });
      await this.relieve(team.id, team.shiftEndsAt);
    }
  }

  private levelOf(store: Store, item: SupplyItem): number {
    const levels = this.world.mirror.stocks.get(storeKey(store))?.levels ?? [];
    return levels.find((level) => level.item === item)?.quantity ?? 0;
  }

  private async load(depot: Store, vehicle: Store): Promise<void> {
    const { api } = this.world.cast.desk;
    for (const [item, usual] of Object.entries(usualLoad) as [SupplyItem, number][]) {
      const aboard = this.levelOf(vehicle, item);
      if (aboard > usual * low) continue;
      const part = { item, note: '', at: new Date().toISOString() };
      if (this.levelOf(depot, item) < usual)
        await api.supplies.record.mutate({
          ...part,
          id: uuidv7(),
          kind: 'receive',
          quantity: usual * deliveries,
          from: null,
          to: depot,
        });
      await api.supplies.record.mutate({
        ...part,
        id: uuidv7(),
        kind: 'load',
        quantity: usual - aboard,
        from: depot,
        to: vehicle,
      });
    }
  }

  private async relieve(teamId: string, shiftEndsAt: string | null): Promise<void> {
    if (shiftEndsAt === null) return;
    if (Date.parse(shiftEndsAt) - Date.now() > reliefMinutes * 60_000) return;
    const ends = Date.now() + shiftHours * 3_600_000;
    await this.world.cast.desk.api.patrols.setTeamDuty.mutate({
      teamId,
      shiftEndsAt: new Date(ends).toISOString(),
      breakFromAt: null,
      breakMinutes: 0,
    });
  }
}
