/**
 * Cold debt of a cell: people who may be outside there now × danger of the cold there and then × time since anybody
 * looked × weight of the drawn zones over it. The formula with its reasons stands in `docs/cold-cells.md`.
 */
import { notFoundHalfLifeHours } from '../presence/spread.ts';
import { unknownHour } from './cell-field.ts';
import type { CellField } from './cell-field.ts';
import { countsAtHour, dangerOf } from './rules.ts';
import type { CellStep } from './schema.ts';

/** What the debt of all cells of a field depends on beside the field; the columns run along its cells. */
export interface DebtCircumstances {
  /** now, or a later moment to be looked at; ms since 1970 */
  atMs: number;
  /** hour of the city's clock at that moment */
  hour: number;
  /** felt °C there and then; NaN in a column and null for all = not known */
  felt: Float32Array | number | null;
  /** rain, sleet or wet snow with T ≤ 3 °C there and then; 1 in a column */
  wet: Uint8Array | boolean;
  /** of `zoneWeightsOf`; null = no drawn zone counts now */
  zoneWeights: Float32Array | null;
  /** hours of the key points by cell, only for the explanation */
  keyHours?: ReadonlyMap<string, readonly { fromHour: number; toHour: number }[]>;
}

/** All factors of one cell's debt, each on its own. */
export interface CellDebt {
  score: number;
  step: CellStep;
  /** the larger of who was reported and who is expected */
  people: number;
  livePeople: number;
  /** who may have come here after not being found elsewhere, as far as not faded yet */
  likelyPeople: number;
  /** at this hour by the past of the cell and its surroundings */
  expectedPeople: number;
  danger: number;
  /** °C; null = not known */
  feltCelsius: number | null;
  wet: boolean;
  /** 0 right after a visit, towards 1 with the hours */
  neglect: number;
  zoneWeight: number;
}

export const stepThresholds = [0.25, 1, 2.5, 6] as const;

/** Hours without a visit after which 63 % of the debt is back. */
const neglectHours = 4;
/** A sighting after the last visit is owed at least this share of a visit. */
const leastAfterNewSighting = 0.5;
const hourMs = 3_600_000;

export function stepOf(score: number): CellStep {
  let step = 0;
  for (const threshold of stepThresholds) if (score >= threshold) step += 1;
  return step as CellStep;
}

const seenSinceVisit = (field: CellField, index: number): boolean =>
  field.lastVisitAtMs[index]! > 0 && field.lastSightingAtMs[index]! > field.lastVisitAtMs[index]!;

/** 0 right after a visit, towards 1 with the hours; 1 where nobody ever was. */
function neglectOf(field: CellField, index: number, atMs: number): number {
  const visitedMs = field.lastVisitAtMs[index]!;
  if (visitedMs === 0) return 1;
  const hours = Math.max(0, (atMs - visitedMs) / hourMs);
  const neglect = 1 - Math.exp(-hours / neglectHours);
  return seenSinceVisit(field, index) ? Math.max(leastAfterNewSighting, neglect) : neglect;
}

function likelyOf(field: CellField, index: number, atMs: number): number {
  const people = field.likelyPeople[index]!;
  if (people === 0) return 0;
  return (
    people *
    0.5 ** (Math.max(0, atMs - field.likelyAtMs[index]!) / (notFoundHalfLifeHours * hourMs))
  );
}

const expectedOf = (field: CellField, index: number, hour: number): number =>
  field.peak[index]! * (field.profiles[field.profileOf[index]!]?.[hour] ?? 0);

const feltOf = ({ felt }: DebtCircumstances, index: number): number =>
  felt === null ? Number.NaN : typeof felt === 'number' ? felt : felt[index]!;
const isWet = ({ wet }: DebtCircumstances, index: number): boolean =>
  typeof wet === 'boolean' ? wet : wet[index] === 1;

export function debtOf(
  field: CellField,
  index: number,
  circumstances: DebtCircumstances,
): CellDebt {
  const { atMs, hour, zoneWeights } = circumstances;
  const livePeople = field.livePeople[index]!;
  const likelyPeople = likelyOf(field, index, atMs);
  const expectedPeople = expectedOf(field, index, hour);
  const people = Math.max(livePeople + likelyPeople, expectedPeople);
  const felt = feltOf(circumstances, index);
  const feltCelsius = Number.isNaN(felt) ? null : felt;
  const wet = isWet(circumstances, index);
  const danger = dangerOf(feltCelsius, wet);
  const neglect = neglectOf(field, index, atMs);
  const zoneWeight = zoneWeights === null ? 1 : zoneWeights[index]!;
  const score = people * danger * neglect * zoneWeight;
  return {
    score,
    step: stepOf(score),
    people,
    livePeople,
    likelyPeople,
    expectedPeople,
    danger,
    feltCelsius,
    wet,
    neglect,
    zoneWeight,
  };
}

/**
 * The score of every cell, the same as `debtOf` gives one by one.
 * @param out taken instead of a new column when it is long enough
 */
export function debtsOfAll(
  field: CellField,
  circumstances: DebtCircumstances,
  out?: Float32Array,
): Float32Array {
  const count = field.cells.length;
  const debts = out && out.length >= count ? out : new Float32Array(count);
  const { atMs, hour, zoneWeights } = circumstances;
  let [lastFelt, lastWet, danger] = [Number.NaN, false, dangerOf(null)];
  for (let i = 0; i < count; i++) {
    const known = field.livePeople[i]! + likelyOf(field, i, atMs);
    const people = Math.max(known, expectedOf(field, i, hour));
    if (people === 0) {
      debts[i] = 0;
      continue;
    }
    const felt = feltOf(circumstances, i);
    const wet = isWet(circumstances, i);
    // Neighbours share their weather.
    if (!Object.is(felt, lastFelt) || wet !== lastWet) {
      danger = dangerOf(Number.isNaN(felt) ? null : felt, wet);
      [lastFelt, lastWet] = [felt, wet];
    }
    const weight = zoneWeights === null ? 1 : zoneWeights[i]!;
    debts[i] = people * danger * neglectOf(field, i, atMs) * weight;
  }
  return debts;
}

type Nothing = Record<string, never>;
/** Why a cell has its step, in the order a person would say it; the screen has the sentences. */
export type CellReason =
  | { code: 'live_people'; params: { people: number } }
  /** somebody who wasn't found nearby may be here; a fraction of people */
  | { code: 'likely_moved'; params: { people: number } }
  /** hours of the city's clock, `toHour` not included; null = no usual hours */
  | {
      code: 'seen_recently';
      params: {
        people: number;
        nights: number;
        hours: { fromHour: number; toHour: number } | null;
      };
    }
  /** more than was reported: what the past lets expect at this hour; a fraction of people */
  | { code: 'expected'; params: { people: number } }
  | { code: 'key_hours'; params: { fromHour: number; toHour: number } }
  /** of the last 28 nights: in so many somebody looked, in so many of these nobody was found */
  | { code: 'found_nobody'; params: { looked: number; nobody: number } }
  | { code: 'felt'; params: { feltCelsius: number } }
  | { code: 'felt_unknown'; params: Nothing }
  | { code: 'wet'; params: Nothing }
  | { code: 'never_visited'; params: Nothing }
  | { code: 'hours_since_visit'; params: { hours: number } }
  | { code: 'seen_since_visit'; params: Nothing }
  | { code: 'zone'; params: { weight: number } };

/** Nights over which `peopleSeen14` tells. */
const seenNights = 14;
/** Less than this share of a person is not worth a word. */
const leastWorthSaying = 0.05;

/** All three factors always have their word: who, how cold, how long nobody looked. */
export function explainDebt(
  field: CellField,
  index: number,
  circumstances: DebtCircumstances,
): CellReason[] {
  const debt = debtOf(field, index, circumstances);
  return [
    ...whoIsThere(field, index, debt),
    ...whatIsKnown(field, index, circumstances),
    ...howCold(debt),
    ...howLong(field, index, circumstances.atMs),
    ...(debt.zoneWeight === 1
      ? []
      : [{ code: 'zone' as const, params: { weight: debt.zoneWeight } }]),
  ];
}

function whoIsThere(field: CellField, index: number, debt: CellDebt): CellReason[] {
  const reasons: CellReason[] = [];
  const { livePeople, likelyPeople, expectedPeople } = debt;
  if (livePeople > 0) reasons.push({ code: 'live_people', params: { people: livePeople } });
  if (likelyPeople >= leastWorthSaying)
    reasons.push({ code: 'likely_moved', params: { people: likelyPeople } });
  const people = field.peopleSeen14[index]!;
  if (people > 0) {
    const [fromHour, toHour] = [field.usualFrom[index]!, field.usualTo[index]!];
    const hours = fromHour === unknownHour || toHour === unknownHour ? null : { fromHour, toHour };
    reasons.push({ code: 'seen_recently', params: { people, nights: seenNights, hours } });
  }
  const expectedMost = expectedPeople > livePeople + likelyPeople;
  if (reasons.length === 0 || (expectedMost && expectedPeople >= leastWorthSaying))
    reasons.push({ code: 'expected', params: { people: expectedPeople } });
  return reasons;
}

function whatIsKnown(
  field: CellField,
  index: number,
  { keyHours, hour }: DebtCircumstances,
): CellReason[] {
  const reasons: CellReason[] = [];
  const counting = keyHours?.get(field.cells[index]!)?.find((hours) => countsAtHour(hours, hour));
  if (counting) {
    const { fromHour, toHour } = counting;
    reasons.push({ code: 'key_hours', params: { fromHour, toHour } });
  }
  const nobody = field.nightsFoundNobody[index]!;
  if (nobody > 0) {
    const looked = field.nightsLooked[index]!;
    reasons.push({ code: 'found_nobody', params: { looked, nobody } });
  }
  return reasons;
}

function howCold({ feltCelsius, wet }: CellDebt): CellReason[] {
  const felt: CellReason =
    feltCelsius === null
      ? { code: 'felt_unknown', params: {} }
      : { code: 'felt', params: { feltCelsius } };
  return wet ? [felt, { code: 'wet', params: {} }] : [felt];
}

function howLong(field: CellField, index: number, atMs: number): CellReason[] {
  const visitedMs = field.lastVisitAtMs[index]!;
  if (visitedMs === 0) return [{ code: 'never_visited', params: {} }];
  const hours = Math.max(0, (atMs - visitedMs) / hourMs);
  const since: CellReason = { code: 'hours_since_visit', params: { hours } };
  return seenSinceVisit(field, index) ? [since, { code: 'seen_since_visit', params: {} }] : [since];
}
