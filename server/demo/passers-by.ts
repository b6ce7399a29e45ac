/** Those who report: people whose work keeps them outside at night, and now and then someone without an account. */
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { pickPlace, reportOf, settleSpot } from './people.ts';
import type { Spot } from './people.ts';
import { metersBetween } from './plane.ts';
import type { World } from './world.ts';

const meanPauseSeconds = 18;
/** Open places above which no new ones appear: teams must be able to keep up. */
const mostOpenPlaces = 24;
/** With more visits overdue than this, the city has enough to do. */
const mostOverdue = 8;
const shareOfTips = 0.05;
const spotsKept = 120;
/** New people stay this far from a place that is known already. */
const apartMeters = 220;
const sameSpotMeters = 90;

export class PassersBy {
  private readonly world: World;
  private nextAt = 0;
  constructor(world: World) {
    this.world = world;
  }

  async step(): Promise<void> {
    const { world } = this;
    if (world.now < this.nextAt) return;
    this.nextAt = world.now + world.dice.waiting(meanPauseSeconds);
    const known = this.placeToReportAgain();
    const spot =
      known && world.dice.chance(0.6)
        ? this.spotOf(known)
        : (this.newSpot() ?? (known && this.spotOf(known)));
    if (spot) await this.report(spot, world.dice.between(0, 180));
  }

  /** A place nobody has been to yet, and that hasn't been reported as often as it will be. */
  private placeToReportAgain(): ClusterView | undefined {
    const waiting = [...this.world.mirror.clusters.values()].filter(
      (cluster) =>
        cluster.attendedAt === null && cluster.reportCount < reportsExpected(shareOfId(cluster.id)),
    );
    return waiting.length === 0 ? undefined : this.world.dice.pick(waiting);
  }

  private spotOf(cluster: ClusterView): Spot {
    const { world } = this;
    const known = world.spots.find(
      (spot) => metersBetween(spot.position, cluster) <= sameSpotMeters,
    );
    if (known) return known;
    const { places } = world.surroundings;
    const nearest = places.reduce((best, place) =>
      metersBetween(place.position, cluster) < metersBetween(best.position, cluster) ? place : best,
    );
    return {
      kind: nearest.kind,
      placeName: { zh: '', en: '' },
      position: { lon: cluster.lon, lat: cluster.lat },
      headcount: Math.max(1, cluster.headcountLikely),
      flags: cluster.flags,
    };
  }

  newSpot(): Spot | undefined {
    const { world } = this;
    const now = new Date().toISOString();
    const overdue = [...world.mirror.rechecks.values()].filter(
      (recheck) => recheck.dueAt < now,
    ).length;
    if (world.mirror.clusters.size >= mostOpenPlaces || overdue > mostOverdue) return undefined;
    for (let attempt = 0; attempt < 12; attempt++) {
      const spot = settleSpot(world.dice, pickPlace(world.dice, world.surroundings.places));
      const taken =
        world.clusterNear(spot.position, apartMeters) !== undefined ||
        world.spots.some((other) => metersBetween(other.position, spot.position) < apartMeters);
      if (taken) continue;
      world.spots = [...world.spots.slice(1 - spotsKept), spot];
      return spot;
    }
    // All about is taken: let the oldest of the remembered places be free again.
    world.spots = world.spots.slice(1);
    return undefined;
  }

  /** One report of the spot by somebody who passed `ageSeconds` ago. */
  async report(spot: Spot, ageSeconds: number): Promise<void> {
    const { dice, cast, surroundings } = this.world;
    const seenAt = new Date(Date.now() - ageSeconds * 1000).toISOString();
    const language = this.world.language();
    if (dice.chance(shareOfTips)) {
      const sighting = reportOf(dice, spot, { language, seenAt, public: true });
      await cast.passerBy.tips.report.mutate({ cityId: surroundings.cityId, sighting });
      return;
    }
    const sighting = reportOf(dice, spot, { language, seenAt, public: false });
    await dice.pick(cast.reporters).api.sightings.report.mutate(sighting);
  }
}

/** Some places are passed by many, most by one or two; `share` is from 0 to 1. */
export function reportsExpected(share: number): number {
  return share < 0.45 ? 1 : share < 0.7 ? 2 : share < 0.85 ? 3 : share < 0.95 ? 4 : 6;
}

/** The same for a cluster whenever it is asked, over a restart too. */
const shareOfId = (id: string): number => Number.parseInt(id.slice(-4), 16) / 0x10000;
