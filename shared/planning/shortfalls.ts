/** What the city hasn't got tonight, and what would help: a remedy is named when the plan got better by it. */
import { skills } from '../patrols/skills.ts';
import type { Skill } from '../patrols/skills.ts';
import type { SupplyItem } from '../supplies/schema.ts';
import { supplyItems } from '../supplies/schema.ts';
import type { BedKind } from '../stations/schema.ts';
import { bestInsertion } from './insertion.ts';
import { makeLane } from './lane.ts';
import { ruledOut } from './abilities.ts';
import { itemCount, modelOf, withoutBed } from './model.ts';
import type { Model } from './model.ts';
import type { Night, NightTeam } from './night.ts';
import type { Remedy, Shortfall } from './schema.ts';
import type { State } from './state.ts';
import { planOf, stateOf, withoutJobs } from './state.ts';

/** Minutes past a hard deadline that are worth calling somebody for. */
const lateEnough = 5;
const mostRemedies = 3;
const mostTried = 6;

export function shortfallsOf(state: State): Shortfall[] {
  return [
    ...bedShortfalls(state),
    ...teamShortfalls(state),
    ...skillShortfalls(state),
    ...itemShortfalls(state),
  ];
}

const none = { bedKind: null, skill: null, item: null, withinMinutes: null };
const idsOf = ({ night }: Model, jobs: readonly number[]) => jobs.map((j) => night.jobs[j]!.id);

/** Jobs that are visited without the bed they should have, by the kind that fits them best. */
function bedShortfalls(state: State): Shortfall[] {
  const { model } = state;
  const byKind = new Map<BedKind, { jobs: number[]; soonest: number }>();
  for (const { seq, bed, arrive } of state.lanes)
    seq.forEach((j, k) => {
      if (j >= model.jobCount || bed[k] !== withoutBed) return;
      const kind = model.night.jobs[j]!.beds!.kinds[0]!;
      const lack = byKind.get(kind) ?? { jobs: [], soonest: Infinity };
      lack.jobs.push(j);
      lack.soonest = Math.min(lack.soonest, arrive[k]!);
      byKind.set(kind, lack);
    });
  return [...byKind].map(([bedKind, { jobs, soonest }]) => ({
    ...none,
    what: 'beds',
    bedKind,
    missing: jobs.reduce((sum, j) => sum + model.places[j]!, 0),
    withinMinutes: Math.round(soonest),
    jobIds: idsOf(model, jobs),
    remedies: sheltersFor(state, jobs),
  }));
}

function sheltersFor(state: State, jobs: readonly number[]): Remedy[] {
  const { night } = state.model;
  const found: (Remedy & { code: 'open_shelter' })[] = [];
  for (const station of night.stations) {
    if (!station.shelter || station.open) continue;
    const openFrom = Math.max(station.openFrom ?? 0, night.now + station.setUpMinutes * 60_000);
    const stations = night.stations.map((s) =>
      s === station ? { ...s, open: true, openFrom } : s,
    );
    const places = placesFound(state, { ...night, stations }, jobs);
    if (places > 0)
      found.push({
        code: 'open_shelter',
        stationId: station.id,
        places,
        minutes: station.setUpMinutes,
      });
  }
  return found
    .toSorted((a, b) => b.places - a.places || a.minutes - b.minutes)
    .slice(0, mostRemedies);
}

/** How many of the people would get a bed on that night, everything else as planned. */
function placesFound(state: State, night: Night, jobs: readonly number[]): number {
  const model = modelOf(night);
  const other = withoutJobs(stateOf(model, planOf(state)), jobs);
  let places = 0;
  for (const j of jobs) {
    for (const lane of other.lanes) {
      const found = bestInsertion(model, lane, j, other.used);
      const pool = found ? found.trial.bed[found.trial.seq.indexOf(j)]! : -1;
      if (pool < 0) continue;
      other.used[pool]! += model.places[j]!;
      places += model.places[j]!;
      break;
    }
  }
  return places;
}

/** Nobody goes, or not in time. */
function teamShortfalls(state: State): Shortfall[] {
  const { model } = state;
  const seats: number[] = [];
  const teams: number[] = [];
  for (const j of state.left) (bySeats(model, j) ? seats : teams).push(j);
  for (const { seq, arrive } of state.lanes)
    seq.forEach((j, k) => {
      if (j >= model.jobCount || !model.night.jobs[j]!.hardDeadline || model.sentTo[j]! >= 0)
        return;
      if (arrive[k]! - model.deadline[j]! > lateEnough) teams.push(j);
    });
  const lacks: Shortfall[] = [];
  for (const [what, jobs] of [['seats', seats] as const, ['teams', teams] as const]) {
    if (jobs.length === 0) continue;
    const missing =
      what === 'seats' ? jobs.reduce((sum, j) => sum + model.places[j]!, 0) : jobs.length;
    const due = Math.min(...jobs.map((j) => model.deadline[j]!));
    lacks.push({
      ...none,
      what,
      missing,
      withinMinutes: due === Infinity ? null : Math.round(due),
      jobIds: idsOf(model, jobs),
      remedies: teamsFor(state, jobs),
    });
  }
  return lacks;
}

/** Whether seats rule out everybody who isn't ruled out by what a person said. */
function bySeats(model: Model, j: number): boolean {
  const codes = model.teams.map((_, t) => model.able[t * model.jobCount + j]!);
  const open = codes.filter((code) => code === 0 || code >= ruledOut.skill);
  return (
    open.length > 0 && open.every((code) => code === ruledOut.seats || code === ruledOut.chair)
  );
}

/** Teams that could be called, and vehicles that could be mended, for which the plan would be better. */
function teamsFor(
  state: State,
  jobs: readonly number[],
  suits: (team: NightTeam) => boolean = () => true,
): Remedy[] {
  const { night } = state.model;
  const arrivals = arrivalsOf(state, jobs);
  const remedies: Remedy[] = [];
  let tried = 0;
  for (const team of night.teams) {
    if (remedies.length === mostRemedies || tried === mostTried) return remedies;
    const broken = team.unable === 'vehicle_broken' && team.vehicleId;
    const spare = team.unable === 'off_duty' && night.spareTeamIds.includes(team.id);
    if (!(spare || broken) || !suits(team)) continue;
    tried++;
    const teams = night.teams.map((other) => (other === team ? { ...other, unable: null } : other));
    if (!gains(state, { ...night, teams }, arrivals, team.id)) continue;
    remedies.push(
      broken
        ? { code: 'repair_vehicle', vehicleId: team.vehicleId! }
        : { code: 'call_team', teamId: team.id },
    );
  }
  return remedies;
}

/** When each is reached as planned; not at all: Infinity. */
function arrivalsOf({ lanes }: State, jobs: readonly number[]): ReadonlyMap<number, number> {
  return new Map(
    jobs.map((j) => {
      const lane = lanes.find(({ seq }) => seq.includes(j));
      return [j, lane ? lane.arrive[lane.seq.indexOf(j)]! : Infinity];
    }),
  );
}

/** Whether that team would be at one of them where nobody goes, or in good time before who goes. */
function gains(
  state: State,
  night: Night,
  arrivals: ReadonlyMap<number, number>,
  teamId: string,
): boolean {
  const model = modelOf(night);
  const t = model.teamIndex.get(teamId)!;
  const other = withoutJobs(stateOf(model, planOf(state)), [...arrivals.keys()]);
  const lane = other.lanes[t]!;
  return [...arrivals].some(([j, arrival]) => {
    const found = bestInsertion(model, lane, j, other.used, model.unservedCost[j]);
    const after = found && makeLane(model, t, found.trial, lane.fixed);
    return after !== null && after.arrive[after.seq.indexOf(j)]! <= arrival - lateEnough;
  });
}

function skillShortfalls(state: State): Shortfall[] {
  const { model } = state;
  return skills.flatMap((skill) => {
    const jobs = model.night.jobs.flatMap((job, j) =>
      job.skills.includes(skill) && !model.skillsOnDuty.has(skill) ? [j] : [],
    );
    if (jobs.length === 0) return [];
    return {
      ...none,
      what: 'skill' as const,
      skill,
      missing: jobs.length,
      jobIds: idsOf(model, jobs),
      remedies: teamsWith(state, skill, jobs),
    };
  });
}

/** Teams off duty that have the skill and could go to one of them. */
function teamsWith(state: State, skill: Skill, jobs: readonly number[]): Remedy[] {
  const nobody = { ...state, lanes: [] };
  return teamsFor(nobody, jobs, (team) => team.skills.includes(skill)).filter(
    ({ code }) => code === 'call_team',
  );
}

function itemShortfalls(state: State): Shortfall[] {
  const { model } = state;
  return supplyItems.flatMap((item, i) => {
    const short = state.lanes
      .map((lane) => ({ lane, less: lane.demand[i]! - model.teams[lane.team]!.stock[i]! }))
      .filter(({ less }) => less > 0);
    if (short.length === 0) return [];
    const jobs = short.flatMap(({ lane }) =>
      lane.seq.filter((j) => j < model.jobCount && model.items[j * itemCount + i]! > 0),
    );
    return {
      ...none,
      what: 'items' as const,
      item,
      missing: short.reduce((sum, { less }) => sum + less, 0),
      jobIds: idsOf(model, jobs),
      remedies: short
        .slice(0, mostRemedies)
        .map(({ lane, less }) => fetchFor(state, lane.team, item, i, less)),
    };
  });
}

/** The nearest vehicle that has enough to spare; else it has to be loaded. */
function fetchFor(
  { model, lanes }: State,
  t: number,
  item: SupplyItem,
  i: number,
  less: number,
): Remedy {
  const { night, teams } = model;
  const to = teams[t]!;
  const spare = lanes
    .filter(({ team, demand }) => team !== t && teams[team]!.stock[i]! - demand[i]! >= less)
    .map(({ team }) => ({ team, far: to.seconds[teams[team]!.at * to.size + to.at] ?? Infinity }))
    .sort((a, b) => a.far - b.far || a.team - b.team)[0];
  const toTeamId = night.teams[t]!.id;
  return spare
    ? { code: 'transfer', fromTeamId: night.teams[spare.team]!.id, toTeamId, item, quantity: less }
    : { code: 'load', teamId: toTeamId, item, quantity: less };
}
