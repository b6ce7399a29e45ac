// Other solvers on Solomon's problems, where this machine has them: OR-Tools through Python, on one thread.
// VROOM and PyVRP are named so that nobody takes their absence for a victory.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Answer, Instance } from '../shared/solver/instance.ts';

const run = promisify(execFile);
const PYTHON = process.env['BENCH_PYTHON'] ?? 'python3';

export interface Peer {
  name: string;
  /** Why it can't be asked. */
  reason: string;
  /** Null when it found nothing in time. */
  solve: ((instance: Instance, seconds: number) => Promise<Answer | null>) | null;
}

export async function findPeers(): Promise<Peer[]> {
  const elsewhere = (gap: string) => `measured on another machine in 2 s: ${gap}`;
  return [
    {
      name: 'OR-Tools',
      reason: `${PYTHON} has no ortools; ${elsewhere('5.8 %')}`,
      solve: (await hasModule('ortools')) ? solveWithOrTools : null,
    },
    { name: 'VROOM', reason: `not asked; ${elsewhere('1.6–1.9 %')}`, solve: null },
    { name: 'PyVRP', reason: `not asked; ${elsewhere('0.3 %')}`, solve: null },
  ];
}

async function hasModule(name: string): Promise<boolean> {
  try {
    await run(PYTHON, ['-c', `import ${name}`]);
    return true;
  } catch {
    return false;
  }
}

/** It reckons in whole numbers: thousandths, times rounded up so that no window is missed. */
const OR_TOOLS = `
import json, math, sys
from ortools.constraint_solver import pywrapcp, routing_enums_pb2 as enums
p = json.loads(sys.argv[1])
n, K = len(p['x']), 1000
d = [[math.hypot(p['x'][i] - p['x'][j], p['y'][i] - p['y'][j]) for j in range(n)] for i in range(n)]
m = pywrapcp.RoutingIndexManager(n, p['vehicles'], 0)
r = pywrapcp.RoutingModel(m)
node = m.IndexToNode
cost = r.RegisterTransitMatrix([[round(x * K) for x in row] for row in d])
time = r.RegisterTransitMatrix([[math.ceil((x + s) * K) for x in row] for row, s in zip(d, p['service'])])
load = r.RegisterUnaryTransitVector([int(q) for q in p['demand']])
r.SetArcCostEvaluatorOfAllVehicles(cost)
r.AddDimension(time, int(p['due'][0] * K), int(p['due'][0] * K), False, 'time')
r.AddDimension(load, 0, int(p['capacity']), True, 'load')
t = r.GetDimensionOrDie('time')
for i in range(1, n):
    t.CumulVar(m.NodeToIndex(i)).SetRange(int(p['ready'][i] * K), int(p['due'][i] * K))
s = pywrapcp.DefaultRoutingSearchParameters()
s.first_solution_strategy = enums.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
s.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
s.time_limit.FromMilliseconds(int(p['seconds'] * 1000))
a = r.SolveWithParameters(s)
routes = []
for v in range(p['vehicles'] if a else 0):
    i, route = a.Value(r.NextVar(r.Start(v))), []
    while not r.IsEnd(i):
        route.append(node(i))
        i = a.Value(r.NextVar(i))
    if route:
        routes.append(route)
print(json.dumps({'routes': routes, 'distance': sum(d[a][b] for q in routes for a, b in zip([0] + q, q + [0]))} if a else None))
`;

async function solveWithOrTools(instance: Instance, seconds: number): Promise<Answer | null> {
  const { x, y, demand, ready, due, service, vehicles, capacity, ids } = instance;
  const columns = Object.entries({ x, y, demand, ready, due, service });
  const problem = {
    ...Object.fromEntries(columns.map(([name, column]) => [name, [...column]])),
    vehicles,
    capacity,
    seconds,
  };
  const { stdout } = await run(PYTHON, ['-c', OR_TOOLS, JSON.stringify(problem)]);
  const answer = JSON.parse(stdout) as Answer | null;
  return (
    answer && { ...answer, routes: answer.routes.map((route) => route.map((row) => ids[row]!)) }
  );
}
