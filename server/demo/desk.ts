/** The simulated duty officer: sends a free team when nobody has done so for a while, and keeps the books. */
import { v7 as uuidv7 } from 'uuid';
import { prioritize } from '../../shared/clusters/priority.ts';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { citySettingsSchema } from '../../shared/cities/schema.ts';
import type { Crew } from './crew.ts';
import type { World } from './world.ts';

const lookEverySeconds = 14;
const bedsEverySeconds = 600;
/** A place waits this long for a person at the desk; without one it goes faster with the clock. */
const graceForPeopleMs = 3 * 60_000;
const graceSeconds = 40;
/** Teams kept free, for people who play and for what comes. */
const teamsKeptFree = 2;
const secondLookSeconds = 15 * 60;
const settledSeconds = 10 * 60;
const looksBeforeGivingUp = 2;

export class Desk {
  private readonly world: World;
  private readonly crews: ReadonlyMap<string, Crew>;
  private nextLook = 0;
  private nextBeds = 0;

  constructor(world: World, crews: ReadonlyMap<string, Crew>) {
    this.world = world;
    this.crews = crews;
  }

  async step(): Promise<void> {
    const { world } = this;
    if (world.now < this.nextLook) return;
    this.nextLook = world.now + lookEverySeconds;
    await this.sendSomeone();
    await this.settleOne();
    if (world.now >= this.nextBeds) {
      this.nextBeds = world.now + bedsEverySeconds;
      await this.freeBeds();
    }
  }

  private async sendSomeone(): Promise<void> {
    const { world } = this;
    const onDuty = [...this.crews.values()].filter(
      ({ teamId }) => world.mirror.teams.get(teamId)?.onDuty,
    );
    const busy = onDuty.filter(({ teamId }) => world.activeDispatchOfTeam(teamId)).length;
    if (busy >= onDuty.length - teamsKeptFree) return;
    const [cluster] = this.waitingPlaces();
    if (cluster) await this.send(cluster.id);
  }

  private waitingPlaces(): ClusterView[] {
    const { world } = this;
    const conditions = {
      feltCelsius: world.mirror.activation?.feltCelsius ?? null,
      now: new Date().toISOString(),
      thresholds: citySettingsSchema.parse({}).priorityThresholds,
    };
    return [...world.mirror.clusters.values()]
      .filter((cluster) => this.needsTeam(cluster))
      .map((cluster) => ({ cluster, score: prioritize(cluster, conditions).score }))
      .sort((a, b) => b.score - a.score)
      .map(({ cluster }) => cluster);
  }

  private needsTeam(cluster: ClusterView): boolean {
    const { world } = this;
    if (world.isOnTheWayTo(cluster.id) || world.isClusterHeld(cluster.id)) return false;
    const openMs = Date.now() - Date.parse(cluster.createdAt);
    const graceMs = world.presence.atTheDesk
      ? graceForPeopleMs / Math.min(4, Math.max(1, world.speed))
      : (graceSeconds * 1000) / world.speed;
    if (openMs < graceMs) return false;
    if (cluster.attendedAt === null || cluster.lastSeenAt > cluster.attendedAt) return true;
    const missed = cluster.notFoundCount > 0 && cluster.notFoundCount < looksBeforeGivingUp;
    return missed && this.secondsSince(cluster.attendedAt) > secondLookSeconds;
  }

  private secondsSince(at: string): number {
    return ((Date.now() - Date.parse(at)) / 1000) * this.world.speed;
  }

  /** Offers the place to the nearest free team; null when there is none. */
  async send(clusterId: string): Promise<{ id: string; teamId: string } | null> {
    const { world } = this;
    const { api } = world.cast.desk;
    const candidates = await api.dispatch.candidates.query({ clusterId });
    const free = candidates.filter(
      ({ teamId, busy, onDuty }) =>
        onDuty && !busy && !world.isTeamHeld(teamId) && this.crews.get(teamId)?.isFree,
    );
    // Whoever came to play a patrol has something to do soon.
    const choice =
      free.find(({ teamId }) => world.presence.playedTeams.has(teamId)) ??
      free.find(({ teamId }) => teamId !== world.demoTeam) ??
      free[0];
    if (!choice) return null;
    const id = uuidv7();
    world.announceStep(id, 'offered');
    await api.dispatch.send.mutate({ id, clusterId, teamId: choice.teamId, note: '' });
    return { id, teamId: choice.teamId };
  }

  /** Reports of a place where nobody is any more, or that came while the team was there, are closed. */
  private async settleOne(): Promise<void> {
    const { world } = this;
    const settled = [...world.mirror.clusters.values()].find(
      (cluster) =>
        cluster.attendedAt !== null &&
        cluster.lastSeenAt <= cluster.attendedAt &&
        (cluster.notFoundCount === 0 || cluster.notFoundCount >= looksBeforeGivingUp) &&
        this.secondsSince(cluster.attendedAt) > settledSeconds &&
        !world.isOnTheWayTo(cluster.id) &&
        !world.isClusterHeld(cluster.id),
    );
    if (!settled) return;
    const { sightingIds } = await world.cast.desk.api.clusters.read.query({
      clusterId: settled.id,
    });
    for (const id of sightingIds)
      if (world.mirror.sightings.has(id))
        await world.cast.desk.api.sightings.close.mutate({ id, closing: 'other' });
  }

  /** People leave a station too: it never stays full for the night. */
  private async freeBeds(): Promise<void> {
    const { world } = this;
    for (const { id: stationId, places } of world.mirror.stations.values())
      for (const { kind, total, free, blocked } of places) {
        if (free > total * 0.2 || blocked === 0) continue;
        const counted = free + Math.min(blocked, world.dice.whole(1, 4));
        const counting = { stationId, kind, free: counted };
        await world.cast.desk.api.stations.setFreeBeds.mutate(counting);
      }
  }
}
