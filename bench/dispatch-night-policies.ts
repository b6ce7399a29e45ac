// Three ways to run a night: the plan that is mended at each event, the cheapest place once and for all, and the
// nearest free team.
import { prioritize } from '../shared/clusters/priority.ts';
import type { Night as PlannedNight, NightJob, NightTeam } from '../shared/planning/night.ts';
import type { Plan } from '../shared/planning/plan.ts';
import { repairPlan } from '../shared/planning/repair.ts';
import { planningSettingsSchema } from '../shared/planning/schema.ts';
import type { JobId } from '../shared/planning/schema.ts';
import type { BedKind } from '../shared/stations/schema.ts';
import { deadlineMinutes, hasDeadline, minutesOf } from './dispatch-night-sim.ts';
import type { Bed, Order, Policy, Sim, SimPlace, SimTeam } from './dispatch-night-sim.ts';
import { feltCelsius, thresholds } from './dispatch-night-world.ts';

const minute = 60_000;
const overdueOnScene = 5;
const overdueOnTheWay = 2;
const midnight = Date.parse('2026-01-05T12:00:00.000Z');
const timeOf = (minutes: number): number => midnight + Math.round(minutes * minute);
const jobIdOf = ({ id }: { id: number }): JobId =>
  `cluster:00000001-0000-7000-8000-${String(id).padStart(12, '0')}`;
const numberOf = (id: string): number => Number(id.slice(-12));

/**
 * Keeps a plan. Only idle teams are told something: the first stop of their lane; everything behind it may still
 * change. `budgetMs` 0 is greedy insertion: a place goes where it costs least when it is reported, and stays there.
 */
export function planner(budgetMs: number, times: number[]): Policy {
  let plan: Plan = { madeAt: 0, lanes: [], unserved: [] };
  return (sim) => {
    const waits = sim.places.some(({ state }) => state === 'open');
    if (!waits && sim.teams.every(({ aboard }) => aboard.length === 0)) return [];
    const night = nightOf(sim);
    const began = performance.now();
    plan = repairPlan(plan, night, {
      budgetMs,
      seed: Math.round(sim.now * 1000),
      ...(budgetMs === 0 && { rounds: 0 }),
    });
    times.push(performance.now() - began);
    return plan.lanes.flatMap((lane, t): Order[] => {
      const team = sim.teams[t]!;
      const stop = lane.stops[0];
      if (team.state !== 'idle' || !stop) return [];
      if (stop.kind === 'station')
        return [{ kind: 'house', team: t, station: Number(stop.stationId) }];
      const place = numberOf(stop.jobId);
      const bed = stop.bed && {
        station: Number(stop.bed.stationId),
        kind: stop.bed.kind,
        places: sim.places[place]!.likely.beds!.places,
      };
      return [{ kind: 'visit', team: t, place, bed }];
    });
  };
}

function nightOf(sim: Sim): PlannedNight {
  return {
    now: timeOf(sim.now),
    teams: sim.teams.map((team) => teamOf(sim, team)),
    spareTeamIds: [],
    jobs: sim.places
      .filter(({ state, reachedAt, id }) => {
        if (state === 'open' || state === 'sent') return true;
        return reachedAt !== null && sim.teams.some(({ place }) => place?.id === id);
      })
      .map(jobOf),
    stations: sim.world.stations.map((station, s) => ({
      ...station,
      id: String(s),
      free: sim.free[s]!,
      openFrom: null,
      openUntil: null,
      shelter: false,
      open: true,
      setUpMinutes: 0,
    })),
    travel: { van: sim.grid },
    settings: planningSettingsSchema.parse({ deadlineMinutes }),
  };
}

function teamOf(sim: Sim, team: SimTeam): NightTeam {
  const { place, bed } = team;
  return {
    id: String(team.id),
    at: team.spot,
    positionAt: timeOf(sim.now),
    mode: 'van',
    freeAt: timeOf(freeAtOf(sim, team)),
    shiftEndsAt: timeOf(team.shiftEnds),
    breakFrom: team.rested ? null : timeOf(team.breakFrom),
    breakMinutes: team.rested ? 0 : team.breakMinutes,
    skills: team.skills,
    seats: team.seats,
    wheelchairs: team.wheelchairs,
    aboard:
      team.state === 'to_station'
        ? []
        : team.aboard.map((seat) => ({
            jobId: jobIdOf(seat.place),
            people: seat.people,
            stationId: String(seat.station),
            wheelchair: seat.chair,
          })),
    stock: { quilt: team.quilts, hot_water: 99, contact_card: 99, coat: 99, heat_pack: 99 },
    sent: place
      ? [
          {
            jobId: jobIdOf(place),
            dispatchId: String(place.id),
            underway: true,
            onScene: team.state === 'on_scene',
            holdId: null,
            hold: bed && { ...bed, stationId: String(bed.station) },
          },
        ]
      : [],
    unable: team.state === 'off' ? 'off_duty' : null,
  };
}

/** Who is behind what was thought is free soon, not now: nobody waits for it as if it stood by. */
function freeAtOf({ now }: Sim, { state, freeAt }: SimTeam): number {
  if (state === 'idle' || state === 'off') return now;
  return Math.max(freeAt, now + (state === 'on_scene' ? overdueOnScene : overdueOnTheWay));
}

function jobOf(place: SimPlace): NightJob {
  const { likely, flags, headcount, weight } = place;
  return {
    id: jobIdOf(place),
    clusterId: String(place.id),
    recheckId: null,
    at: place.at,
    score: 0,
    weight,
    since: timeOf(place.reportedAt),
    notBefore: 0,
    deadline: hasDeadline(place) ? timeOf(place.reportedAt + deadlineMinutes) : null,
    hardDeadline: hasDeadline(place),
    headcount,
    flags,
    feltCelsius,
    serviceMinutes: likely.serviceMinutes,
    skills: likely.skills,
    items: likely.items,
    beds: likely.beds,
    wheelchair: likely.wheelchair,
    pinned: null,
    dismissed: [],
    declined: [],
  };
}

/**
 * What is done by eye: people aboard are brought to their house at once; then the open place with the highest
 * priority (as the board shows it, waiting counted; the oldest of equals) gets the nearest free team that can do it,
 * the next one the nearest of those left, until no team is free that could do any.
 */
export const nearestFreeTeam: Policy = (sim) => {
  const orders: Order[] = [];
  const free = new Set<SimTeam>();
  for (const team of sim.teams) {
    if (team.state !== 'idle') continue;
    const seat = team.aboard.toSorted(
      (a, b) => wayTo(sim, team, a.station) - wayTo(sim, team, b.station),
    )[0];
    if (seat) orders.push({ kind: 'house', team: team.id, station: seat.station });
    else free.add(team);
  }
  const taken = sim.free.map((kinds) => ({ ...kinds }));
  const open = sim.places
    .filter(({ state }) => state === 'open')
    .map((place) => ({ place, score: scoreOf(sim, place) }))
    .sort((a, b) => b.score - a.score || a.place.reportedAt - b.place.reportedAt);
  for (const { place } of open) {
    if (free.size === 0) break;
    const found = nearest(sim, place, free, taken);
    if (!found) continue;
    free.delete(found.team);
    if (found.bed) {
      const { station, kind, places } = found.bed;
      taken[station]![kind] = (taken[station]![kind] ?? 0) - places;
    }
    orders.push({ kind: 'visit', team: found.team.id, place: place.id, bed: found.bed });
  }
  return orders;
};

const wayTo = ({ grid, world }: Sim, team: SimTeam, station: number): number =>
  minutesOf(grid, team.spot, world.stations[station]!.at);

function scoreOf(sim: Sim, { flags, headcount, reportedAt }: SimPlace): number {
  return prioritize(
    {
      flags,
      reportCount: 1,
      headcountLikely: headcount,
      firstSeenAt: new Date(timeOf(reportedAt)).toISOString(),
      attendedAt: null,
      notFoundCount: 0,
    },
    { feltCelsius, now: new Date(timeOf(sim.now)).toISOString(), thresholds },
  ).score;
}

function nearest(
  sim: Sim,
  place: SimPlace,
  free: ReadonlySet<SimTeam>,
  taken: readonly Partial<Record<BedKind, number>>[],
): { team: SimTeam; bed: Bed | null } | null {
  const { beds, wheelchair, skills, serviceMinutes } = place.likely;
  const bed = beds && nearestBed(sim, place, beds, taken);
  let best: SimTeam | null = null;
  let least = Infinity;
  for (const team of free) {
    const way = minutesOf(sim.grid, team.spot, place.at);
    const back = bed ? minutesOf(sim.grid, place.at, sim.world.stations[bed.station]!.at) + 8 : 0;
    if (way >= least || skills.some((skill) => !team.skills.includes(skill))) continue;
    if (beds && team.seats < beds.places) continue;
    if (wheelchair && beds && team.wheelchairs === 0) continue;
    if (sim.now + way + serviceMinutes + back > team.shiftEnds) continue;
    [best, least] = [team, way];
  }
  return best && { team: best, bed };
}

function nearestBed(
  sim: Sim,
  place: SimPlace,
  { kinds, places }: { kinds: BedKind[]; places: number },
  taken: readonly Partial<Record<BedKind, number>>[],
): Bed | null {
  let best: Bed | null = null;
  let least = Infinity;
  taken.forEach((free, station) => {
    const kind = kinds.find((kind) => (free[kind] ?? 0) >= places);
    const way = minutesOf(sim.grid, place.at, sim.world.stations[station]!.at);
    if (kind && way < least) [best, least] = [{ station, kind, places }, way];
  });
  return best;
}
