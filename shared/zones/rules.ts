/**
 * Cold debt of an H3 cell: people × danger of the felt temperature × time without a visit × weight of
 * the drawn zones over it. The formula with its reasons stands in `docs/cold-cells.md`.
 */
import { cellToLatLng, cellToParent } from 'h3-js';
import { pointInPolygon } from '../geo/point-in-polygon.ts';
import { publicCellResolution } from './resolutions.ts';
import type { CellStep, ColdCellView, PublicCell, ZoneView } from './schema.ts';

export type CellFacts = Omit<ColdCellView, 'cell'>;

export interface CellCircumstances {
  /** null = no night is declared */
  feltCelsius: number | null;
  /** ISO-8601 */
  now: string;
  /** of the zones over the cell that count now; 1 without any */
  zoneWeight: number;
  /** rain, sleet or wet snow with T ≤ 3 °C */
  wet?: boolean;
}

export const stepThresholds = [0.25, 1, 2.5, 6] as const;

/** A sighting per night for a week counts as one person who may be here tonight, two at the most. */
const nightsForOnePerson = 7;
const mostExpectedPeople = 2;
/** Hours without a visit after which 63 % of the debt is back. */
const neglectHours = 4;
/** A sighting after the last visit is owed at least this share of a visit. */
const leastAfterNewSighting = 0.5;

/** Felt °C → factor; straight between the knots, which are the bounds of the wind-chill bands. */
const dangerKnots: readonly (readonly [number, number])[] = [
  [15, 0.25],
  [5, 0.75],
  [0, 1],
  [-10, 2],
  [-28, 3.5],
  [-40, 5],
  [-48, 6],
  [-55, 8],
];
/** Wet through near zero kills as a dry −10 °C does. */
const wetFeltCelsius = -10;

/** Factor of a felt temperature, 0.25–8, never smaller when it is colder; 1 while no night is declared. */
export function dangerOf(feltCelsius: number | null, wet = false): number {
  const felt = feltCelsius ?? 0;
  const counted = wet ? Math.min(felt, wetFeltCelsius) : felt;
  let [warmer, before] = dangerKnots[0]!;
  if (counted >= warmer) return before;
  for (const [colder, factor] of dangerKnots) {
    if (counted >= colder) {
      return before + ((warmer - counted) / (warmer - colder)) * (factor - before);
    }
    [warmer, before] = [colder, factor];
  }
  return before;
}

/** People here now, and those to be expected from the last 14 nights. */
export const expectedPeople = (facts: CellFacts): number =>
  facts.livePeople + Math.min(mostExpectedPeople, facts.recentSightings / nightsForOnePerson);

const seenSinceVisit = (facts: CellFacts): boolean =>
  facts.lastVisitAt !== null &&
  facts.lastSightingAt !== null &&
  facts.lastSightingAt > facts.lastVisitAt;

/** 0 right after a visit, towards 1 with the hours; 1 where nobody ever was. */
export function neglectOf(facts: CellFacts, now: string): number {
  if (facts.lastVisitAt === null) return 1;
  const hours = Math.max(0, (Date.parse(now) - Date.parse(facts.lastVisitAt)) / 3_600_000);
  const neglect = 1 - Math.exp(-hours / neglectHours);
  return seenSinceVisit(facts) ? Math.max(leastAfterNewSighting, neglect) : neglect;
}

export function cellScore(facts: CellFacts, circumstances: CellCircumstances): number {
  return (
    expectedPeople(facts) *
    dangerOf(circumstances.feltCelsius, circumstances.wet) *
    neglectOf(facts, circumstances.now) *
    circumstances.zoneWeight
  );
}

export function stepOf(score: number): CellStep {
  let step = 0;
  for (const threshold of stepThresholds) if (score >= threshold) step += 1;
  return step as CellStep;
}

/** Why a cell has its step, in the order a person would say it; the screen has the sentences. */
export type CellReason =
  | { code: 'live_people'; params: { people: number } }
  | { code: 'recent_sightings'; params: { sightings: number } }
  | { code: 'felt'; params: { feltCelsius: number } }
  | { code: 'no_night'; params: Record<string, never> }
  | { code: 'never_visited'; params: Record<string, never> }
  | { code: 'hours_since_visit'; params: { hours: number } }
  | { code: 'seen_since_visit'; params: Record<string, never> }
  | { code: 'zone'; params: { weight: number } };

export function explainCell(
  facts: CellFacts,
  circumstances: CellCircumstances,
): { score: number; step: CellStep; reasons: CellReason[] } {
  const score = cellScore(facts, circumstances);
  const reasons: CellReason[] = [];
  if (facts.livePeople > 0) {
    reasons.push({ code: 'live_people', params: { people: facts.livePeople } });
  }
  if (facts.recentSightings > 0) {
    reasons.push({ code: 'recent_sightings', params: { sightings: facts.recentSightings } });
  }
  reasons.push(
    circumstances.feltCelsius === null
      ? { code: 'no_night', params: {} }
      : { code: 'felt', params: { feltCelsius: circumstances.feltCelsius } },
  );
  if (facts.lastVisitAt === null) reasons.push({ code: 'never_visited', params: {} });
  else {
    const hours = (Date.parse(circumstances.now) - Date.parse(facts.lastVisitAt)) / 3_600_000;
    reasons.push({ code: 'hours_since_visit', params: { hours: Math.max(0, hours) } });
    if (seenSinceVisit(facts)) reasons.push({ code: 'seen_since_visit', params: {} });
  }
  if (circumstances.zoneWeight !== 1) {
    reasons.push({ code: 'zone', params: { weight: circumstances.zoneWeight } });
  }
  return { score, step: stepOf(score), reasons };
}

/** Whether a zone counts at this local hour; its hours may run over midnight, equal ends are the whole day. */
export function countsAtHour(zone: Pick<ZoneView, 'fromHour' | 'toHour'>, hour: number): boolean {
  if (zone.fromHour === zone.toHour) return true;
  return zone.fromHour < zone.toHour
    ? hour >= zone.fromHour && hour < zone.toHour
    : hour >= zone.fromHour || hour < zone.toHour;
}

export function localHour(now: string, timeZone: string): number {
  const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone });
  return Number(hour.format(new Date(now)));
}

/** The greatest weight of the zones that hold the cell's centre and count at this hour; 1 without any. */
export function zoneWeightAt(cell: string, zones: readonly ZoneView[], hour: number): number {
  const counting = zones.filter((zone) => !zone.removed && countsAtHour(zone, hour));
  if (counting.length === 0) return 1;
  const [lat, lon] = cellToLatLng(cell);
  const weights = counting
    .filter((zone) => pointInPolygon({ lon, lat }, zone.boundary))
    .map((zone) => zone.weight);
  return weights.length === 0 ? 1 : Math.max(...weights);
}

/** What the public may see: the highest step within each cell of resolution 7, and nothing of the rest. */
export function publicCells(
  cells: readonly ColdCellView[],
  circumstancesOf: (cell: string) => CellCircumstances,
): PublicCell[] {
  const steps = new Map<string, CellStep>();
  for (const facts of cells) {
    const step = stepOf(cellScore(facts, circumstancesOf(facts.cell)));
    if (step === 0) continue;
    const parent = cellToParent(facts.cell, publicCellResolution);
    steps.set(parent, Math.max(step, steps.get(parent) ?? 0) as CellStep);
  }
  return [...steps]
    .map(([cell, step]) => ({ cell, step }))
    .sort((a, b) => (a.cell < b.cell ? -1 : 1));
}
