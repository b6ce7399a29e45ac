/** A plan of two teams, for tests of what shows it. */
import type { JobId, Lane, PlanStop, PlanView } from '../../shared/planning/schema.ts';
import type { PlanScene } from '../planning/scene.ts';

export const planNow = Date.parse('2026-01-05T18:00:00.000Z');
/** ISO, this many minutes after `planNow` */
export const inMinutes = (minutes: number): string =>
  new Date(planNow + minutes * 60_000).toISOString();

export const jobOf = (letter: string): JobId => `cluster:${clusterOf(letter)}`;
export const clusterOf = (letter: string): string => `0198f0c2-0000-7000-8000-00000000000${letter}`;

type Visit = Extract<PlanStop, { kind: 'visit' }>;

/** On the scene from `from` to `to`, minutes from now. */
export const visitAt = (
  letter: string,
  from: number,
  to: number,
  change: Partial<Visit> = {},
): Visit => ({
  kind: 'visit',
  jobId: jobOf(letter),
  clusterId: clusterOf(letter),
  recheckId: null,
  dispatchId: null,
  state: 'proposed',
  change: null,
  headcount: 2,
  items: [{ item: 'quilt', quantity: 2 }],
  bed: null,
  deadlineAt: null,
  reasons: [{ code: 'soonest', minutes: 9 }],
  alternatives: [],
  lon: 125.31,
  lat: 43.91,
  arriveAt: inMinutes(from),
  leaveAt: inMinutes(to),
  wayMinutes: 9,
  wayMeters: 4200,
  estimated: false,
  lateMinutes: 0,
  ...change,
});

export const laneOf = (teamId: string, stops: PlanStop[], change: Partial<Lane> = {}): Lane => ({
  teamId,
  lon: 125.3,
  lat: 43.9,
  positionAt: inMinutes(-1),
  shiftEndsAt: null,
  stops,
  ...change,
});

export const planOf = (lanes: Lane[], change: Partial<PlanView> = {}): PlanView => ({
  revision: 7,
  madeAt: inMinutes(0),
  estimated: false,
  solver: 'own',
  lanes,
  unserved: [],
  shortfalls: [],
  cost: { outside: 0, late: 0, unserved: 0, travelMinutes: 0, unevenness: 0, total: 0 },
  ...change,
});

/** North: a, then b, then a house. South: c (sent), then d, late. */
export const twoTeams = (): PlanView =>
  planOf([
    laneOf('north', [
      visitAt('a', 10, 25),
      visitAt('b', 60, 90),
      {
        kind: 'station',
        stationId: 'home',
        jobIds: [jobOf('b')],
        people: 2,
        lon: 125.4,
        lat: 43.9,
        arriveAt: inMinutes(110),
        leaveAt: inMinutes(115),
        wayMinutes: 20,
        wayMeters: 9000,
        estimated: false,
        lateMinutes: 0,
      },
    ]),
    laneOf(
      'south',
      [
        visitAt('c', 5, 20, { state: 'sent', dispatchId: clusterOf('9') }),
        visitAt('d', 50, 65, { lateMinutes: 12, deadlineAt: inMinutes(38) }),
      ],
      { shiftEndsAt: inMinutes(120) },
    ),
  ]);

const names: Record<string, string> = { north: 'North', south: 'South', home: 'Harbour House' };

export const sceneWith = (change: Partial<PlanScene> = {}): PlanScene => ({
  mayAct: true,
  team: (id) => names[id] ?? id,
  station: (id) => names[id] ?? id,
  vehicle: (id) => id,
  place: (id) => ({ text: `place ${id.slice(-1)}`, level: 3 }),
  chosenClusterId: null,
  choosePlace: () => undefined,
  ...change,
});
