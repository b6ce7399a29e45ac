/** Writes four weeks of past nights as they would stand in the books: nothing of them is live, and the ledger holds. */
import { metNobody } from '../../shared/dispatch/rules.ts';
import { firstPreviousHash } from '../../shared/key-points/ledger.ts';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import { readKeyPointViews } from '../key-points/queries.ts';
import { hashOf } from '../key-points/ledger.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { cellOf } from '../zones/actions.ts';
import {
  insertPastClusters,
  insertPastEncounters,
  insertPastCells,
  insertPastLooks,
  insertPastVisits,
  insertPastSightings,
} from './history-records.ts';
import { dice } from './dice.ts';
import { makePastGatherings, makePastLooks } from './past-nights.ts';
import type { PastGathering, PastLook } from './past-nights.ts';
import type { Hand } from './seeding.ts';

const iso = (ms: number): string => new Date(Math.round(ms)).toISOString();
/** Reports that nobody was sent for stay live for so long. */
const unvisitedHours = 6;
const hourMs = 3_600_000;

/** Once, and before anything of tonight: the ledger is in order of time. */
export async function seedHistory(hand: Hand): Promise<void> {
  const { db, city, places, words } = hand;
  const keyPoints = await readKeyPointViews(db.sql, city.id, null);
  const options = {
    dice: dice(`${hand.seed}/${city.id}/past`),
    places,
    teams: words.teams.length,
    midnightMs: midnightOf(Date.now(), city.timeZone),
  };
  const gatherings = makePastGatherings(options);
  const looks = makePastLooks(keyPoints, gatherings, options);
  await changeCity(db, city.id, async (change) => {
    const [known] = await change.tx`select 1 from visit_ledger where city_id = ${city.id} limit 1`;
    if (known) return;
    await writeGatherings(change, hand, gatherings);
    await writeLooks(change, hand, keyPoints, looks);
    await insertPastCells(change.tx, city.id);
  });
}

/** The midnight of the night from noon to noon that `nowMs` is in. */
export function midnightOf(nowMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = Object.fromEntries(
    format.formatToParts(nowMs).map(({ type, value }) => [type, Number(value)]),
  );
  const hours = parts['hour']! + parts['minute']! / 60;
  const minute = Math.floor(nowMs / 60_000) * 60_000;
  return Math.round(minute - hours * hourMs + (hours >= 12 ? 24 * hourMs : 0));
}

async function writeGatherings(
  { tx, cityId, settings: { cellResolution } }: CityChange,
  { idOf, session }: Hand,
  gatherings: readonly PastGathering[],
): Promise<void> {
  const named = gatherings.map((gathering, index) => ({
    ...gathering,
    id: idOf(`past place ${index}`),
  }));
  await insertPastClusters(tx, cityId, named.map(clusterOf));
  await insertPastSightings(
    tx,
    cityId,
    named.flatMap((gathering) =>
      gathering.reports.map((report, index) => ({
        id: idOf(`past report ${gathering.id} ${index}`),
        clusterId: gathering.id,
        ...report.position,
        cell: cellOf(report.position, cellResolution),
        headcount: report.headcount,
        kind: report.kind,
        seenAt: iso(report.atMs),
        attended: gathering.visit !== null,
        flags: index === 0 ? gathering.spot.flags : [],
      })),
    ),
  );
  const encounters = named.flatMap(({ id, spot, visit }) =>
    (visit?.met ?? []).map((met, index) => ({
      id: idOf(`past encounter ${id} ${index}`),
      clusterId: id,
      teamId: idOf(`team ${visit!.team}`),
      recordedBy: session.userId,
      ...spot.position,
      ...met,
      metAt: iso(visit!.atMs),
    })),
  );
  await insertPastEncounters(tx, cityId, encounters);
  await insertPastLooks(
    tx,
    cityId,
    encounters.map(({ id, lon, lat, outcome, metAt: at }) => ({
      id,
      lon,
      lat,
      at,
      people: metNobody(outcome) ? 0 : 1,
      cell: cellOf({ lon, lat }, cellResolution),
    })),
  );
}

function clusterOf({ id, spot, reports, visit }: PastGathering & { id: string }) {
  const times = reports.map(({ atMs }) => atMs);
  const lastMs = Math.max(...times);
  const byKind: Record<string, number> = {};
  for (const { kind } of reports) byKind[kind] = (byKind[kind] ?? 0) + 1;
  return {
    id,
    ...spot.position,
    headcount: spot.headcount,
    reportCount: reports.length,
    reportsByKind: byKind,
    flags: spot.flags,
    firstSeenAt: iso(Math.min(...times)),
    lastSeenAt: iso(lastMs),
    attendedAt: visit && iso(visit.atMs),
    notFoundCount: visit?.met[0]?.outcome === 'not_found' ? 1 : 0,
    endedAt: iso(visit ? visit.atMs + 0.3 * hourMs : lastMs + unvisitedHours * hourMs),
  };
}

/** Each row carries the hash of the one before it, as if it had been appended that night. */
async function writeLooks(
  { tx, settings: { cellResolution } }: CityChange,
  { city, idOf, words, session }: Hand,
  keyPoints: readonly KeyPointView[],
  looks: readonly PastLook[],
): Promise<void> {
  const [nobody, nobodyInTheDark, somebody] = words.visitNotes;
  let previousHash = firstPreviousHash;
  const rows = looks.map((look, index) => {
    const { id: keyPointId, lon, lat } = keyPoints[look.place]!;
    const at = iso(look.atMs);
    const row = {
      cityId: city.id,
      seq: index + 1,
      id: idOf(`past look ${index}`),
      keyPointId,
      teamId: idOf(`team ${look.team}`),
      shiftId: null,
      userId: session.userId,
      how: 'recorded' as const,
      visitedFrom: at,
      visitedTo: at,
      lon,
      lat,
      note: (look.somebody ? somebody : index % 9 === 0 ? nobodyInTheDark : nobody) ?? '',
      recordedAt: at,
    };
    const chained = { ...row, previousHash, hash: hashOf(row, previousHash) };
    previousHash = chained.hash;
    return chained;
  });
  await insertPastVisits(tx, rows);
  await insertPastLooks(
    tx,
    city.id,
    rows.map(({ id, lon, lat, visitedTo: at }) => ({
      id,
      lon,
      lat,
      at,
      people: 0,
      cell: cellOf({ lon, lat }, cellResolution),
    })),
  );
}
