/**
 * Which streets a track ran along: the most likely sequence of places on edges, by how far each lies from its fix and
 * how well the way between two of them fits the straight line (Newson and Krumm 2009).
 */
import { longestGapMs, metersBetween } from './fixes.ts';
import type { Fix } from './fixes.ts';
import { edgesNear } from './street-network.ts';
import type { OnEdge, StreetNetwork } from './street-network.ts';
import type { Stretch } from './stretches.ts';
import { farthestMeters } from './ways-around.ts';

/** A fix farther from every street is in a yard, a park or a house. */
const reachMeters = 35;
const mostCandidates = 5;
/** Fixes nearer together than this say nothing new of the street. */
const leastStepMeters = 20;
/** Between fixes farther apart than this nobody knows the way. */
const longestStepMeters = 600;
/** Metres by which a way may be longer than the straight line, at the price of one standard deviation or so. */
const detourMeters = 12;

/** What was covered between two fixes; `at` is the time of the later one. */
export interface CoveredStep {
  at: number;
  stretches: Stretch[];
}

interface Candidate extends OnEdge {
  cost: number;
  /** the candidate before it and the way from there; null at the start of a chain */
  before: Candidate | null;
  way: Way | null;
}
/** From one place on an edge to another; without junctions along the one edge both lie on. */
interface Way {
  meters: number;
  leaveBy: number;
  enterBy: number;
}

export function matchTrack(network: StreetNetwork, fixes: readonly Fix[]): CoveredStep[] {
  const steps: CoveredStep[] = [];
  let chain: { fix: Fix; candidates: Candidate[] }[] = [];
  const end = () => {
    steps.push(...stepsOf(network, chain));
    chain = [];
  };
  let last: Fix | null = null;
  let heardAt = 0;
  for (const fix of fixes) {
    const straight: number = last ? metersBetween(last, fix) : Infinity;
    if (fix.at - heardAt > longestGapMs || straight > longestStepMeters) end();
    else if (straight < leastStepMeters) {
      heardAt = fix.at;
      continue;
    }
    heardAt = fix.at;
    last = fix;
    const candidates = candidatesOf(network, fix);
    if (candidates.length === 0) {
      end();
      continue;
    }
    const before = chain.at(-1);
    const joined = before ? join(network, before.candidates, candidates, straight) : candidates;
    if (joined.length === 0) end();
    chain.push({ fix, candidates: joined.length > 0 ? joined : candidates });
  }
  end();
  return steps;
}

function candidatesOf(network: StreetNetwork, fix: Fix): Candidate[] {
  // A phone's accuracy is a radius that holds two times out of three.
  const deviation = Math.min(20, Math.max(6, fix.accuracyMeters * 0.7));
  return edgesNear(network, fix.lon, fix.lat, reachMeters)
    .slice(0, mostCandidates)
    .map((on) => ({
      ...on,
      cost: 0.5 * (on.awayMeters / deviation) ** 2,
      before: null,
      way: null,
    }));
}

/** Each candidate with the best one before it; those that can't be reached are left out. */
function join(
  network: StreetNetwork,
  before: readonly Candidate[],
  candidates: readonly Candidate[],
  straight: number,
): Candidate[] {
  const longest = Math.min(farthestMeters, 2.5 * straight + 80);
  return candidates.flatMap((candidate) => {
    let best: Candidate | null = null;
    for (const earlier of before) {
      const way = wayBetween(network, earlier, candidate, longest);
      if (!way) continue;
      const cost = earlier.cost + candidate.cost + Math.abs(way.meters - straight) / detourMeters;
      if (best === null || cost < best.cost) best = { ...candidate, cost, before: earlier, way };
    }
    return best === null ? [] : [best];
  });
}

function wayBetween(
  network: StreetNetwork,
  a: OnEdge,
  b: OnEdge,
  longestMeters: number,
): Way | null {
  if (a.edge === b.edge)
    return { meters: Math.abs(a.alongMeters - b.alongMeters), leaveBy: -1, enterBy: -1 };
  let best: Way | null = null;
  for (const leaveBy of [network.edgeFrom[a.edge]!, network.edgeTo[a.edge]!]) {
    const leave = metersTo(network, a, leaveBy);
    if (leave > longestMeters) continue;
    const ways = network.ways.from(leaveBy, longestMeters);
    for (const enterBy of [network.edgeFrom[b.edge]!, network.edgeTo[b.edge]!]) {
      const between = ways.meters.get(enterBy);
      if (between === undefined) continue;
      const meters = leave + between + metersTo(network, b, enterBy);
      if (meters <= longestMeters && (best === null || meters < best.meters))
        best = { meters, leaveBy, enterBy };
    }
  }
  return best;
}

/** Along its edge to a junction at one of its ends. */
const metersTo = (network: StreetNetwork, on: OnEdge, junction: number): number =>
  network.edgeFrom[on.edge] === junction
    ? on.alongMeters
    : network.edgeMeters[on.edge]! - on.alongMeters;

function stepsOf(
  network: StreetNetwork,
  chain: readonly { fix: Fix; candidates: Candidate[] }[],
): CoveredStep[] {
  const [first, ...rest] = chain.at(-1)?.candidates ?? [];
  if (!first) return [];
  const steps: CoveredStep[] = [];
  let at: Candidate = rest.reduce((best, next) => (next.cost < best.cost ? next : best), first);
  for (let i = chain.length - 1; i > 0 && at.before; i -= 1, at = at.before)
    steps.push({ at: chain[i]!.fix.at, stretches: stretchesOf(network, at.before, at) });
  return steps.reverse();
}

function stretchesOf(network: StreetNetwork, from: Candidate, to: Candidate): Stretch[] {
  const { leaveBy, enterBy, meters } = to.way!;
  if (leaveBy < 0) return stretch(from.edge, from.alongMeters, to.alongMeters);
  const ways = network.ways.from(leaveBy, meters);
  const whole = network.ways.edgesTo(ways, enterBy);
  return [
    ...stretch(from.edge, from.alongMeters, endOf(network, from.edge, leaveBy)),
    ...whole.flatMap((edge) => stretch(edge, 0, network.edgeMeters[edge]!)),
    ...stretch(to.edge, endOf(network, to.edge, enterBy), to.alongMeters),
  ];
}

const endOf = (network: StreetNetwork, edge: number, junction: number): number =>
  network.edgeFrom[edge] === junction ? 0 : network.edgeMeters[edge]!;

/** To the decimetre, as they are kept. */
function stretch(edge: number, a: number, b: number): Stretch[] {
  const from = Math.round(Math.min(a, b) * 10) / 10;
  const to = Math.round(Math.max(a, b) * 10) / 10;
  return from < to ? [[edge, from, to]] : [];
}
