/** The simulated duty officer: says yes to what the plan proposes when nobody has done so for a while. */
import { v7 as uuidv7 } from 'uuid';
import { prioritize } from '../../shared/clusters/priority.ts';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { citySettingsSchema } from '../../shared/cities/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { feltNow } from '../../shared/response/felt.ts';
import type { Crew } from './crew.ts';
import { metersBetween } from './plane.ts';
import type { World } from './world.ts';

const lookEverySeconds = 14;
/** A place waits this long for a person at the desk; without one it goes faster with the clock. */
const graceForPeopleMs = 3 * 60_000;
const graceSeconds = 40;
/** Teams kept free, for people who play and for what comes. */
const teamsKeptFree = 2;
const secondLookSeconds = 15 * 60;
const settledSeconds = 10 * 60;
const looksBeforeGivingUp = 2;
/** The plan may have a better use for the teams that are free; not for longer than this. */
const planPatienceSeconds = 10 * 60;

export class Desk {
  private readonly world: World;
  private readonly crews: ReadonlyMap<string, Crew>;
  private nextLook = 0;

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
  }

  private async sendSomeone(): Promise<void> {
    const { world } = this;
    const onDuty = [...this.crews.values()].filter(
      ({ teamId }) => world.mirror.teams.get(teamId)?.onDuty,
    );
    const busy = onDuty.filter(({ teamId }) => world.activeDispatchOfTeam(teamId)).length;
    if (busy >= onDuty.length - teamsKeptFree) return;
    const places = this.waitingPlaces();
    const [first] = places;
    if (!first || (await this.acceptProposal(places)) !== 'nothing') return;
    // Where nothing plans, or the plan keeps somebody waiting for long, the nearest team goes.
    await this.send(first.id);
  }

  /** Says yes to what the plan proposes for the most urgent place whose team could go now. */
  private async acceptProposal(
    places: readonly ClusterView[],
  ): Promise<'sent' | 'later' | 'nothing'> {
    const { world } = this;
    const { api } = world.cast.desk;
    const plan = await api.planning.read.query();
    if (plan === null) return 'nothing';
    const nextOf = new Map<string, { jobId: string; teamId: string }>();
    for (const { teamId, stops } of plan.lanes) {
      const next = stops.find((stop) => stop.kind === 'visit');
      if (next?.kind !== 'visit' || next.state !== 'proposed' || next.recheckId !== null) continue;
      if (this.mayGo(teamId)) nextOf.set(next.clusterId, { jobId: next.jobId, teamId });
    }
    const chosen = places.find(({ id }) => nextOf.has(id));
    const proposal = chosen && nextOf.get(chosen.id);
    if (!proposal) {
      const waited = this.secondsSince(places[0]!.createdAt);
      return waited > planPatienceSeconds ? 'nothing' : 'later';
    }
    const dispatchId = uuidv7();
    world.announceStep(dispatchId, 'offered');
    await api.planning.accept.mutate({
      revision: plan.revision,
      stops: [{ ...proposal, dispatchId }],
    });
    return 'sent';
  }

  /** The demo's own team waits for whoever enters as a patrol. */
  private mayGo(teamId: string): boolean {
    const { world } = this;
    if (world.isTeamHeld(teamId) || this.crews.get(teamId)?.isFree !== true) return false;
    return teamId !== world.demoTeam || world.presence.playedTeams.has(teamId);
  }

  private waitingPlaces(): ClusterView[] {
    const { world } = this;
    const conditions = {
      feltCelsius: feltNow(world.mirror.weather, world.mirror.activation),
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

  /** Keeps a place in the nearest house for whom a team brings. */
  async keepPlaceFor(dispatchId: string, near: Position, minutes: number): Promise<void> {
    const { world } = this;
    const [house] = [...world.mirror.stations.values()]
      .filter(({ open, bedsFree }) => open && bedsFree > 0)
      .toSorted((a, b) => metersBetween(a, near) - metersBetween(b, near));
    const places = house?.places.find(({ free }) => free > 0);
    if (!house || !places) return;
    await world.cast.desk.api.stations.hold.mutate({
      id: uuidv7(),
      stationId: house.id,
      kind: places.kind,
      places: 1,
      dispatchId,
      expectedAt: new Date(Date.now() + minutes * 60_000).toISOString(),
    });
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
}
