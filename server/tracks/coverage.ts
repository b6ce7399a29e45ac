/** What was seen of a city, an area, or by a team: put together from the slices, the ledger and the streets. */
import { AppError } from '../../shared/errors.ts';
import { pointInPolygon } from '../../shared/geo/point-in-polygon.ts';
import type { Polygon } from '../../shared/geo/position.ts';
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
import { readColdSpans } from '../weather/queries.ts';
import { readCoverageSlices, readTimeZone } from './coverage-queries.ts';
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
  const [slices, network, keyPoints] = await Promise.all([
    readCoverageSlices(sql, cityId, of),
    readStreetNetwork(cityId),
    readDue(sql, cityId, of, area),
  ]);
  return {
    keyPoints,
    streets: network && (await streetsOf(sql, { cityId, of, area, network, slices })),
    ...presenceOf(slices, of, area),
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
  for (const { keyPointId, ...visit } of await readVisits(db, cityId, of))
    visits.set(keyPointId, [...(visits.get(keyPointId) ?? []), visit]);
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

interface StreetsQuestion {
  cityId: string;
  of: CoverageOf;
  area: Polygon | null;
  network: StreetNetwork;
  slices: readonly CoverageSlice[];
}

async function streetsOf(
  db: Db,
  { cityId, of, area, network, slices }: StreetsQuestion,
): Promise<CoverageSummary['streets']> {
  // What was matched to other streets is worked out again soon; until then it can't be told.
  if (slices.some(({ streets }) => streets !== network.version))
    await markOutdated(db, cityId, of, network.version);
  const inside = insideOf(network, area);
  const covered = overlapOf(coveredBy(network, slices), inside.stretches);
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
function presenceOf(
  slices: readonly CoverageSlice[],
  of: CoverageOf,
  area: Polygon | null,
): Pick<CoverageSummary, 'hours' | 'trackMeters'> {
  const from = Date.parse(of.from);
  const to = Math.max(from, Math.min(Date.parse(of.to), Date.now()));
  const present = new Set<number>();
  let trackMeters = 0;
  for (const { sliceAt, minutes, meters } of slices) {
    const counted = minutes.filter(([minute, lon, lat]) => {
      const at = sliceAt + minute * minuteMs;
      const isCounted =
        at > from - minuteMs && at < to && (area === null || pointInPolygon({ lon, lat }, area));
      if (isCounted) present.add(at);
      return isCounted;
    });
    if (minutes.length > 0) trackMeters += (meters * counted.length) / minutes.length;
  }
  const totalMinutes = Math.ceil((to - from) / minuteMs);
  return {
    hours: { coveredMinutes: Math.min(present.size, totalMinutes), totalMinutes },
    trackMeters: Math.round(trackMeters),
  };
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
  const covered = coveredBy(network, await readCoverageSlices(sql, cityId, of));
  const shown = area === null ? covered : overlapOf(covered, insideOf(network, area).stretches);
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
