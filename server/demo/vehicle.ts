/** A team's vehicle on the streets, the reports of where it is, and its track. */
import { v7 as uuidv7 } from 'uuid';
import type { Position } from '../../shared/geo/position.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import type { Actor } from './cast.ts';
import { alongWay, durationOf, wayBetween } from './drive.ts';
import { metersBetween } from './plane.ts';
import type { Way } from './street-graph.ts';
import type { World } from './world.ts';

const movingReportMs = 2_500;
const standingReportMs = 45_000;
/** A report from so far off is another device's: somebody carries the team's tablet about. */
const elsewhereMeters = 300;
const leftToDeviceMs = 2 * 60_000;
const trackPointMs = 10_000;
const trackBatch = 6;
/** In a night that runs faster than the clock a vehicle leaps: its track would be thrown away as impossible. */
const fastestTracked = 2;

export class Vehicle {
  position: Position;
  private readonly world: World;
  private readonly teamId: string;
  private readonly actor: Actor;
  private drive: { way: Way; startedAt: number } | null = null;
  private heading: number | null = null;
  private reportedAt = 0;
  private deviceUntil = 0;
  private track: TrackPoint[] = [];

  constructor(world: World, teamId: string, actor: Actor, position: Position) {
    this.world = world;
    this.teamId = teamId;
    this.actor = actor;
    this.position = position;
  }

  get isDriving(): boolean {
    return this.drive !== null;
  }

  /** Answers the seconds until it is there. */
  driveTo(target: Position, shareDone = 0): number {
    const way = wayBetween(this.world.surroundings.streets, this.position, target);
    const seconds = durationOf(way);
    this.drive = { way, startedAt: this.world.now - seconds * shareDone };
    this.move();
    return seconds * (1 - shareDone);
  }

  halt(): void {
    this.drive = null;
  }

  move(): void {
    if (!this.drive) return;
    const { position, headingDegrees, arrived } = alongWay(
      this.drive.way,
      this.world.now - this.drive.startedAt,
    );
    this.position = position;
    this.heading = headingDegrees;
    if (arrived) this.drive = null;
  }

  async report(atOnce = false): Promise<void> {
    await this.keepTrack();
    const pause = this.drive ? movingReportMs : standingReportMs;
    if (!atOnce && Date.now() - this.reportedAt < pause) return;
    if (this.isElsewhere()) return;
    this.reportedAt = Date.now();
    await this.actor.api.patrols.reportPosition.mutate({
      position: this.position,
      accuracyMeters: 8,
      headingDegrees: this.heading,
      at: new Date().toISOString(),
    });
  }

  /** Points of the last minute, sent together as a tablet does. */
  private async keepTrack(): Promise<void> {
    const now = Date.now();
    if (this.world.speed > fastestTracked || this.deviceUntil > now) return;
    const last = this.track.at(-1)?.[0] ?? 0;
    if (now - last < trackPointMs) return;
    const { lon, lat } = this.position;
    this.track.push([now, lon, lat, 8, null, this.heading]);
    if (this.track.length < trackBatch) return;
    const points = this.track;
    this.track = [];
    await this.actor.api.field.submit.mutate({
      kind: 'track.points',
      id: uuidv7(),
      at: new Date(now).toISOString(),
      points,
    });
  }

  /** A person's own device is believed while it reports from within the city. */
  private isElsewhere(): boolean {
    const { mirror, surroundings } = this.world;
    const known = mirror.positions.get(this.teamId);
    if (known && this.reportedAt > 0 && Date.parse(known.at) > this.reportedAt + 1_000) {
      const [west, south, east, north] = surroundings.bounds;
      const { lon, lat } = known;
      const inCity = lon >= west && lon <= east && lat >= south && lat <= north;
      if (inCity && metersBetween(known, this.position) > elsewhereMeters)
        this.deviceUntil = Date.now() + leftToDeviceMs;
    }
    return this.deviceUntil > Date.now();
  }
}
