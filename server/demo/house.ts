/** A simulated house's desk: writes down who arrives, who comes by themselves and who leaves. */
import { v7 as uuidv7 } from 'uuid';
import type { BedKind, HoldView, StationPlaces } from '../../shared/stations/schema.ts';
import type { Actor } from './cast.ts';
import { checkInNote, leftToOf } from './phrases.ts';
import type { World } from './world.ts';

/** From getting in to the door. */
const drive = { min: 5 * 60, max: 16 * 60 };
/** A person at this desk has this long to write an arrival down themselves. */
const patienceSeconds = 10 * 60;
const walkIn = { min: 12 * 60, max: 45 * 60 };
const leaving = { min: 10 * 60, max: 40 * 60 };
/** Fuller than this, people are found another place, so that a night can last for days. */
const crowded = 0.25;

export class House {
  private readonly world: World;
  private readonly stationId: string;
  private readonly actor: Actor;
  /** when who is on the way will be at the door, by hold */
  private readonly arrivals = new Map<string, number>();
  private nextWalkIn: number;
  private nextLeaving: number;

  constructor(world: World, stationId: string, actor: Actor) {
    this.world = world;
    this.stationId = stationId;
    this.actor = actor;
    this.nextWalkIn = world.now + world.dice.between(walkIn.min, walkIn.max);
    this.nextLeaving = world.now + world.dice.between(leaving.min, leaving.max);
  }

  async step(): Promise<void> {
    const { world, stationId } = this;
    const station = world.mirror.stations.get(stationId);
    if (!station?.open) return;
    const hold = this.atTheDoor();
    if (hold) {
      this.arrivals.delete(hold.id);
      await this.checkIn(hold.kind, hold.id);
    } else if (world.now >= this.nextWalkIn) {
      this.nextWalkIn = world.now + world.dice.between(walkIn.min, walkIn.max);
      const free = station.places.filter((places) => places.free > 0);
      if (free.length > 0 && !this.isPlayed()) await this.checkIn(this.likelyOf(free), null);
    } else if (world.now >= this.nextLeaving) {
      this.nextLeaving = world.now + world.dice.between(leaving.min, leaving.max);
      if (!this.isPlayed())
        await this.somebodyLeaves(station.bedsFree < station.bedsTotal * crowded);
    }
  }

  private isPlayed(): boolean {
    return this.world.presence.playedHouses.has(this.stationId);
  }

  /** Somebody in a vehicle is there when their drive is over. */
  private atTheDoor(): HoldView | undefined {
    const { world, arrivals, stationId } = this;
    const patience = this.isPlayed() ? patienceSeconds : 0;
    for (const id of arrivals.keys()) if (!world.mirror.holds.has(id)) arrivals.delete(id);
    for (const hold of world.mirror.holds.values()) {
      if (hold.stationId !== stationId || hold.encounterId === null) continue;
      const at = arrivals.get(hold.id) ?? world.now + world.dice.between(drive.min, drive.max);
      arrivals.set(hold.id, at);
      if (world.now >= at + patience) return hold;
    }
    return undefined;
  }

  /** More men than others come by themselves: in proportion to the places there are. */
  private likelyOf(free: readonly StationPlaces[]): BedKind {
    return this.world.dice.weighted(free.map(({ kind, total }) => [kind, total] as const));
  }

  private async checkIn(kind: BedKind, holdId: string | null): Promise<void> {
    const { world, stationId } = this;
    const number = world.dice.whole(1, 99);
    await this.actor.api.stations.checkIn.mutate({
      id: uuidv7(),
      stationId,
      kind,
      how: holdId === null ? 'walk_in' : 'escorted',
      holdId,
      label: String(number).padStart(2, '0'),
      note: checkInNote(world.dice, world.language()),
    });
  }

  private async somebodyLeaves(several: boolean): Promise<void> {
    const { world, stationId, actor } = this;
    const stays = await actor.api.stations.stays.query({ stationId });
    const inside = stays.filter(({ leftAt }) => leftAt === null);
    for (let count = several ? 3 : 1; count > 0 && inside.length > 1; count--) {
      const [stay] = inside.splice(world.dice.whole(0, inside.length - 1), 1);
      const leftTo = leftToOf(world.dice, world.language());
      await actor.api.stations.checkOut.mutate({ id: stay!.id, leftTo });
    }
  }
}
