// A night in events: reports come, teams drive, find or don't find, bring people in; a policy says who goes where.
// What a policy doesn't know (who is still there, how long it takes) is the same for all of them.
import type { TravelGrid } from '../shared/planning/night.ts';
import type { BedKind } from '../shared/stations/schema.ts';
import { nightEnds } from './dispatch-night-world.ts';
import type { World, WorldPlace, WorldTeam } from './dispatch-night-world.ts';

export interface Bed {
  station: number;
  kind: BedKind;
  places: number;
}
export interface SimTeam extends WorldTeam {
  state: 'idle' | 'to_place' | 'on_scene' | 'to_station' | 'resting' | 'off';
  /** where it is, or is going */
  spot: number;
  /** when it is likely free, by what is known */
  freeAt: number;
  place: SimPlace | null;
  bed: Bed | null;
  aboard: { place: SimPlace; people: number; station: number; chair: boolean }[];
  rested: boolean;
  busyMinutes: number;
}
export interface SimPlace extends WorldPlace {
  state: 'hidden' | 'open' | 'sent' | 'reached';
  reachedAt: number | null;
  hasBed: boolean;
}

export interface Sim {
  grid: TravelGrid;
  world: World;
  now: number;
  teams: SimTeam[];
  places: SimPlace[];
  /** places free and not held, by station and kind */
  free: Partial<Record<BedKind, number>>[];
}

export type Order =
  | { kind: 'visit'; team: number; place: number; bed: Bed | null }
  | { kind: 'house'; team: number; station: number };
/** Asked at every event; tells teams that are idle where to go. */
export type Policy = (sim: Sim) => Order[];

export interface Result {
  /** priority-weighted minutes outside, from the report until somebody is there */
  weighted: number;
  /** not weighted, mean */
  meanMinutes: number;
  /** of those with a hard deadline, who weren't reached within it */
  lateShare: number;
  unreached: number;
  /** who should have come in and had to be left, for want of a seat or bed */
  leftOut: number;
  /** of the duty hours of all teams in the three busiest hours */
  busyShare: number;
}

export const deadlineMinutes = 30;
export const hasDeadline = (place: WorldPlace): boolean =>
  place.flags.some((flag) =>
    ['minor', 'with_infant', 'ill', 'injured', 'unresponsive'].includes(flag),
  );

export const minutesOf = (grid: TravelGrid, from: number, to: number): number =>
  grid.seconds[from * grid.size + to]! / 60;

interface Event {
  at: number;
  /** false: nothing that a plan hangs on */
  run(): void | false;
}

export class Night {
  private readonly sim: Sim;
  private readonly policy: Policy;
  private readonly events: Event[] = [];
  private leftOut = 0;
  private readonly busyFrom = 60;
  private readonly busyUntil = 240;

  constructor(world: World, grid: TravelGrid, policy: Policy) {
    this.policy = policy;
    this.sim = {
      grid,
      world,
      now: 0,
      teams: world.teams.map((team) => ({
        ...team,
        state: 'idle',
        spot: team.at,
        freeAt: 0,
        place: null,
        bed: null,
        aboard: [],
        rested: false,
        busyMinutes: 0,
      })),
      places: world.places.map((place) => ({
        ...place,
        state: 'hidden',
        reachedAt: null,
        hasBed: false,
      })),
      free: world.stations.map(({ free }) => ({ ...free })),
    };
  }

  run(): Result {
    const { sim } = this;
    for (const place of sim.places)
      this.at(place.reportedAt, () => {
        place.state = 'open';
      });
    for (const team of sim.teams) this.at(team.breakFrom, () => this.restOf(team));
    while (this.events.length > 0) {
      this.events.sort((a, b) => b.at - a.at);
      const event = this.events.pop()!;
      if (event.at > nightEnds) break;
      sim.now = event.at;
      if (event.run() !== false) this.ask();
    }
    return this.result();
  }

  private at(at: number, run: Event['run']): void {
    this.events.push({ at, run });
  }

  private ask(): void {
    for (const order of this.policy(this.sim)) {
      const team = this.sim.teams[order.team]!;
      if (team.state !== 'idle') throw new Error('a team was sent that is busy');
      if (order.kind === 'house') this.drive(team, order.station);
      else this.send(team, this.sim.places[order.place]!, order.bed);
    }
  }

  private busy(team: SimTeam, minutes: number): void {
    const from = Math.max(this.sim.now, this.busyFrom);
    team.busyMinutes += Math.max(0, Math.min(this.sim.now + minutes, this.busyUntil) - from);
  }

  private send(team: SimTeam, place: SimPlace, bed: Bed | null): void {
    const { sim } = this;
    if (place.state !== 'open') throw new Error('a place was given twice');
    if (bed && (sim.free[bed.station]![bed.kind] ?? 0) < bed.places) throw new Error('overbooked');
    if (bed) this.take(bed, 1);
    const way = minutesOf(sim.grid, team.spot, place.at);
    place.state = 'sent';
    Object.assign(team, { state: 'to_place', spot: place.at, place, bed, freeAt: sim.now + way });
    this.busy(team, way * place.wayNoise);
    this.at(sim.now + way * place.wayNoise, () => {
      place.state = 'reached';
      place.reachedAt = sim.now;
      team.state = 'on_scene';
      team.freeAt = sim.now + place.likely.serviceMinutes;
      this.busy(team, place.service);
      this.at(sim.now + place.service, () => this.leave(team, place));
      return false;
    });
  }

  /** The visit is over: who comes along sits in the vehicle now. */
  private leave(team: SimTeam, place: SimPlace): void {
    const { bed } = team;
    const comesAlong = place.outcome === 'escorted';
    const wanted = place.likely.beds?.places ?? place.headcount;
    const seats = team.seats - team.aboard.reduce((sum, { people }) => sum + people, 0);
    const chair = place.likely.wheelchair;
    const found = bed ?? (comesAlong && seats >= wanted ? this.bedFor(team, place, wanted) : null);
    if (bed && !comesAlong) this.take(bed, -1);
    if (comesAlong && found && seats >= found.places) {
      if (!bed) this.take(found, 1);
      team.aboard.push({ place, people: found.places, station: found.station, chair });
      place.hasBed = true;
    } else if (comesAlong) this.leftOut += place.headcount;
    Object.assign(team, { place: null, bed: null });
    this.becomeFree(team);
  }

  private take({ station, kind, places }: Bed, sign: 1 | -1): void {
    const free = this.sim.free[station]!;
    free[kind] = (free[kind] ?? 0) - sign * places;
  }

  private bedFor(team: SimTeam, { bedKind }: SimPlace, places: number): Bed | null {
    const { sim } = this;
    let best: Bed | null = null;
    let least = Infinity;
    sim.free.forEach((free, station) => {
      const way = minutesOf(sim.grid, team.spot, sim.world.stations[station]!.at);
      const kind = ([bedKind, 'general'] as const).find((kind) => (free[kind] ?? 0) >= places);
      if (kind && way < least) [best, least] = [{ station, kind, places }, way];
    });
    return best;
  }

  private drive(team: SimTeam, station: number): void {
    const { sim } = this;
    const { at, unloadMinutes } = sim.world.stations[station]!;
    const way = minutesOf(sim.grid, team.spot, at);
    const noise = team.aboard.find((seat) => seat.station === station)?.place.wayNoise ?? 1;
    const minutes = way * noise + unloadMinutes;
    Object.assign(team, { state: 'to_station', spot: at, freeAt: sim.now + way + unloadMinutes });
    this.busy(team, minutes);
    this.at(sim.now + minutes, () => {
      team.aboard = team.aboard.filter((seat) => seat.station !== station);
      this.becomeFree(team);
    });
  }

  private becomeFree(team: SimTeam): void {
    const { now } = this.sim;
    Object.assign(team, { state: 'idle', freeAt: now });
    this.restOf(team);
    if (team.state === 'idle' && now >= team.shiftEnds && team.aboard.length === 0)
      team.state = 'off';
  }

  private restOf(team: SimTeam): void {
    const { now } = this.sim;
    if (team.state !== 'idle' || team.rested || now < team.breakFrom || team.aboard.length > 0)
      return;
    const until = now + team.breakMinutes;
    Object.assign(team, { state: 'resting', rested: true, freeAt: until });
    this.at(until, () => this.becomeFree(team));
  }

  private result(): Result {
    const { places, teams } = this.sim;
    const waited = (place: SimPlace) => (place.reachedAt ?? nightEnds) - place.reportedAt;
    const urgent = places.filter(hasDeadline);
    const late = urgent.filter((place) => waited(place) > deadlineMinutes);
    return {
      weighted: places.reduce((sum, place) => sum + place.weight * waited(place), 0),
      meanMinutes: places.reduce((sum, place) => sum + waited(place), 0) / places.length,
      lateShare: late.length / Math.max(1, urgent.length),
      unreached: places.filter(({ reachedAt }) => reachedAt === null).length,
      leftOut: this.leftOut,
      busyShare:
        teams.reduce((sum, team) => sum + team.busyMinutes, 0) /
        (teams.length * (this.busyUntil - this.busyFrom)),
    };
  }
}
