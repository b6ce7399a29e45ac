/** A simulated patrol team: it drives its rounds, takes what it is offered, helps, writes it down, and visits again. */
import { v7 as uuidv7 } from 'uuid';
import type { DispatchView, RecheckView } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { pointInPolygon } from '../../shared/geo/point-in-polygon.ts';
import type { HoldView, StationView } from '../../shared/stations/schema.ts';
import type { Actor } from './cast.ts';
import { findingAgain, findingsAt } from './outcomes.ts';
import type { Finding } from './outcomes.ts';
import type { KeyPlace } from './people.ts';
import { declineReasons, encounterNote } from './phrases.ts';
import { metersBetween, offsetBy } from './plane.ts';
import { Vehicle } from './vehicle.ts';
import type { World } from './world.ts';

const declines = 0.04;
/** Rounds stay in the neighbourhood. */
const roundMeters = 3_500;
/** Crews that may be on rechecks at once; the others wait for what comes. */
const crewsOnRechecks = 3;
const sameStopMeters = 80;

type Errand =
  | { kind: 'rounds'; resting: number }
  | { kind: 'dispatch'; id: string; state: string; nextAt: number; findings: Finding[] | null }
  | { kind: 'recheck'; rechecks: RecheckView[]; nextAt: number | null };

export class Crew {
  readonly teamId: string;
  readonly actor: Actor;
  readonly vehicle: Vehicle;
  private readonly world: World;
  private errand: Errand = { kind: 'rounds', resting: 0 };
  private wasHeld = false;
  /** the dispatch that the vehicle drives to while a person has the team */
  private drivenFor: string | null = null;

  constructor(world: World, teamId: string, actor: Actor, position: Position) {
    this.world = world;
    this.teamId = teamId;
    this.actor = actor;
    this.vehicle = new Vehicle(world, teamId, actor, position);
  }

  get isFree(): boolean {
    return this.errand.kind === 'rounds';
  }

  async step(): Promise<void> {
    const { world, teamId, vehicle } = this;
    const dispatch = world.activeDispatchOfTeam(teamId);
    vehicle.move();
    if (world.isTeamHeld(teamId)) {
      this.chauffeur(dispatch);
      await vehicle.report();
      return;
    }
    if (this.wasHeld) this.takeOver();
    if (world.mirror.teams.get(teamId)?.onDuty === false) return;
    if (dispatch) await this.serve(dispatch);
    else if (this.errand.kind === 'recheck') await this.visitAgain(this.errand);
    else this.goRounds();
    await vehicle.report();
  }

  /** While a person decides, the vehicle still drives where they set off to; arriving is theirs to say. */
  private chauffeur(dispatch: DispatchView | undefined): void {
    this.wasHeld = true;
    if (dispatch?.state === 'en_route' && this.drivenFor !== dispatch.id) {
      this.drivenFor = dispatch.id;
      this.vehicle.driveTo(dispatch.target);
    } else if (dispatch && dispatch.state !== 'en_route') this.vehicle.halt();
  }

  /** After a person had the team: go on from where it is. */
  private takeOver(): void {
    this.wasHeld = false;
    this.vehicle.halt();
    this.errand = { kind: 'rounds', resting: this.world.now };
    const known = this.world.mirror.positions.get(this.teamId);
    if (known) this.vehicle.position = { lon: known.lon, lat: known.lat };
  }

  private wait(min: number, max: number): number {
    const patience = this.world.presence.playedTeams.has(this.teamId) ? 6 : 1;
    return this.world.now + this.world.dice.between(min, max) * patience;
  }

  private async serve(dispatch: DispatchView): Promise<void> {
    if (this.errand.kind === 'recheck') this.dropClaims(this.errand.rechecks);
    if (
      this.errand.kind !== 'dispatch' ||
      this.errand.id !== dispatch.id ||
      this.errand.state !== dispatch.state
    ) {
      const waits: Record<string, [number, number]> = {
        offered: [8, 25],
        accepted: [6, 16],
        on_scene: [50, 110],
      };
      const [min, max] = waits[dispatch.state] ?? [0, 0];
      this.errand = {
        kind: 'dispatch',
        id: dispatch.id,
        state: dispatch.state,
        nextAt: this.wait(min, max),
        findings: null,
      };
      if (dispatch.state === 'en_route') this.vehicle.driveTo(dispatch.target);
      if (dispatch.state === 'accepted' || dispatch.state === 'on_scene') this.vehicle.halt();
    }
    if (this.world.now < this.errand.nextAt) return;
    if (dispatch.state === 'offered') await this.answerOffer(dispatch);
    else if (dispatch.state === 'accepted') await this.setOff(dispatch);
    else if (dispatch.state === 'en_route' && !this.vehicle.isDriving) await this.arrive(dispatch);
    else if (dispatch.state === 'on_scene') await this.help(dispatch, this.errand);
  }

  private async answerOffer(dispatch: DispatchView): Promise<void> {
    const { world, actor } = this;
    if (!world.presence.atTheDesk && world.dice.chance(declines)) {
      world.announceStep(dispatch.id, 'declined');
      const reason = world.dice.pick(declineReasons[world.language()]);
      await actor.api.dispatch.decline.mutate({ id: dispatch.id, reason });
    } else await this.accept(dispatch);
  }

  async accept({ id }: { id: string }): Promise<void> {
    this.world.announceStep(id, 'accepted');
    await this.actor.api.dispatch.accept.mutate({ id });
  }

  async setOff({ id }: { id: string }): Promise<void> {
    this.world.announceStep(id, 'en_route');
    await this.actor.api.dispatch.setOff.mutate({ id });
  }

  async arrive({ id }: { id: string }): Promise<void> {
    this.world.announceStep(id, 'on_scene');
    await this.actor.api.dispatch.arrive.mutate({ id });
  }

  async close({ id }: { id: string }): Promise<void> {
    this.world.announceStep(id, 'closed');
    await this.actor.api.dispatch.close.mutate({ id });
  }

  private async help(dispatch: DispatchView, errand: Errand & { kind: 'dispatch' }): Promise<void> {
    const cluster = this.world.mirror.clusters.get(dispatch.clusterId);
    errand.findings ??= findingsAt(this.world.dice, {
      headcount: cluster?.headcountLikely ?? 1,
      flags: cluster?.flags ?? [],
      reportsByKind: cluster?.reportsByKind ?? {},
    });
    const finding = errand.findings.shift();
    if (finding) {
      await this.record(finding, { dispatchId: dispatch.id, recheckId: null });
      errand.nextAt = this.wait(20, 50);
    } else {
      await this.close(dispatch);
      this.errand = { kind: 'rounds', resting: this.wait(15, 40) };
    }
  }

  /** Writes down one person met. Without a free bed nobody is escorted: they are helped where they are. */
  async record(
    finding: Finding,
    visit: { dispatchId: string | null; recheckId: string | null },
    metAt = new Date().toISOString(),
  ): Promise<void> {
    const { world } = this;
    const held = world.holdOf(visit.dispatchId);
    const station = finding.outcome === 'escorted' ? this.houseFor(held) : undefined;
    const outcome =
      finding.outcome === 'escorted' && !station ? 'aided_on_street' : finding.outcome;
    await this.actor.api.dispatch.recordEncounter.mutate({
      id: uuidv7(),
      ...visit,
      outcome,
      position: offsetBy(this.vehicle.position, world.dice.gaussian(4), world.dice.gaussian(4)),
      flags: finding.flags,
      items: finding.items,
      stationId: station?.id ?? null,
      bedKind: station !== undefined && station.id === held?.stationId ? held.kind : null,
      note: encounterNote(world.dice, world.language(), outcome),
      metAt,
    });
  }

  /** Where a place is kept for them, else the nearest that has one. */
  private houseFor(held: HoldView | undefined): StationView | undefined {
    const kept = held && this.world.mirror.stations.get(held.stationId);
    if (kept) return kept;
    const [nearest] = [...this.world.mirror.stations.values()]
      .filter((station) => station.open && station.bedsFree > 0)
      .sort(
        (a, b) => metersBetween(a, this.vehicle.position) - metersBetween(b, this.vehicle.position),
      );
    return nearest;
  }

  private goRounds(): void {
    const { world } = this;
    if (this.errand.kind !== 'rounds') this.errand = { kind: 'rounds', resting: world.now };
    if (this.beginRecheck()) return;
    if (this.vehicle.isDriving || world.now < this.errand.resting) return;
    const { position } = world.dice.pick(this.roundPlaces());
    const seconds = this.vehicle.driveTo(
      offsetBy(position, world.dice.gaussian(25), world.dice.gaussian(25)),
    );
    this.errand.resting = world.now + seconds + world.dice.between(30, 120);
  }

  /** Places of the team's own area, near ones first of all. */
  private roundPlaces(): KeyPlace[] {
    const { mirror, surroundings } = this.world;
    const area = mirror.areas.get(mirror.teams.get(this.teamId)?.areaId ?? '');
    const own = area
      ? surroundings.places.filter((place) => pointInPolygon(place.position, area.boundary))
      : surroundings.places;
    const here = this.vehicle.position;
    const near = own.filter((place) => metersBetween(place.position, here) <= roundMeters);
    return [near, own, surroundings.places].find((places) => places.length > 1)!;
  }

  /** Takes the nearest due recheck with those owed at the same place, when few crews are on rechecks. */
  private beginRecheck(): boolean {
    const { world } = this;
    if (this.teamId === world.demoTeam) return false;
    if (new Set(world.claims.values()).size >= crewsOnRechecks) return false;
    const soon = new Date(Date.now() + 60_000).toISOString();
    const due = [...world.mirror.rechecks.values()]
      .filter((recheck) => recheck.dueAt <= soon && !world.claims.has(recheck.id))
      .sort(
        (a, b) => metersBetween(a, this.vehicle.position) - metersBetween(b, this.vehicle.position),
      );
    const [first] = due;
    if (!first) return false;
    const rechecks = due
      .filter((other) => metersBetween(first, other) <= sameStopMeters)
      .slice(0, 4);
    for (const { id } of rechecks) world.claims.set(id, this.teamId);
    this.errand = { kind: 'recheck', rechecks, nextAt: null };
    this.vehicle.driveTo(first);
    return true;
  }

  private async visitAgain(errand: Errand & { kind: 'recheck' }): Promise<void> {
    if (this.vehicle.isDriving) return;
    errand.nextAt ??= this.wait(25, 60);
    if (this.world.now < errand.nextAt) return;
    const recheck = errand.rechecks.shift();
    if (!recheck) {
      this.errand = { kind: 'rounds', resting: this.wait(10, 30) };
      return;
    }
    errand.nextAt = this.wait(20, 40);
    this.world.claims.delete(recheck.id);
    // Somebody else may have been there meanwhile.
    if (!this.world.mirror.rechecks.has(recheck.id)) return;
    const finding = findingAgain(this.world.dice, recheck.flags);
    await this.record(finding, { dispatchId: null, recheckId: recheck.id });
  }

  private dropClaims(rechecks: readonly RecheckView[]): void {
    for (const { id } of rechecks) this.world.claims.delete(id);
  }
}
