/** What the simulated people of one city share: the clock, the places, and which of it is left to real people. */
import type { CityView } from '../../shared/cities/schema.ts';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { isActive } from '../../shared/dispatch/rules.ts';
import type { DispatchState, DispatchView } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { HoldView } from '../../shared/stations/schema.ts';
import type { Log } from '../kernel/log.ts';
import type { Cast } from './cast.ts';
import type { CityMirror } from './city-mirror.ts';
import type { Dice } from './dice.ts';
import type { KeyPlace, Spot } from './people.ts';
import type { NoteLanguage } from './phrases.ts';
import { metersBetween } from './plane.ts';
import type { Presence } from './presence.ts';
import type { StreetGraph } from './street-graph.ts';

/** A team, or a place, that a person has just acted on is theirs for this long. */
const leftToPeopleMs = 4 * 60_000;

export interface Surroundings {
  cityId: string;
  /** [west, south, east, north] */
  bounds: CityView['bounds'];
  streets: StreetGraph | null;
  /** key places inside the city, at least one */
  places: KeyPlace[];
  /** share of notes written in Chinese */
  shareOfChinese: number;
}

export class World {
  readonly surroundings: Surroundings;
  readonly cast: Cast;
  readonly mirror: CityMirror;
  readonly dice: Dice;
  readonly log: Log;
  readonly speed: number;
  /** the team kept free for whoever enters as a patrol */
  readonly demoTeam: string | null;
  spots: Spot[] = [];
  /** rechecks that a simulated crew is on its way to, by recheck id */
  readonly claims = new Map<string, string>();
  presence: Presence = { playedTeams: new Set(), playedHouses: new Set(), atTheDesk: false };
  /** simulated seconds since the start */
  now = 0;
  private readonly ownSteps = new Set<string>();
  private readonly heldTeams = new Map<string, number>();
  private readonly heldClusters = new Map<string, number>();

  constructor(
    parts: Pick<World, 'surroundings' | 'cast' | 'mirror' | 'dice' | 'log' | 'speed' | 'demoTeam'>,
  ) {
    this.surroundings = parts.surroundings;
    this.cast = parts.cast;
    this.mirror = parts.mirror;
    this.dice = parts.dice;
    this.log = parts.log;
    this.speed = parts.speed;
    this.demoTeam = parts.demoTeam;
  }

  language(): NoteLanguage {
    return this.dice.chance(this.surroundings.shareOfChinese) ? 'zh' : 'en';
  }

  activeDispatchOfTeam(teamId: string): DispatchView | undefined {
    return [...this.mirror.dispatches.values()].find(
      (dispatch) => dispatch.teamId === teamId && isActive(dispatch.state),
    );
  }

  /** The place that is kept for whom this dispatch brings. */
  holdOf(dispatchId: string | null): HoldView | undefined {
    if (dispatchId === null) return undefined;
    return [...this.mirror.holds.values()].find(
      (hold) => hold.dispatchId === dispatchId && hold.encounterId === null,
    );
  }

  isOnTheWayTo(clusterId: string): boolean {
    return [...this.mirror.dispatches.values()].some(
      (dispatch) => dispatch.clusterId === clusterId && isActive(dispatch.state),
    );
  }

  clusterNear(position: Position, meters: number): ClusterView | undefined {
    return [...this.mirror.clusters.values()].find(
      (cluster) => metersBetween(cluster, position) <= meters,
    );
  }

  /** Says beforehand that a step will be a simulated one, so that it isn't taken for a person's. */
  announceStep(dispatchId: string, to: DispatchState): void {
    this.ownSteps.add(`${dispatchId}:${to}`);
    if (this.ownSteps.size > 4_000) this.ownSteps.delete(this.ownSteps.values().next().value!);
  }

  /** A step nobody here announced was a person's: the team and the place are theirs for a while. */
  noticeDispatch(now: DispatchView, before: DispatchView | undefined): void {
    if (now.state === before?.state || this.ownSteps.has(`${now.id}:${now.state}`)) return;
    const until = Date.now() + leftToPeopleMs;
    this.heldClusters.set(now.clusterId, until);
    // Offering and taking back is done at the desk: the crew itself goes on as it would.
    if (now.state !== 'offered' && now.state !== 'cancelled') this.heldTeams.set(now.teamId, until);
  }

  isTeamHeld(teamId: string): boolean {
    return (this.heldTeams.get(teamId) ?? 0) > Date.now();
  }

  isClusterHeld(clusterId: string): boolean {
    const until = this.heldClusters.get(clusterId) ?? 0;
    if (until <= Date.now()) this.heldClusters.delete(clusterId);
    return until > Date.now();
  }
}
