/** Teams on duty as the planner sees them: where they are, what they drive, carry and are bound to. */
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import type { NightTeam } from '../../shared/planning/night.ts';
import type { HoldView } from '../../shared/stations/schema.ts';
import type { SupplyItem } from '../../shared/supplies/schema.ts';
import type { NightFacts } from './facts.ts';
import type { PlacedJob } from './jobs.ts';
import { jobIdOf } from './queries.ts';

export type PlacedTeam = Omit<NightTeam, 'at'> & { position: Position };

const minuteMs = 60_000;
/** A team on scene is never free sooner than this, however long it is there: or places wait for it in vain. */
const leastLeftMinutes = 5;
/** Teams off duty that are tried, where somebody is lacking: each has its own ways. */
const mostSpare = 6;

/** Those on duty, those that are bound to a dispatch although they are not, and some that could be called. */
export function crewsOf(facts: NightFacts, jobs: readonly PlacedJob[]): PlacedTeam[] {
  const service = new Map(jobs.map(({ id, serviceMinutes }) => [id, serviceMinutes]));
  const boundTo = (team: TeamView) => facts.dispatches.filter(({ teamId }) => teamId === team.id);
  const crews = facts.teams.flatMap((team) => {
    const bound = boundTo(team);
    return isThere(facts, team) ? [crewOf(facts, team, bound, service)] : [];
  });
  const drives = new Set(
    facts.vehicles.filter(({ state }) => state !== 'broken').map(({ teamId }) => teamId),
  );
  const spare = facts.teams.filter((team) => !isThere(facts, team) && drives.has(team.id));
  return [...crews, ...spare.slice(0, mostSpare).map((team) => crewOf(facts, team, [], service))];
}

const isThere = (facts: NightFacts, team: TeamView): boolean =>
  team.onDuty ||
  facts.dispatches.some(({ teamId }) => teamId === team.id) ||
  facts.holds.some(({ teamId, encounterId }) => teamId === team.id && encounterId !== null);

/** Teams that nobody has told anything tonight. */
export const spareTeamIds = (facts: NightFacts): string[] =>
  facts.teams.filter((team) => !isThere(facts, team)).map(({ id }) => id);

function crewOf(
  facts: NightFacts,
  team: TeamView,
  bound: readonly DispatchView[],
  service: ReadonlyMap<string, number>,
): PlacedTeam {
  const now = Date.parse(facts.now);
  const vehicle = facts.vehicles.find(({ teamId }) => teamId === team.id);
  const stock = facts.stocks.find(({ store }) => store.kind === 'team' && store.id === team.id);
  const seen = facts.positions.find(({ teamId }) => teamId === team.id);
  const holds = facts.holds.filter(({ teamId }) => teamId === team.id);
  const scene = bound.find(({ state }) => state === 'on_scene');
  // A second team at a place where another is the main one does what that one does: it is there until it is over.
  const [support] = bound.filter(({ supporting }) => supporting);
  const on = scene ?? support;
  const breakFrom = team.breakFromAt === null ? null : Date.parse(team.breakFromAt);
  const breakEnd = breakFrom === null ? 0 : breakFrom + team.breakMinutes * minuteMs;
  const resting = breakFrom !== null && breakFrom <= now && now < breakEnd;
  const serves = on ? (service.get(jobIdOf(on)) ?? 0) * minuteMs : 0;
  const visitEnd = on
    ? Math.max(now + leastLeftMinutes * minuteMs, Date.parse(on.onSceneAt ?? facts.now) + serves)
    : now;
  return {
    id: team.id,
    position: on?.target ?? (seen ? { lon: seen.lon, lat: seen.lat } : facts.center),
    positionAt: on?.state === 'on_scene' ? now : seen ? Date.parse(seen.at) : 0,
    mode: vehicle?.mode ?? 'foot',
    vehicleId: vehicle?.id ?? null,
    freeAt: resting ? Math.max(visitEnd, breakEnd) : visitEnd,
    shiftEndsAt: team.shiftEndsAt === null ? null : Date.parse(team.shiftEndsAt),
    breakFrom: breakFrom !== null && breakFrom > now ? breakFrom : null,
    breakMinutes: breakFrom !== null && breakFrom > now ? team.breakMinutes : 0,
    skills: team.skills,
    seats: vehicle?.seats ?? 0,
    wheelchairs: vehicle?.wheelchairs ?? 0,
    aboard: aboardOf(facts, holds),
    stock: Object.fromEntries(
      (stock?.levels ?? []).map(({ item, quantity }) => [item, quantity]),
    ) as Partial<Record<SupplyItem, number>>,
    sent: bound
      .filter(({ supporting }) => !supporting)
      .map((dispatch) => sentOf(dispatch, facts.holds)),
    unable: vehicle?.state === 'broken' ? 'vehicle_broken' : team.onDuty ? null : 'off_duty',
  };
}

/** Who is in the vehicle is known by the places that are kept for them. */
function aboardOf(facts: NightFacts, holds: readonly HoldView[]): PlacedTeam['aboard'] {
  return holds
    .filter(({ encounterId, clusterId }) => encounterId !== null && clusterId !== null)
    .map(({ clusterId, dispatchId, places, stationId, kind }) => ({
      jobId: jobIdOf({
        clusterId: clusterId!,
        recheckId: facts.dispatches.find(({ id }) => id === dispatchId)?.recheckId ?? null,
      }),
      people: places,
      stationId,
      wheelchair: kind === 'wheelchair',
    }));
}

function sentOf(
  dispatch: DispatchView,
  holds: readonly HoldView[],
): NonNullable<PlacedTeam['sent'][number]> {
  const hold = holds.find(
    ({ dispatchId, encounterId }) => dispatchId === dispatch.id && encounterId === null,
  );
  return {
    jobId: jobIdOf(dispatch),
    dispatchId: dispatch.id,
    underway: dispatch.state === 'en_route' || dispatch.state === 'on_scene',
    onScene: dispatch.state === 'on_scene',
    holdId: hold?.id ?? null,
    hold: hold ? { stationId: hold.stationId, kind: hold.kind, places: hold.places } : null,
  };
}
