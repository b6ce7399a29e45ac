/** What was seen of a city, an area, or by a team: put together from the slices, the ledger and the streets. */
import { AppError } from '../../shared/errors.ts';
import { pointInPolygon } from '../../shared/geo/point-in-polygon.ts';
import type { Polygon, Position } from '../../shared/geo/position.ts';
import { cleanTrack, isJump } from '../../shared/tracks/clean.ts';
import { dueInPeriod } from '../../shared/tracks/due-in-period.ts';
import type { VisitOfPoint } from '../../shared/tracks/due-in-period.ts';
import { longestGapMs } from '../../shared/tracks/fixes.ts';
import type {
  CleanedTrack,
  CoverageOf,
  CoverageSummary,
  CoveredStreets,
} from '../../shared/tracks/schema.ts';
import { lineOf } from '../../shared/tracks/street-network.ts';
import type { StreetNetwork } from '../../shared/tracks/street-network.ts';
import { streetsInside } from '../../shared/tracks/streets-inside.ts';
import { metersOf, overlapOf, unionOf } from '../../shared/tracks/stretches.ts';
import type { Stretch } from '../../shared/tracks/stretches.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { readKeyPointViews, readVisits } from '../key-points/queries.ts';
import { readAreaView, readTeamView } from '../patrols/queries.ts';
import { readStreetNetwork } from '../streets/queries.ts';
import { readColdSpans } from '../response/queries.ts';
import { readTimeZone, walkCoverageSlices } from './coverage-queries.ts';
import type { CoverageSlice } from './coverage-queries.ts';
import { markOutdated, readPoints } from './queries.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A winter month at once; a track is read of one night. */
const longestPeriodMs = 32 * dayMs;
const longestTrackMs = 2 * dayMs;

interface Period {
  from: string;
  to: string;
}
function requirePeriod({ from, to }: Period, longestMs: number): void {
  const lasts = Date.parse(to) - Date.parse(from);
  if (lasts <= 0 || lasts > longestMs) throw new AppError('invalid_input', { field: 'to' });
}

async function areaOf(db: Db, cityId: string, areaId: string | null): Promise<Polygon | null> {
  if (areaId === null) return null;
  const area = await readAreaView(db, cityId, areaId);
  if (!area) throw new AppError('not_found', { field: 'areaId' });
  return area.boundary;
}

export async function readCoverage(
  { sql }: Database,
  { cityId }: Session,
  of: CoverageOf,
): Promise<CoverageSummary> {
  requirePeriod(of, longestPeriodMs);
  const area = await areaOf(sql, cityId, of.areaId);
  const network = await readStreetNetwork(cityId);
  const presence = new Presence(of, area);
  const [covered, keyPoints] = await Promise.all([
    walkCovered(sql, { cityId, of, network }, (slices) => presence.add(slices)),
    readDue(sql, cityId, of, area),
  ]);
  // What was matched to other streets is worked out again soon; until then it can't be told.
  if (network && covered.isOutdated) await markOutdated(sql, cityId, of, network.version);
  return {
    keyPoints,
    streets: network && streetsOf(network, area, covered.stretches),
    ...presence.summary(),
  };
}

async function readDue(
  db: Db,
  cityId: string,
  of: CoverageOf,
  area: Polygon | null,
): Promise<CoverageSummary['keyPoints']> {
  const views = await readKeyPointViews(db, cityId, null);
  const visits = new Map<string, VisitOfPoint[]>();
  for (const { keyPointId, ...visit } of await readVisits(db, cityId, of)) {
    const known = visits.get(keyPointId);
    if (known) known.push(visit);
    else visits.set(keyPointId, [visit]);
  }
  return dueInPeriod(
    views
      .filter((view) => area === null || pointInPolygon(view, area))
      .map((keyPoint) => ({ keyPoint, visits: visits.get(keyPoint.id) ?? [] })),
    {
      from: Date.parse(of.from),
      to: Date.parse(of.to),
      now: Date.now(),
      coldSpans: await readColdSpans(db, cityId, of),
      timeZone: await readTimeZone(db, cityId),
      teamId: of.teamId,
    },
  );
}

interface Covered {
  stretches: Stretch[];
  /** some were matched to other streets than there are now */
  isOutdated: boolean;
}

/** What was covered in the period; each day's slices are shown to `onSlices` and forgotten. */
async function walkCovered(
  db: Db,
  { cityId, of, network }: { cityId: string; of: CoverageOf; network: StreetNetwork | null },
  onSlices: (slices: readonly CoverageSlice[]) => void = () => {},
): Promise<Covered> {
  const covered: Covered = { stretches: [], isOutdated: false };
  for await (const slices of walkCoverageSlices(db, cityId, of)) {
    onSlices(slices);
    if (!network) continue;
    covered.stretches = unionOf([...covered.stretches, ...coveredBy(network, slices)]);
    covered.isOutdated ||= slices.some(({ streets }) => streets !== network.version);
  }
  return covered;
}

function streetsOf(
  network: StreetNetwork,
  area: Polygon | null,
  stretches: readonly Stretch[],
): CoverageSummary['streets'] {
  const inside = insideOf(network, area);
  const covered = overlapOf(stretches, inside.stretches);
  return { coveredMeters: Math.round(metersOf(covered)), totalMeters: Math.round(inside.meters) };
}

const coveredBy = (network: StreetNetwork, slices: readonly CoverageSlice[]): Stretch[] =>
  unionOf(
    slices
      .filter(({ streets }) => streets === network.version)
      .flatMap(({ stretches }) => stretches),
  );

/** The streets of an area change only when it is drawn anew or the map is imported again. */
const mostInsides = 60;
const insides = new Map<string, { stretches: Stretch[]; meters: number }>();
function insideOf(network: StreetNetwork, area: Polygon | null) {
  const key = `${network.version} ${JSON.stringify(area)}`;
  const known = insides.get(key);
  if (known) return known;
  const stretches = streetsInside(network, area);
  const fresh = { stretches, meters: metersOf(stretches) };
  if (insides.size >= mostInsides) insides.clear();
  insides.set(key, fresh);
  return fresh;
}

/** Minutes with anybody there, and the way gone there: of a slice, by its minutes inside. */
class Presence {
  readonly #from: number;
  readonly #to: number;
  readonly #area: Polygon | null;
  readonly #present = new Set<number>();
  #trackMeters = 0;

  constructor(of: Period, area: Polygon | null) {
    this.#from = Date.parse(of.from);
    this.#to = Math.max(this.#from, Math.min(Date.parse(of.to), Date.now()));
    this.#area = area;
  }

  add(slices: readonly CoverageSlice[]): void {
    for (const { sliceAt, minutes, meters } of slices) {
      const counted = minutes.filter(([minute, lon, lat]) =>
        this.#counts(sliceAt + minute * minuteMs, { lon, lat }),
      );
      for (const [minute] of counted) this.#present.add(sliceAt + minute * minuteMs);
      if (minutes.length > 0) this.#trackMeters += (meters * counted.length) / minutes.length;
    }
  }

  #counts(at: number, place: Position): boolean {
    const isWithin = at > this.#from - minuteMs && at < this.#to;
    return isWithin && (this.#area === null || pointInPolygon(place, this.#area));
  }

  summary(): Pick<CoverageSummary, 'hours' | 'trackMeters'> {
    const totalMinutes = Math.ceil((this.#to - this.#from) / minuteMs);
    return {
      hours: { coveredMinutes: Math.min(this.#present.size, totalMinutes), totalMinutes },
      trackMeters: Math.round(this.#trackMeters),
    };
  }
}

/** Lines of the covered streets, each stretch by itself; none in a city without streets on file. */
export async function readCoveredStreets(
  { sql }: Database,
  { cityId }: Session,
  of: CoverageOf,
): Promise<CoveredStreets> {
  requirePeriod(of, longestPeriodMs);
  const network = await readStreetNetwork(cityId);
  if (!network) return { lines: [] };
  const area = await areaOf(sql, cityId, of.areaId);
  const { stretches } = await walkCovered(sql, { cityId, of, network });
  const shown = area === null ? stretches : overlapOf(stretches, insideOf(network, area).stretches);
  const lines = shown.map(([edge, from, to]) => lineOf(network, edge, from, to));
  return { lines: lines.filter((line) => line.length > 1) };
}

/** Where a team went, as it is believed. Movement of people is sensitive: who read it is written down. */
export async function readTrack(
  { sql }: Database,
  { cityId, userId }: Session,
  { teamId, from, to }: Period & { teamId: string },
): Promise<CleanedTrack> {
  requirePeriod({ from, to }, longestTrackMs);
  if (!(await readTeamView(sql, cityId, teamId)))
    throw new AppError('not_found', { field: 'teamId' });
  const details = { from, to };
  await recordAudit(sql, { cityId, userId, action: 'track.read', subject: teamId, details });
  const span = { from: Date.parse(from), to: Date.parse(to) };
  const stored = await readPoints(sql, { cityId, teamId }, [span]);
  const parts: CleanedTrack['parts'] = [];
  for (const source of ['app', 'tracker']) {
    const { fixes } = cleanTrack(
      stored.filter((one) => one.source === source).map(({ point }) => point),
    );
    fixes.forEach((fix, i) => {
      const before = fixes[i - 1];
      if (!before || fix.at - before.at > longestGapMs || isJump(before, fix)) parts.push([]);
      parts.at(-1)!.push([toMicro(fix.lon), toMicro(fix.lat), fix.at]);
    });
  }
  return { parts };
}

const toMicro = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
