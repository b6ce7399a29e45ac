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
import { cityPastHours, countedOf } from './stored-hours.ts';
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
}

export function assemble(rows: WeatherRows): Weather {
  const nowMs = Date.parse(rows.now);
  const typed = handSeries(rows.hand);
  const sources = rows.sources.map((source) => viewOfSource(source, typed, rows.hand, nowMs));
  const counted = new Set(sources.filter(({ state }) => isCounted(state)).map(({ id }) => id));
  const points = rows.points
    .filter(({ sourceId }) => counted.has(sourceId))
    .map((point) => ({ ...point, hours: countedOf(point.hours, nowMs) }));
  const words = wordsOf(points, rows.center);
  const told = mergeSeries([...words.values()]);
  const city = cityHours(told, typed, rows.past, nowMs);
  addContradictions(sources, words, nowMs);
  return {
    view: {
      city,
      points: [...points, ...handPoint(sources, rows, typed)],
      warnings: rows.warnings,
      sources: sources.map(({ toldAt: _toldAt, ...source }) => source),
    },
    news: newsOf({ nowMs, city, words, typed, hand: rows.hand, sources }),
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

/** What each source says of the city: hour by hour the point nearest to its middle that tells of it. */
function wordsOf(points: readonly WeatherPoint[], center: Position): Map<string, HourSeries> {
  const bySource = groupBySource(points);
  const words = new Map<string, HourSeries>();
  for (const [sourceId, own] of bySource) {
    own.sort(
      (a, b) => metersBetween(a, center) - metersBetween(b, center) || (a.id < b.id ? -1 : 1),
    );
    const from = Math.min(...own.map(({ hours }) => Date.parse(hours.fromAt)));
    const until = Math.max(...own.map(({ hours }) => endOf(hours)));
    const hours = Array.from({ length: Math.max(0, (until - from) / hourMs) }, (_, index) => {
      const at = from + index * hourMs;
      return own.map((point) => hourAt(point.hours, at)).find(isTold) ?? untold;
    });
    words.set(sourceId, seriesOf(from, hours));
  }
  return words;
}

function groupBySource(points: readonly WeatherPoint[]): Map<string, WeatherPoint[]> {
  const groups = new Map<string, WeatherPoint[]>();
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
  words: ReadonlyMap<string, HourSeries>,
  nowMs: number,
): void {
  const span = { fromMs: floorToHour(nowMs), untilMs: floorToHour(nowMs) + 24 * hourMs };
  for (const [id, word] of words)
    for (const [other, its] of words) {
      if (id === other) continue;
      const celsius = contradiction(word, its, span);
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
  words: ReadonlyMap<string, HourSeries>;
  typed: HourSeries | null;
  hand: readonly HandRow[];
  sources: readonly Source[];
}

/** Of whom the current hour comes, and how old that is. */
function newsOf({ nowMs, city, words, typed, hand, sources }: Telling): Weather['news'] {
  const at = new Date(nowMs).toISOString();
  const now = weatherOfCity(city, at);
  const thisHour = floorToHour(nowMs);
  if (typed !== null && isTold(hourAt(typed, nowMs))) {
    const row = hand.find((one) => Date.parse(one.at) === thisHour);
    return { now, toldAt: row?.typedAt ?? null, stale: false };
  }
  const telling = sources.filter(({ id }) => {
    const word = words.get(id);
    return word !== undefined && isTold(hourAt(word, nowMs));
  });
  const asked = sources.filter(
    ({ kind, state }) => kind !== 'hand' && kind !== 'cap_feed' && state !== 'off',
  );
  const toldAt = latest(telling) ?? latest(asked);
  return { now, toldAt, stale: !telling.some(({ state }) => state === 'fresh') };
}

function latest(sources: readonly Source[]): string | null {
  const times = sources.map(({ toldAt }) => toldAt).filter((toldAt) => toldAt !== null);
  return times.length === 0 ? null : times.reduce((a, b) => (a > b ? a : b));
}
