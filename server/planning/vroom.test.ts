import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Night } from '../../shared/planning/night.ts';
import { planningSettingsSchema } from '../../shared/planning/schema.ts';
import { randomNight } from '../../shared/planning/testing/make-night.ts';
import { answerQuestion } from './answer-question.ts';
import { makePlan } from './make-plan.ts';
import { fromVroom, toVroom } from './vroom.ts';
import type { VroomAnswer, VroomProblem } from './vroom.ts';
import { VroomPeer } from './vroom-server.ts';

type Vehicle = VroomProblem['vehicles'][number];
interface Route {
  vehicle: Vehicle;
  at: number;
  time: number;
  steps: { type: string; id?: number; arrival: number }[];
}

/** As VROOM checks its input: whole numbers, indices inside the matrix, each id once, a matrix for each profile. */
function requireValid({ vehicles, jobs, shipments, matrices }: VroomProblem): void {
  const once = (name: string, ids: number[]) => {
    if (new Set(ids).size !== ids.length) throw new Error(`an id of ${name} is there twice`);
  };
  once(
    'vehicles',
    vehicles.map(({ id }) => id),
  );
  once(
    'jobs',
    jobs.map(({ id }) => id),
  );
  once(
    'pickups',
    shipments.map(({ pickup }) => pickup.id),
  );
  once(
    'deliveries',
    shipments.map(({ delivery }) => delivery.id),
  );
  const whole = (value: unknown): void => {
    if (typeof value === 'number' && !(Number.isInteger(value) && value >= 0))
      throw new Error(`${value} is no whole number`);
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(whole);
  };
  whole({ vehicles, jobs, shipments, matrices });
  const windows = [
    ...vehicles.map(({ time_window }) => time_window),
    ...[...jobs, ...shipments.map(({ pickup }) => pickup)].flatMap((p) => p.time_windows ?? []),
  ];
  for (const [from, until] of windows) if (from > until) throw new Error('a window ends first');
  for (const { profile, start_index } of vehicles) {
    const rows = matrices[profile]?.durations;
    if (!rows || rows.length <= start_index) throw new Error(`no matrix for ${profile}`);
    if (rows.some((row) => row.length !== rows.length)) throw new Error('a matrix is not square');
  }
  for (const { priority } of [...jobs, ...shipments])
    if (priority > 100) throw new Error('a priority is above 100');
}

/** One after another, the most urgent first, each to the vehicle that is there soonest; as faithful as greed can be. */
function solveGreedily(problem: VroomProblem): VroomAnswer & { unassigned: { id: number }[] } {
  requireValid(problem);
  const routes: Route[] = problem.vehicles.map((vehicle) => ({
    vehicle,
    at: vehicle.start_index,
    time: vehicle.time_window[0],
    steps: [{ type: 'start', arrival: vehicle.time_window[0] }],
  }));
  const wayOf = ({ vehicle, at }: Route, to: number) =>
    problem.matrices[vehicle.profile]!.durations[at]![to]!;
  const tasks = [
    ...problem.jobs.map((job) => ({ ...job, amount: [0, 0] as const, pickup: null, end: null })),
    ...problem.shipments.map((shipment) => ({
      ...shipment,
      ...shipment.pickup,
      end: shipment.delivery,
    })),
  ].toSorted((a, b) => b.priority - a.priority);
  const unassigned: { id: number }[] = [];
  for (const task of tasks) {
    const [from, until] = task.time_windows?.[0] ?? [0, Infinity];
    const tries = routes
      .filter(({ vehicle }) => task.skills.every((skill) => vehicle.skills.includes(skill)))
      .filter(({ vehicle }) => task.amount.every((n, i) => n <= vehicle.capacity[i]!))
      .map((route) => {
        const begin = Math.max(route.time + wayOf(route, task.location_index), from);
        const left = begin + task.service;
        const there = { ...route, at: task.location_index };
        const house = task.end && left + wayOf(there, task.end.location_index);
        const over = task.end ? house! + task.end.service : left;
        return { route, begin, house, over };
      })
      .filter(({ begin, over, route }) => begin <= until && over <= route.vehicle.time_window[1])
      .toSorted((a, b) => a.begin - b.begin);
    const [best] = tries;
    if (!best) {
      unassigned.push({ id: task.id });
      continue;
    }
    const { route, begin, house, over } = best;
    route.steps.push({ type: task.end ? 'pickup' : 'job', id: task.id, arrival: begin });
    if (task.end) route.steps.push({ type: 'delivery', id: task.end.id, arrival: house! });
    route.at = task.end?.location_index ?? task.location_index;
    route.time = over;
  }
  for (const { vehicle, steps } of routes)
    for (const { id, time_windows } of vehicle.breaks ?? [])
      steps.push({ type: 'break', id, arrival: time_windows[0]![0] });
  return {
    code: 0,
    unassigned,
    routes: routes.map(({ vehicle, steps }) => ({ vehicle: vehicle.id, steps })),
  };
}

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
/** A server that speaks VROOM's interface, and what it was asked. */
async function greedyServer() {
  const asked: VroomProblem[] = [];
  const url = await listen((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const say = (status: number, answer: unknown) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer));
      try {
        asked.push(JSON.parse(Buffer.concat(parts).toString()) as VroomProblem);
        say(200, solveGreedily(asked.at(-1)!));
      } catch (error) {
        say(400, { code: 2, error: String(error) });
      }
    });
  });
  return { url, asked };
}
const nights = (seeds: number): Night[] =>
  Array.from({ length: seeds }, (_, seed) =>
    randomNight({ teams: 6, jobs: 25, stations: 3, seed: seed + 1 }),
  );
const withUrl = (night: Night, vroomUrl: string): Night => ({
  ...night,
  settings: planningSettingsSchema.parse({ vroomUrl }),
});
const silent = () => undefined;
/** Asked in this thread: the same answers without one. */
const thread = {
  ask: async (question: Parameters<typeof answerQuestion>[0]) => answerQuestion(question),
};
const wanted = { previous: null, lookOver: false, budgetMs: 50, revision: 3 };

describe('a VROOM server in the place of our solver', () => {
  it('is asked in its own words, and its answer keeps all rules of ours', async () => {
    const { url, asked } = await greedyServer();
    const peer = new VroomPeer(silent);
    for (const night of nights(25)) {
      const theirs = await peer.plan(url, night);
      expect(theirs).not.toBeNull();
      const made = await makePlan(
        { log: silent, thread, peer: new VroomPeer(silent) },
        { night: withUrl(night, url), ...wanted },
      );
      expect(made.problems).toEqual([]);
      expect(made.view).toMatchObject({ solver: 'vroom', revision: 3 });
    }
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.some(({ shipments }) => shipments.length > 0)).toBe(true);
    expect(asked.some(({ vehicles }) => vehicles.some(({ breaks }) => breaks))).toBe(true);
  });

  it('does not hear of what was sent, and finds each crew where its task ends', () => {
    for (const night of nights(10)) {
      const { problem, beginnings } = toVroom(night);
      const sent = night.teams.flatMap((team) => team.sent.map(({ jobId }) => jobId));
      const told = [...problem.jobs, ...problem.shipments.map(({ pickup }) => pickup)];
      expect(told.map(({ id }) => night.jobs[id]!.id).filter((id) => sent.includes(id))).toEqual(
        [],
      );
      night.teams.forEach((team, t) => {
        const last = team.sent.at(-1);
        if (!last) return;
        const job = night.jobs.find(({ id }) => id === last.jobId)!;
        // Who brings somebody in begins at the house.
        const house = [last.hold, ...team.aboard].some(Boolean);
        if (!house) expect(beginnings[t]!.place).toBe(job.at);
        expect(beginnings[t]!.stops[0]).toMatchObject({ kind: 'visit', jobId: last.jobId });
      });
    }
  });

  it('may not give a job to whom people ruled out, nor take it from whom they chose', async () => {
    const { url } = await greedyServer();
    for (const night of nights(10)) {
      const sent = new Set(night.teams.flatMap((team) => team.sent.map(({ jobId }) => jobId)));
      const free = night.jobs.filter(({ id }) => !sent.has(id));
      const able = night.teams.filter(({ unable }) => unable === null);
      const [chosen, ...others] = able;
      if (!chosen) continue;
      Object.assign(free[0]!, { beds: null, skills: [], wheelchair: false });
      free[0]!.pinned = { teamId: chosen.id, beforeJobId: null };
      free[1]!.declined = others.map(({ id }) => id);
      const plan = (await new VroomPeer(silent).plan(url, night))!;
      for (const { teamId, stops } of plan.lanes)
        for (const stop of stops)
          if (stop.kind === 'visit' && [free[0]!.id, free[1]!.id].includes(stop.jobId))
            expect(teamId).toBe(chosen.id);
    }
  });

  it('gets no bed twice', () => {
    for (const night of nights(20)) {
      const { beds } = toVroom(night);
      for (const station of night.stations)
        for (const [kind, free] of Object.entries(station.free)) {
          const taken = night.jobs.reduce((sum, job, j) => {
            const bed = beds[j];
            return bed?.stationId === station.id && bed.kind === kind
              ? sum + job.beds!.places
              : sum;
          }, 0);
          expect(taken).toBeLessThanOrEqual(free);
        }
    }
  });

  it('leaves to us what it did not place', () => {
    const [night] = nights(1);
    const translation = toVroom(night!);
    const plan = fromVroom(night!, translation, { code: 0, routes: [] });
    const sent = new Set(night!.teams.flatMap((team) => team.sent.map(({ jobId }) => jobId)));
    expect(plan.unserved).toHaveLength(night!.jobs.length - sent.size);
    const adopted = answerQuestion({ kind: 'adopt', night: night!, plan, revision: 1 });
    expect(adopted).toMatchObject({ kind: 'made', made: { problems: [] } });
  });
});

describe('a VROOM server that is of no use', () => {
  const [night] = nights(1);
  async function ownPlanWith(url: string) {
    const lines: string[] = [];
    const log = (_level: string, message: string) => void lines.push(message);
    const peer = new VroomPeer(log);
    const made = await makePlan({ log, thread, peer }, { night: withUrl(night!, url), ...wanted });
    return { made, lines, peer };
  }
  const said = ['the VROOM server gave no plan; ours is used'];

  it('is said once and left alone for a while; the plan is ours', async () => {
    let calls = 0;
    const url = await listen((_request, response) => {
      calls += 1;
      response.writeHead(500).end('{"code":1,"error":"internal"}');
    });
    const { made, lines, peer } = await ownPlanWith(url);
    expect(made.view.solver).toBe('own');
    expect(made.problems).toEqual([]);
    expect(await peer.plan(url, night!)).toBeNull();
    expect(lines).toEqual(said);
    expect(calls).toBe(1);
  });

  it.each([
    ['an address that nobody listens at', 'http://127.0.0.1:1/'],
    ['no web address', 'file:///etc/passwd'],
    ['no address at all', 'vroom'],
  ])('may be %s', async (_what, url) => {
    const { made, lines } = await ownPlanWith(url);
    expect(made.view.solver).toBe('own');
    expect(lines).toEqual(said);
  });

  it('may answer what is no plan, send us elsewhere, or say nothing', async () => {
    const nonsense = await listen((_request, response) => response.end('{"code":0}'));
    expect((await ownPlanWith(nonsense)).lines).toEqual(said);
    const elsewhere = await listen((_request, response) =>
      response.writeHead(307, { location: nonsense }).end(),
    );
    expect((await ownPlanWith(elsewhere)).lines).toEqual(said);
    const mute = await listen(() => undefined);
    const { made, lines } = await ownPlanWith(mute);
    expect(made.view.solver).toBe('own');
    expect(lines).toEqual(said);
  });
});
