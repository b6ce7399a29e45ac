/** From what the tables hold to what is known of the weather at a moment: pure, so that every screen says the same. */
import type { Position } from '../../shared/geo/position.ts';
import {
  endOf,
  floorToHour,
  hourAt,
  hourMs,
  seriesOf,
  untold,
} from '../../shared/weather/hours.ts';
import type { HourTold } from '../../shared/weather/measures.ts';
import { contradiction, mergeSeries, overruled } from '../../shared/weather/merge.ts';
import type {
  HandHour,
  HourSeries,
  SourceFault,
  SourceView,
  WarningView,
  WeatherNews,
  WeatherPoint,
  WeatherView,
} from '../../shared/weather/schema.ts';
import { isCounted, sourceState } from '../../shared/weather/source-state.ts';
import { metersBetween, weatherOfCity } from '../../shared/weather/where.ts';
import { cityPastHours, countedOf, toldMsAt } from './stored-hours.ts';
import type { StoredHours } from './stored-hours.ts';

export type SourceRow = Omit<SourceView, 'state'> & { toldAt: string | null };
export type PointRow = Omit<WeatherPoint, 'hours'> & { hours: StoredHours };
export type HandRow = HandHour & { typedAt: string };
export type PastRow = HourTold & { at: string };

export interface WeatherRows {
  now: string;
  center: Position;
  sources: SourceRow[];
  points: PointRow[];
  /** in force or about to be */
  warnings: WarningView[];
  /** of the last four days and all later ones, in order */
  hand: HandRow[];
  /** the city's hours of the last four days as they were kept, in order */
  past: PastRow[];
}

export interface Weather {
  view: Omit<WeatherView, 'revision'>;
  news: Omit<WeatherNews, 'revision'>;
  /** the first of the hours to come that is told by old words alone; null: none is */
  oldFrom: string | null;
}

export function assemble(rows: WeatherRows): Weather {
  const nowMs = Date.parse(rows.now);
  const typed = handSeries(rows.hand);
  const sources = rows.sources.map((source) => viewOfSource(source, typed, rows.hand, nowMs));
  const counted = new Set(sources.filter(({ state }) => isCounted(state)).map(({ id }) => id));
  const own = rows.points
    .filter(({ sourceId }) => counted.has(sourceId))
    .map((point) => ({ ...point, hours: countedOf(point.hours, nowMs), kept: point.hours }));
  const points = own.map(({ kept: _kept, ...point }) => point);
  const words = wordsOf(own, rows.center);
  const told = mergeSeries([...words.values()].map(({ hours }) => hours));
  const city = cityHours(told, typed, rows.past, nowMs);
  addContradictions(sources, words, nowMs);
  const telling: Telling = { nowMs, city, words, typed, hand: rows.hand, sources };
  return {
    view: {
      city,
      points: [...points, ...handPoint(sources, rows, typed)],
      warnings: rows.warnings,
      sources: sources.map(({ toldAt: _toldAt, ...source }) => source),
    },
    news: newsOf(telling),
    oldFrom: oldFromOf(telling),
  };
}

type Source = SourceView & { toldAt: string | null };

function viewOfSource(
  source: SourceRow,
  typed: HourSeries | null,
  hand: readonly HandRow[],
  nowMs: number,
): Source {
  if (source.kind !== 'hand')
    return { ...source, faults: [...source.faults], state: sourceState(source, nowMs) };
  // Nobody is asked, so nothing is late: it tells, or it tells of the past alone.
  const tells = typed !== null && endOf(typed) > floorToHour(nowMs);
  const toldAt = hand.map(({ typedAt }) => typedAt).reduce((a, b) => (a > b ? a : b), '') || null;
  return { ...source, faults: [], toldAt, lastAnswerAt: toldAt, state: tells ? 'fresh' : 'off' };
}

function handSeries(hand: readonly HandRow[]): HourSeries | null {
  const [first] = hand;
  if (first === undefined) return null;
  const from = Date.parse(first.at);
  const byHour = new Map(hand.map((row) => [Date.parse(row.at), row]));
  const count = (Date.parse(hand.at(-1)!.at) - from) / hourMs + 1;
  return seriesOf(
    from,
    Array.from({ length: count }, (_, index) => byHour.get(from + index * hourMs) ?? untold),
  );
}

/** So that a phone without a network knows it too. */
function handPoint(
  sources: readonly Source[],
  rows: WeatherRows,
  typed: HourSeries | null,
): WeatherPoint[] {
  const source = sources.find(({ kind }) => kind === 'hand');
  if (!source || typed === null || source.toldAt === null) return [];
  const { id, name, toldAt } = source;
  return [
    {
      sourceId: id,
      id: 'hand',
      name,
      kind: 'station',
      ...rows.center,
      issuedAt: toldAt,
      hours: typed,
    },
  ];
}

type CountedPoint = WeatherPoint & { kept: StoredHours };
interface Word {
  hours: HourSeries;
  /** when each hour was told, ms since 1970; 0 where nothing is told */
  toldMs: number[];
}

/** What each source says of the city: hour by hour the point nearest to its middle that tells of it. */
function wordsOf(points: readonly CountedPoint[], center: Position): Map<string, Word> {
  const bySource = groupBySource(points);
  const words = new Map<string, Word>();
  for (const [sourceId, own] of bySource) {
    own.sort(
      (a, b) => metersBetween(a, center) - metersBetween(b, center) || (a.id < b.id ? -1 : 1),
    );
    const from = Math.min(...own.map(({ hours }) => Date.parse(hours.fromAt)));
    const until = Math.max(...own.map(({ hours }) => endOf(hours)));
    const toldMs: number[] = [];
    const hours = Array.from({ length: Math.max(0, (until - from) / hourMs) }, (_, index) => {
      const at = from + index * hourMs;
      const teller = own.find((point) => isTold(hourAt(point.hours, at)));
      toldMs.push(teller ? toldMsAt(teller.kept, at) : 0);
      return teller ? hourAt(teller.hours, at) : untold;
    });
    words.set(sourceId, { hours: seriesOf(from, hours), toldMs });
  }
  return words;
}

function groupBySource(points: readonly CountedPoint[]): Map<string, CountedPoint[]> {
  const groups = new Map<string, CountedPoint[]>();
  for (const point of points) {
    const group = groups.get(point.sourceId);
    if (group) group.push(point);
    else groups.set(point.sourceId, [point]);
  }
  return groups;
}

const isTold = (hour: HourTold): boolean => hour.temperatureCelsius !== null;

/** From four days ago to the last hour told; what was known once and no source tells any more comes from what was kept. */
function cityHours(
  told: HourSeries | null,
  typed: HourSeries | null,
  past: readonly PastRow[],
  nowMs: number,
): HourSeries {
  const thisHour = floorToHour(nowMs);
  const from = thisHour - cityPastHours * hourMs;
  const until = Math.max(thisHour + hourMs, ...[told, typed].map((one) => (one ? endOf(one) : 0)));
  const kept = new Map(past.map((row) => [Date.parse(row.at), row]));
  const hours = Array.from({ length: (until - from) / hourMs }, (_, index) => {
    const at = from + index * hourMs;
    const word = told === null ? untold : hourAt(told, at);
    const known = isTold(word) || at >= thisHour ? word : (kept.get(at) ?? word);
    return typed === null ? known : overruled(known, hourAt(typed, at));
  });
  return seriesOf(from, hours);
}

const seriousness: readonly SourceFault['code'][] = [
  'unreachable',
  'refused',
  'malformed',
  'late',
  'contradicts',
  'duplicated',
  'left_out',
];

/** Both are told of the other; the colder word counts meanwhile. */
function addContradictions(
  sources: readonly Source[],
  words: ReadonlyMap<string, Word>,
  nowMs: number,
): void {
  const span = { fromMs: floorToHour(nowMs), untilMs: floorToHour(nowMs) + 24 * hourMs };
  for (const [id, word] of words)
    for (const [other, its] of words) {
      if (id === other) continue;
      const celsius = contradiction(word.hours, its.hours, span);
      const fault: SourceFault | null =
        celsius === null ? null : { code: 'contradicts', sourceId: other, celsius };
      if (fault) sources.find((source) => source.id === id)?.faults.push(fault);
    }
  const rank = ({ code }: SourceFault): number => seriousness.indexOf(code);
  for (const { faults } of sources) faults.sort((a, b) => rank(a) - rank(b));
}

interface Telling {
  nowMs: number;
  city: HourSeries;
  words: ReadonlyMap<string, Word>;
  typed: HourSeries | null;
  hand: readonly HandRow[];
  sources: readonly Source[];
}

/** Of whom the current hour comes, and how old that is. */
function newsOf(telling: Telling): Weather['news'] {
  const { nowMs, city, typed, hand, sources } = telling;
  const at = new Date(nowMs).toISOString();
  const now = weatherOfCity(city, at);
  const airCelsius = hourAt(city, nowMs).temperatureCelsius;
  const thisHour = floorToHour(nowMs);
  if (typed !== null && isTold(hourAt(typed, nowMs))) {
    const row = hand.find((one) => Date.parse(one.at) === thisHour);
    return { now, airCelsius, toldAt: row?.typedAt ?? null, stale: false };
  }
  const told = tellersOf(telling, thisHour);
  const asked = sources.filter(
    ({ kind, state }) => kind !== 'hand' && kind !== 'cap_feed' && state !== 'off',
  );
  const toldAt = latest(told) ?? latest(asked);
  return { now, airCelsius, toldAt, stale: !told.some(({ state }) => state === 'fresh') };
}

/** Who tells of the hour, and since when: a source that answers may have told of this hour long ago. */
function tellersOf({ words, sources, nowMs }: Telling, at: number): Source[] {
  return sources.flatMap((source) => {
    const word = words.get(source.id);
    if (word === undefined || source.toldAt === null || !isTold(hourAt(word.hours, at))) return [];
    const index = (at - Date.parse(word.hours.fromAt)) / hourMs;
    const toldMs = Math.min(Date.parse(source.toldAt), word.toldMs[index]!);
    const toldAt = new Date(toldMs).toISOString();
    return { ...source, toldAt, state: sourceState({ ...source, toldAt }, nowMs) };
  });
}

function oldFromOf(telling: Telling): string | null {
  const { nowMs, city, typed } = telling;
  for (let at = floorToHour(nowMs); at < endOf(city); at += hourMs) {
    if (!isTold(hourAt(city, at)) || (typed !== null && isTold(hourAt(typed, at)))) continue;
    if (!tellersOf(telling, at).some(({ state }) => state === 'fresh'))
      return new Date(at).toISOString();
  }
  return null;
}

function latest(sources: readonly Source[]): string | null {
  const times = sources.map(({ toldAt }) => toldAt).filter((toldAt) => toldAt !== null);
  return times.length === 0 ? null : times.reduce((a, b) => (a > b ? a : b));
}
